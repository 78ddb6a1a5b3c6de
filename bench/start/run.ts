/**
 * How long CountOnMe takes to its first 200 when there is nothing to do, against an empty server of the same web framework.
 *
 * Each is a new process, from `spawn` to the first answer with status 200 on `/healthz`, asked every 2 ms. The two take turns
 * in one run, so that both meet the same machine; both keep compiled code on disk, as `npm start` does. The database is an SQLite file that an earlier start has filled.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const rounds = 15
const longestMs = 20_000
const root = new URL('../..', import.meta.url).pathname
const nodeOptions = ['--conditions=terrace:source', '--import', './scripts/compile-cache.mjs']
const folder = mkdtempSync(join(tmpdir(), 'terrace-bench-start-'))

const contestants = {
  'empty server': 'bench/start/empty-server.ts',
  CountOnMe: 'apps/countonme/src/main.ts',
} as const

type Contestant = keyof typeof contestants

async function firstAnswerMs(script: string): Promise<number> {
  const port = await freePort()
  const startedMs = performance.now()
  const environment = { ...process.env, PORT: String(port), DATABASE_URL: `sqlite:${join(folder, 'bench.db')}` }
  const child = spawn(process.execPath, [...nodeOptions, script], {
    cwd: root,
    env: environment,
    stdio: 'ignore',
  })
  try {
    await untilOk(`http://127.0.0.1:${port}/healthz`, child)
    return performance.now() - startedMs
  } finally {
    await ended(child)
  }
}

async function untilOk(url: string, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + longestMs
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode} before it answered`)
    if (await answersOk(url)) return
    await sleep(2)
  }
  throw new Error(`${url} did not answer within ${longestMs} ms`)
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    // Nobody listens yet.
    return false
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const end = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await end
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] as number
}

const times: Record<Contestant, number[]> = { 'empty server': [], CountOnMe: [] }
try {
  await firstAnswerMs(contestants.CountOnMe)
  for (let round = 0; round < rounds; round += 1)
    for (const name of Object.keys(contestants) as Contestant[])
      times[name].push(await firstAnswerMs(contestants[name]))
} finally {
  rmSync(folder, { recursive: true })
}

const base = median(times['empty server'])
console.log(`Time to the first 200, median of ${rounds}, in ms`)
for (const [name, values] of Object.entries(times)) {
  const ratio = (median(values) / base).toFixed(2)
  console.log(
    `${name.padEnd(14)} ${median(values).toFixed(0).padStart(6)}  ${ratio.padStart(5)} ×   (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`,
  )
}
