import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const mainFile = fileURLToPath(new URL('../shelf/shelf-main.ts', import.meta.url))
const undo: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
})

interface Started {
  readonly child: ChildProcess
  readonly output: { out: string; err: string }
  readonly exit: Promise<number | string>
}

function start(
  environment: Record<string, string>,
  { command = process.execPath, parameters = [mainFile], detached = false } = {},
): Started {
  const child = spawn(command, parameters, {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    detached,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { out: '', err: '' }
  child.stdout?.on('data', (bytes) => (output.out += String(bytes)))
  child.stderr?.on('data', (bytes) => (output.err += String(bytes)))
  const exit = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  )
  undo.push(() => void child.kill('SIGKILL'))
  return { child, output, exit }
}

async function listening({ output, exit }: Started): Promise<string> {
  const state = { hasEnded: false }
  void exit.then(() => (state.hasEnded = true))
  for (let waited = 0; waited < 15_000 && !state.hasEnded; waited += 20) {
    const url = /"url":"([^"]+)"/.exec(output.out)?.[1]
    if (url !== undefined) return url
    await sleep(20)
  }
  throw new Error(`it does not listen: ${output.err}${output.out}`)
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-process-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A request whose body does not come to its end: under way for as long as the test likes. */
function hangingRequest(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  undo.push(() => void socket.destroy())
  socket.write(
    'POST /v1/auth/register HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
  )
}

async function newDevice(url: string, deviceId: string): Promise<{ readonly token: string }> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify({ deviceId }) }
  return (await (await fetch(`${url}/v1/auth/register`, init)).json()) as { readonly token: string }
}

interface Post {
  readonly agent?: Agent
  readonly token: string
  readonly body: unknown
  /** How long the body takes to arrive. */
  readonly takesMs?: number
}

