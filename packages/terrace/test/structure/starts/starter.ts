import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PoolOptions } from '../../../src/database/index.ts'
import type { Release } from '../depot/depot-changes.ts'
import type { KillPoint } from './killing-driver.ts'

export interface StartOrder {
  readonly url: string
  readonly release: Release
  readonly pool?: PoolOptions
  /** Where the process ends itself; never, without. */
  readonly kill?: KillPoint
}

export interface StartAnswer {
  readonly steps: number
  readonly seeded: number
  /** From the order to the answer, in milliseconds. */
  readonly readyMs: number
}

export interface StarterExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Null where it ended before. */
  readonly answer: StartAnswer | null
  readonly errorText: string
}

/** A process that is loaded and waits for its order, so that many can begin at once and a kill hits the start itself. */
export interface Starter {
  readonly pid: number
  start(order: object): void
  /** `kill -9`. */
  kill(): void
  /** Until the process has said a word: `waiting`, `applied`. */
  said(word: string): Promise<void>
  readonly exit: Promise<StarterExit>
}

const startScript = fileURLToPath(new URL('./start-process.ts', import.meta.url))

/**
 * Starts a process and waits until it has loaded. `scheme` is that of the URLs it will be given; `script` takes orders as
 * `start-process.ts` does.
 */
export async function loadedStarter(scheme: string, script = startScript): Promise<Starter> {
  // This repository runs from source, and a process of its own does not inherit how vitest finds it.
  const child = spawn(process.execPath, ['--conditions=terrace:source', script, scheme], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
  })
  const lines: string[] = []
  const listeners = new Set<() => void>()
  let [unfinished, errorText, hasEnded] = ['', '', false]
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (unfinished + chunk).split('\n')
    unfinished = parts.pop() ?? ''
    lines.push(...parts)
    for (const listener of listeners) listener()
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errorText += chunk))
  // Whoever is killed does not read its order.
  child.stdin.on('error', () => undefined)
  const exit = new Promise<StarterExit>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      hasEnded = true
      for (const listener of listeners) listener()
      resolve({ code, signal, answer: answerIn(lines), errorText })
    })
  })
  const said = (word: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!lines.includes(word) && !hasEnded) return
        listeners.delete(look)
        if (lines.includes(word)) resolve()
        else reject(new Error(`the starter ended without saying ${word}: ${errorText}`))
      }
      listeners.add(look)
      look()
    })
  await said('loaded')
  return {
    pid: child.pid ?? 0,
    start: (order) => void child.stdin.end(`${JSON.stringify(order)}\n`),
    kill: () => void child.kill('SIGKILL'),
    said,
    exit,
  }
}

function answerIn(lines: readonly string[]): StartAnswer | null {
  const line = lines.find((each) => each.startsWith('{'))
  return line === undefined ? null : (JSON.parse(line) as StartAnswer)
}

export function schemeOf(url: string): string {
  return url.slice(0, url.indexOf(':'))
}
