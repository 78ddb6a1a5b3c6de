import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let folder: string
let child: ChildProcess | null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countonme-'))
  child = null
})
afterEach(() => {
  if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  rmSync(folder, { recursive: true })
})

interface Running {
  readonly base: string
  readonly pid: number
  readonly exit: Promise<number | null>
}

/** `npm start` in a process group of its own, as a shell starts it. */
async function npmStart(): Promise<Running> {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), DATABASE_URL: `sqlite:${join(folder, 'app.db')}` }
  const started = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: 'ignore' })
  child = started
  const exit = new Promise<number | null>((resolve) => started.once('exit', resolve))
  const base = `http://127.0.0.1:${port}`
  await untilReady(`${base}/readyz`, started)
  return { base, pid: started.pid as number, exit }
}

async function untilReady(url: string, started: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (started.exitCode !== null) throw new Error(`npm start ended with ${started.exitCode}`)
    const isReady = await fetch(url).then(
      (response) => response.status === 200,
      () => false,
    )
    if (isReady) return
    await sleep(25)
  }
  throw new Error('npm start did not become ready')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : Promise.reject(new Error('no port'))
}

describe('npm start', () => {
  it('serves a device from its registration to a product that outlives the process, and ends with 0 on SIGTERM to npm', async () => {
    const first = await npmStart()
    const registration = await post(`${first.base}/v1/auth/register`, { deviceId: 'e2e' })
    expect(registration.status).toBe(201)
    const { token } = (await registration.json()) as { token: string }
    const authorization = `Bearer ${token}`
    const created = await post(`${first.base}/v1/products`, { name: 'Bread', kcal100g: 266 }, authorization)
    expect(created.status).toBe(201)
    process.kill(first.pid, 'SIGTERM')
    expect(await first.exit).toBe(0)

    const second = await npmStart()
    const listed = await fetch(`${second.base}/v1/products`, { headers: { authorization } })
    expect(await listed.json()).toEqual([await created.json()])
    // A terminal sends the signal to the whole group.
    process.kill(-second.pid, 'SIGTERM')
    expect(await second.exit).toBe(0)
  }, 60_000)
})

function post(url: string, body: unknown, authorization?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}