/** The status, or the error of the socket. */
async function posted(url: string, { agent, token, body, takesMs = 0 }: Post): Promise<number | string> {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'content-length': text.length,
    authorization: `Bearer ${token}`,
  }
  const asked = request(url, { method: 'POST', headers, ...(agent === undefined ? {} : { agent }) })
  const answer = new Promise<number | string>((resolve) => {
    asked.once('response', (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    asked.once('error', (error) => resolve(String(error)))
  })
  if (takesMs > 0) {
    asked.write(text.slice(0, 5))
    await sleep(takesMs)
    asked.end(text.slice(5))
  } else asked.end(text)
  return answer
}

describe('stopping', { timeout: 60_000 }, () => {
  test('SIGTERM and SIGINT end the process with 0', async () => {
    const folder = await newFolder()
    const ends = async (signal: NodeJS.Signals) => {
      const started = start({ DATABASE_URL: `sqlite:${join(folder, `${signal}.db`)}` })
      const url = await listening(started)
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
      started.child.kill(signal)
      return [signal, await started.exit, started.output.err]
    }
    expect(await Promise.all([ends('SIGTERM'), ends('SIGINT')])).toEqual([
      ['SIGTERM', 0, ''],
      ['SIGINT', 0, ''],
    ])
  })

  test('a signal to the whole process group, twice at once, ends it with 0', async () => {
    const started = start(
      { DATABASE_URL: 'sqlite::memory:' },
      { command: 'sh', parameters: ['-c', `exec "${process.execPath}" "${mainFile}"`], detached: true },
    )
    const url = await listening(started)
    hangingRequest(url)
    await sleep(50)
    const groupId = -(started.child.pid as number)
    process.kill(groupId, 'SIGTERM')
    process.kill(groupId, 'SIGTERM')
    expect(await started.exit).toBe(0)
  })

  test('under load no request fails: not ready first, then drained; every answer that was sent is stored', async () => {
    const databaseUrl = `sqlite:${join(await newFolder(), 'load.db')}`
    const started = start({ DATABASE_URL: databaseUrl, DRAIN_MS: '8000', UNREADY_MS: '400' })
    const url = await listening(started)
    const agent = new Agent({ keepAlive: true, maxSockets: 20 })
    undo.push(() => agent.destroy())
    const { token } = await newDevice(url, 'loader')
    const balancer = { isReady: true }
    const answers: (number | string)[] = []
    const names: string[] = []
    const load = async (worker: number): Promise<void> => {
      for (let at = 0; balancer.isReady; at += 1) {
        const name = `product ${worker} ${at}`
        const status = await posted(`${url}/v1/products`, { agent, token, body: { name, kcal100g: 1 } })
        answers.push(status)
        if (status === 201) names.push(name)
        await sleep(5)
      }
    }
    const watch = async (): Promise<void> => {
      while (balancer.isReady) {
        balancer.isReady = (await fetch(`${url}/readyz`)).status === 200
        await sleep(20)
      }
    }
    const working = Promise.all([watch(), ...Array.from({ length: 10 }, (_, worker) => load(worker))])
    const slow = posted(`${url}/v1/products`, { token, body: { name: 'slow', kcal100g: 1 }, takesMs: 1_500 })
    await sleep(500)
    const askedAt = performance.now()
    started.child.kill('SIGTERM')
    await working
    expect(await slow).toBe(201)
    expect(await started.exit).toBe(0)
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    expect(answers.filter((status) => status !== 201)).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(20)
    const again = start({ DATABASE_URL: databaseUrl })
    const listed = await fetch(`${await listening(again)}/v1/products?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(listed.headers.get('x-total-count')).toBe(String(names.length + 1))
  })

  test('a second signal after a second ends it at once, with 1', async () => {
    const started = start({ DATABASE_URL: 'sqlite::memory:', DRAIN_MS: '20000' })
    const url = await listening(started)
    hangingRequest(url)
    await sleep(50)
    started.child.kill('SIGTERM')
    await sleep(1_200)
    const askedAt = performance.now()
    started.child.kill('SIGTERM')
    expect(await started.exit).toBe(1)
    expect(performance.now() - askedAt).toBeLessThan(1_000)
  })
})

describe('starting', { timeout: 60_000 }, () => {
  const failed = async (environment: Record<string, string>) => {
    const { exit, output } = start(environment)
    return { code: await exit, lines: output.err.trim().split('\n') }
  }

  test('a database that does not answer is one clear line and exit code 1', async () => {
    const free = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    const urls = ['postgres', 'mysql'].map((scheme) => `${scheme}://app:hunter2@127.0.0.1:${port}/app`)
    for (const { code, lines } of await Promise.all(urls.map((url) => failed({ DATABASE_URL: url })))) {
      expect([code, lines.length]).toEqual([1, 1])
      expect(lines[0]).toMatch(/^terrace: cannot start: .*\.$/)
      expect(lines[0]).not.toContain('hunter2')
    }
  })

  test('a URL that cannot be used is one clear line and exit code 1', async () => {
    for (const { code, lines } of await Promise.all(['', 'oracle://x'].map((url) => failed({ DATABASE_URL: url })))) {
      expect([code, lines.length, lines[0]?.startsWith('terrace: cannot start: ')]).toEqual([1, 1, true])
    }
  })

  test('an address in use is one clear line and exit code 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    undo.push(() => void taken.close())
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    const { code, lines } = await failed({ DATABASE_URL: 'sqlite::memory:', PORT: String(port) })
    expect([code, lines]).toEqual([
      1,
      [
        `terrace: cannot start: Cannot listen on 127.0.0.1:${port}: the address is in use. Stop what uses the address, or set another PORT or HOST.`,
      ],
    ])
  })

  test('a structure that is refused ends it with 3', async () => {
    const file = join(await newFolder(), 'taken.db')
    const { default: Sqlite } = await import('better-sqlite3')
    new Sqlite(file).exec('create table products (id blob primary key, other text not null) strict').close()
    const { code, lines } = await failed({ DATABASE_URL: `sqlite:${file}` })
    expect(code).toBe(3)
    expect(lines.join('\n')).toContain('products')
  })
})

describe('a promise that nobody awaits', { timeout: 60_000 }, () => {
  test('on a session that is over is logged, and the app goes on; any other ends it in order, with 1', async () => {
    const started = start({ DATABASE_URL: 'sqlite::memory:' })
    const url = await listening(started)
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ deviceId: 'a' })
    const registered = await fetch(`${url}/v1/auth/register`, { method: 'POST', headers, body })
    const { token } = (await registered.json()) as { token: string }
    const close = async (shelf: number, how: string) => {
      const authorization = `Bearer ${token}`
      const response = await fetch(`${url}/v1/shelves/${shelf}/close?how=${how}`, {
        method: 'POST',
        headers: { authorization },
      })
      await response.arrayBuffer()
      return response.status
    }
    expect(await close(1, 'forgets')).toBe(200)
    await expect.poll(() => started.output.out, { timeout: 5_000 }).toContain('was not awaited')
    expect(await close(2, 'done')).toBe(200)
    expect(await close(3, 'rejects')).toBe(200)
    expect(await started.exit).toBe(1)
    expect(started.output.out).toContain('a promise that nobody handles was rejected')
  })
})
