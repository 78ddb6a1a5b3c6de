import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Log } from '../../src/observe/index.ts'
import { redisRates, waitMsOf } from '../../src/rate/index.ts'
import type { RateStore, Units } from '../../src/rate/index.ts'

const units: Units = { session: () => Promise.reject(new Error('no database is asked')) }
const limit = { max: 1, windowMs: 60_000 }
const servers: Server[] = []
const stores: RateStore[] = []

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close?.()
  for (const server of servers.splice(0)) server.close()
})

/** Takes connections and never says a word. */
async function silentServer(): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => undefined))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function closedPort(): Promise<string> {
  const url = await silentServer()
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return url
}

function logged(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = []
  const write =
    (level: string) =>
    (_facts: unknown, message: string): void =>
      void lines.push(`${level}: ${message}`)
  const log: Log = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    hiding: () => log,
  }
  return { log, lines }
}

function storeAt(url: string, onFailure: 'allow' | 'refuse'): RateStore {
  const store = redisRates({ url, onFailure, timeoutMs: 150 })
  stores.push(store)
  return store
}

for (const [what, address] of [
  ['is not there', closedPort],
  ['does not answer', silentServer],
] as const) {
  test(`while Redis ${what}, "allow" lets everything through, soon, and the log says so once`, async () => {
    const store = storeAt(await address(), 'allow')
    const { log, lines } = logged()
    store.logTo?.(log)
    const counter = store.counter('x', limit)
    const startedMs = performance.now()
    for (let at = 0; at < 3; at += 1) expect(waitMsOf(await counter.take('a', units), limit)).toBe(0)
    expect(performance.now() - startedMs).toBeLessThan(2_000)
    expect(lines).toEqual(['error: redis does not answer: no limit holds'])
  })

  test(`while Redis ${what}, "refuse" refuses`, async () => {
    const store = storeAt(await address(), 'refuse')
    const { log, lines } = logged()
    store.logTo?.(log)
    const refused = expect.objectContaining({ code: 'RATE_STORE_UNAVAILABLE', retryAfterSeconds: 1 })
    await expect(store.counter('x', limit).take('a', units)).rejects.toEqual(refused)
    expect(lines).toEqual(['error: redis does not answer: what is limited is refused'])
  })
}
