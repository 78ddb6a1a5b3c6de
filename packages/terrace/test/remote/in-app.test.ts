import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startApp } from 'terrace/app'
import { everyone, openDatabase } from 'terrace/database'
import { errors } from 'terrace/errors'
import { openRemote } from 'terrace/remote'
import { override, stubRemote, testClient } from 'terrace/testing'
import { describeEngines } from '../support/describe-engines.ts'
import { ItemService, models, shop } from './shop-app.ts'
import { json, stubServer } from './stub-server.ts'

/** A machine under load takes its time. */
const patient = { timeout: 15_000 }

const canary = 'canary-7f3a9c-secret'
const at = { host: '127.0.0.1', port: 0, log: 'silent', metrics: false } as const

describeEngines(
  'C7: a service that combines rows and an API of others',
  (engine) => {
    test('holds no connection while it waits: five requests wait beside a pool of one', async () => {
      const held: ServerResponse[] = []
      await using server = await stubServer((_, response) => void held.push(response))
      const { url } = await engine.fresh()
      const { app } = shop({ baseUrl: server.url, allowHosts: [server.host] })
      const running = await startApp(app, { ...at, databaseUrl: url, pool: { size: 1, overflow: 0, timeoutMs: 1_000 } })
      try {
        await running.database.session(everyone, (session) =>
          session.use(ItemService).create({ name: 'tea', euros: 3 }),
        )
        const asked = Array.from({ length: 5 }, () => fetch(`${running.url}/prices/CHF`))
        await expect.poll(() => held.length, patient).toBe(5)
        // All of them have read their rows already; whoever wants the connection now has it.
        expect(await (await fetch(`${running.url}/items`)).json()).toEqual([{ name: 'tea' }])
        for (const response of held) json(response, { rate: 2 })
        for (const answer of await Promise.all(asked)) expect(await answer.json()).toEqual([{ name: 'tea', price: 6 }])
      } finally {
        await running.stop()
      }
    })

    test('gives the connection back before a call, and not inside a transaction', async () => {
      await using server = await stubServer((_, response) => json(response, { rate: 2 }))
      const { url } = await engine.fresh()
      const { RateDao } = shop({ baseUrl: server.url, allowHosts: [server.host] })
      const database = await openDatabase(url, { models, pool: { size: 1, overflow: 0 } })
      await using open = await openRemote(RateDao, { database })
      const rate = () => open.dao.latest({ params: { currency: 'CHF' } })
      try {
        await database.session(everyone, async (session) => {
          const items = session.use(ItemService)
          expect(await items.list({ page: { limit: 1, offset: 0 } })).toMatchObject({ rows: [] })
          await rate()
          const { size, idle } = database.stats()
          expect(size - idle).toBe(0)
          await items.create({ name: 'tea', euros: 3 })
          await expect(rate()).rejects.toMatchObject({ code: 'REMOTE_HOLDS_CONNECTION' })
          await session.nested(async (inner) => {
            await inner.use(ItemService).create({ name: 'salt', euros: 1 })
            await expect(rate()).rejects.toMatchObject({ code: 'REMOTE_HOLDS_CONNECTION' })
          })
          session.afterCommit(async () => void (await rate()))
        })
        expect(await rate()).toEqual({ rate: 2 })
        expect(server.seen.length).toBe(3)
      } finally {
        await database.close()
      }
    })

    test('is refused inside a transaction unless it says so, and rolls back with it', async () => {
      await using server = await stubServer((_, response) => json(response, { rate: 2 }))
      const { url } = await engine.fresh()
      const { app } = shop({ baseUrl: server.url, allowHosts: [server.host] })
      const database = await openDatabase(url, { models })
      const client = await testClient(app, { database, log: 'silent' })
      try {
        expect((await client.post('/buy/CHF?how=plain')).status).toBe(500)
        expect(server.seen).toEqual([])
        expect((await client.get('/items')).json).toEqual([])
        expect((await client.post('/buy/CHF?how=holding')).json).toEqual({ name: 'bought', price: 2 })
        expect((await client.get('/items')).json).toEqual([{ name: 'bought' }])
      } finally {
        await client.close()
        await database.close()
      }
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

describe('a source in an app', () => {
  test('is replaced in tests, and what stands in for it is checked as the source would be', async () => {
    const { app, rateDao, RateDao } = shop({ baseUrl: 'https://rates.example' })
    const clientWith = async (answer: (input: { params: { currency: string } }) => unknown) => {
      const fake = stubRemote(RateDao, { latest: answer })
      const client = await testClient(app, { log: 'silent', override: [override(rateDao, () => fake)] })
      const answered = await client.get('/prices/CHF')
      await client.close()
      return [answered.status, (answered.json as { readonly code?: string }).code]
    }
    const asked: string[] = []
    const good = await clientWith(({ params }) => {
      asked.push(params.currency)
      return { rate: 2, unknown: true }
    })
    expect([good, asked]).toEqual([[200, undefined], ['CHF']])
    expect(await clientWith(() => ({ rate: 'two' }))).toEqual([502, 'REMOTE_MISMATCH'])
    const values = { source: 'rates', operation: 'latest', reason: 'a test' }
    const fail = () => {
      throw errors.REMOTE_UNAVAILABLE({ values, retryAfterSeconds: 7 })
    }
    expect(await clientWith(fail)).toEqual([503, 'REMOTE_UNAVAILABLE'])
  })

  test.each([
    ['gone', (response: ServerResponse) => response.destroy(), 503, 'REMOTE_UNAVAILABLE'],
    [
      'busy',
      (response: ServerResponse) => response.writeHead(429, { 'retry-after': '30' }).end(canary),
      503,
      'REMOTE_UNAVAILABLE',
    ],
    ['slow', () => {}, 504, 'REMOTE_TIMEOUT'],
    ['refusing', (response: ServerResponse) => response.writeHead(401).end(canary), 502, 'REMOTE_REFUSED'],
    ['odd', (response: ServerResponse) => json(response, { rate: canary }), 502, 'REMOTE_MISMATCH'],
    ['broken', (response: ServerResponse) => response.end(`<html>${canary}`), 502, 'REMOTE_MISMATCH'],
    [
      'elsewhere',
      (response: ServerResponse) => response.writeHead(302, { location: `http://127.0.0.1:9/?${canary}` }).end(),
      502,
      'REMOTE_ADDRESS',
    ],
  ] as const)(
    'that is %s is answered by its status, and no secret is in answer or log',
    async (how, answer, status, code) => {
      await using server = await stubServer((_, response) => void answer(response))
      const lines: string[] = []
      const logTo = { write: (line: string) => void lines.push(line) }
      const { app } = shop({
        baseUrl: `${server.url}/base`,
        allowHosts: [server.host],
        ports: [80, 443, 9],
        limits: { redirects: 1 },
        timeouts: { headersMs: how === 'slow' ? 100 : 5_000 },
        credentials: () => ({ headers: { 'x-api-key': canary }, query: { token: `${canary}&+ü` } }),
      })
      const running = await startApp(app, { ...at, databaseUrl: 'sqlite::memory:', log: 'debug', logTo })
      try {
        const answered = await fetch(`${running.url}/prices/CHF`)
        const body = await answered.text()
        expect([answered.status, (JSON.parse(body) as { code: string }).code]).toEqual([status, code])
        const waits = { gone: '1', busy: '30', slow: '1' }
        expect(answered.headers.get('retry-after')).toBe(how in waits ? waits[how as keyof typeof waits] : null)
        expect(server.seen[0]).toMatchObject({ headers: { 'x-api-key': canary } })
        expect(server.seen[0]?.url).toContain(encodeURIComponent(canary))
        const told = [body, ...lines].join('\n')
        expect(told).toContain(code)
        expect(told).not.toContain('7f3a9c')
        expect(told).not.toContain(server.host)
      } finally {
        await running.stop()
      }
    },
  )

  test('gives its request up when the client goes away', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await stubServer((_, response) => void response.on('close', () => closed.resolve()))
    const { app } = shop({ baseUrl: server.url, allowHosts: [server.host] })
    const running = await startApp(app, { ...at, databaseUrl: 'sqlite::memory:' })
    const controller = new AbortController()
    const asked = fetch(`${running.url}/prices/CHF`, { signal: controller.signal }).then(
      () => 'answered',
      () => 'gone',
    )
    await expect.poll(() => server.seen.length, patient).toBe(1)
    controller.abort()
    expect(await asked).toBe('gone')
    await closed.promise
    await running.stop()
  })

  test('keeps the app from starting where it cannot be opened', async () => {
    const { app } = shop({ baseUrl: () => 'http://me:hunter2@rates.example' })
    const starting = startApp(app, { ...at, databaseUrl: 'sqlite::memory:' })
    await expect(starting).rejects.toMatchObject({
      code: 'DEPENDENCY_FAILED',
      message: expect.stringMatching(/rates.*credentials in it/),
    })
    await expect(starting).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') })
  })

  test('is measured: durations by outcome, repetitions, the state of its breaker', async () => {
    await using server = await stubServer((_, response) => void response.writeHead(503).end())
    const { app } = shop({
      baseUrl: server.url,
      allowHosts: [server.host],
      retries: { most: 1, baseMs: 0 },
      breaker: { failures: 2, openMs: 60_000 },
    })
    const metrics = { token: 'a-token-that-is-long-enough' }
    const running = await startApp(app, { ...at, databaseUrl: 'sqlite::memory:', metrics })
    try {
      for (let call = 0; call < 3; call += 1) await fetch(`${running.url}/prices/CHF`)
      const headers = { authorization: `Bearer ${metrics.token}` }
      const shown = await (await fetch(running.metricsUrl ?? '', { headers })).text()
      const labels = 'source="rates",operation="latest",outcome="REMOTE_UNAVAILABLE",from="source"'
      expect(shown).toContain(`terrace_remote_call_duration_seconds_count{${labels}} 3`)
      expect(shown).toContain('terrace_remote_retries_total{source="rates",operation="latest"} 1')
      expect(shown).toContain('terrace_remote_breaker_state{source="rates",state="open"} 1')
      expect(shown).toContain('terrace_remote_breaker_state{source="rates",state="closed"} 0')
    } finally {
      await running.stop()
    }
  })
})
