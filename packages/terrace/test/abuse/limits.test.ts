import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import type { Database } from '../../src/database/index.ts'
import { shape } from '../../src/dto/index.ts'
import { authentication, bearer, plain, publicAccess, route } from '../../src/http/index.ts'
import type { ServerOptions } from '../../src/http/index.ts'
import { actor, boolean, graph, identity, model, text } from '../../src/model/index.ts'
import { databaseRates, memoryRates, rateCounts, redisRates } from '../../src/rate/index.ts'
import type { RateLimit, RateStore } from '../../src/rate/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { oneOfEachEngine } from '../support/one-of-each-engine.ts'
import { prefix, redisAnswers, redisUrl } from '../support/rate-stores.ts'

const models = graph({
  User: model('users', { id: identity() }, { access: actor() }),
  RateCount: rateCounts(),
})

/** Whose token is `t-7` is the user 7; both tokens `t-7` and `u-7` are theirs. */
const userWith = (quotas: readonly RateLimit[] | ((id: number) => readonly RateLimit[])) =>
  authentication('user', {
    scheme: bearer({ form: (token) => /^[tu]-\d+$/.test(token) }),
    verify: async ({ token }) => Number(token.slice(2)),
    actor: (id) => ({ User: id }),
    quotas,
  })

let runs = 0

function appWith(options: ServerOptions, quotas: Parameters<typeof userWith>[0] = []) {
  const answer = {
    summary: 'x',
    responses: { 200: shape({ ok: boolean(), from: text() }) },
    handler: ({ address }: { readonly address: string }) => ({ ok: true, from: address }),
  }
  return createApp({
    title: 'Limits',
    version: '1.0.0',
    models,
    responses: plain,
    ...options,
    routes: [
      route('GET /open', { ...answer, auth: publicAccess('a test') }),
      route('GET /mine', { ...answer, auth: userWith(quotas) }),
    ],
  })
}

const clients: TestClient[] = []
async function clientOf(app: ReturnType<typeof appWith>, database?: Database): Promise<TestClient> {
  const client = await testClient(app, database === undefined ? {} : { database })
  clients.push(client)
  return client
}
afterAll(async () => {
  for (const client of clients) await client.close()
})

const from = (address: string) => ({ 'x-forwarded-for': address })
const as = (token: string, address = '192.0.2.1') => ({ authorization: `Bearer ${token}`, ...from(address) })
const statuses = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status)

/** Two instances of one app, each with a store of its own over the same place. */
function sharedBy(open: () => Promise<{ readonly store: () => RateStore; readonly database?: Database }>) {
  test('of two instances both allow together what one would, by address and by user', async () => {
    const { store, database } = await open()
    const limits = { max: 3, windowMs: 600_000, by: () => `caller ${process.pid} ${(runs += 0)}` }
    const quotas = [{ max: 4, windowMs: 700_000 + process.pid }]
    const user = `t-${(Date.now() % 1_000_000) * 1_000 + (runs += 1)}`
    const open2 = async (options: ServerOptions) =>
      Promise.all([
        clientOf(appWith({ ...options, rateStore: store() }, quotas), database),
        clientOf(appWith({ ...options, rateStore: store() }, quotas), database),
      ])
    const [one, two] = await open2({ rateLimit: limits })
    const asked = []
    for (const client of [one, two, one, two, one]) asked.push(await client.get('/open'))
    expect(statuses(asked)).toEqual([200, 200, 200, 429, 429])
    expect(Number(asked[3]?.headers['retry-after'])).toBeGreaterThan(150)

    const [three, four] = await open2({})
    const mine = await Promise.all(
      Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? three : four).get('/mine', as(user, `192.0.2.${at}`))),
    )
    expect(statuses(mine).filter((status) => status === 200)).toHaveLength(4)
    expect(statuses(mine).filter((status) => status === 429)).toHaveLength(8)
  })
}

describe.runIf(redisAnswers)('limits of instances over one Redis', () => {
  sharedBy(async () => ({
    store: () => redisRates({ url: redisUrl, onFailure: 'refuse', timeoutMs: 5_000, prefix }),
  }))
})

describeEngines(
  'limits of instances over one database',
  (engine) => {
    let database: Database
    beforeAll(async () => {
      database = await openDatabase((await engine.fresh()).url, { models, pool: { timeoutMs: 60_000 } })
    }, 120_000)
    afterAll(() => database.close())
    sharedBy(async () => ({ store: () => databaseRates(models.RateCount), database }))

    test('rows that are of no use any more are cleared away, and others are not', async () => {
      const store = databaseRates(models.RateCount)
      const units = {
        session: <R>(scope: never, work: never): Promise<R> => database.session<R>(scope, work, { repeatable: true }),
      }
      const [short, long] = [
        { max: 1, windowMs: 1 },
        { max: 1, windowMs: 600_000 },
      ] as const
      const rows = async () => (await countRows(database)) as number
      await databaseRates(models.RateCount).counter('long', long).take('a', units)
      const shorts = databaseRates(models.RateCount).counter('short', short)
      for (let at = 0; at < 5; at += 1) await shorts.take(`${at}`, units)
      await new Promise((resolve) => setTimeout(resolve, 20))
      const before = await rows()
      await store.counter('long', long).take('b', units)
      const after = await rows()
      expect([before > after, after >= 2]).toEqual([true, true])
      expect(await store.counter('long', long).holds('a', units)).toBe(true)
    })
  },
  oneOfEachEngine,
)

async function countRows(database: Database): Promise<number> {
  const { Dao } = await import('../../src/dao/index.ts')
  const { unscoped } = await import('../../src/database/index.ts')
  return database.session(unscoped('a test'), (session) => session.use(Dao(models.RateCount)).count())
}

describe('limits', () => {
  test('a caller is refused for their requests before they are for their credential', async () => {
    const client = await clientOf(appWith({ rateLimit: { max: 1, windowMs: 60_000 } }))
    expect(statuses([await client.get('/mine'), await client.get('/mine')])).toEqual([401, 429])
  })

  test('of a quota nothing is taken by what proves nobody', async () => {
    const client = await clientOf(appWith({}, [{ max: 1, windowMs: 60_000 }]))
    expect(
      statuses([await client.get('/mine', { authorization: 'Bearer nobody' }), await client.get('/mine')]),
    ).toEqual([401, 401])
    expect((await client.get('/mine', as('t-1'))).status).toBe(200)
  })

  test('a quota is of the user, whatever the token and the address', async () => {
    const client = await clientOf(appWith({ trustProxy: 1 }, [{ max: 2, windowMs: 60_000 }]))
    const answers = [
      await client.get('/mine', as('t-7', '192.0.2.1')),
      await client.get('/mine', as('u-7', '192.0.2.2')),
      await client.get('/mine', as('u-7', '192.0.2.3')),
      await client.get('/mine', as('t-8', '192.0.2.3')),
    ]
    expect(statuses(answers)).toEqual([200, 200, 429, 200])
    expect(answers[2]?.json).toEqual({
      code: 'QUOTA_EXCEEDED',
      detail: expect.stringContaining('2 requests within 60'),
    })
    expect(answers[2]?.headers['retry-after']).toBe('30')
  })

  test('several quotas hold together, and what one refuses is not counted by the others', async () => {
    const [minute, day] = [
      { max: 1, windowMs: 300 },
      { max: 3, windowMs: 86_400_000 },
    ]
    const client = await clientOf(appWith({}, [day, minute]))
    const answers = [await client.get('/mine', as('t-1')), await client.get('/mine', as('t-1'))]
    expect(statuses(answers)).toEqual([200, 429])
    expect(answers[0]?.headers['ratelimit']).toBe('"user-86400s";r=2;t=28800, "user-1s";r=0;t=1')
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"user-86400s";q=3;w=86400, "user-1s";q=1;w=1')
    await new Promise((resolve) => setTimeout(resolve, 350))
    const later = await client.get('/mine', as('t-1'))
    expect([later.status, later.headers['ratelimit']?.startsWith('"user-86400s";r=1')]).toEqual([200, true])
  })

  test('a quota may be of the row: who pays may ask more', async () => {
    const client = await clientOf(appWith({}, (id) => [{ max: id === 1 ? 3 : 1, windowMs: 60_000 }]))
    const answers = []
    for (const token of ['t-1', 't-1', 't-1', 't-2', 't-2']) answers.push(await client.get('/mine', as(token)))
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 429])
  })

  test('a quota that lets nothing through is refused: where it is declared, or where a row gives it', async () => {
    const nothing = { max: 0, windowMs: 60_000 }
    expect(() => userWith([nothing])).toThrow(
      expect.objectContaining({ code: 'APP_DECLARATION', message: expect.stringContaining('the quotas of user') }),
    )
    const client = await testClient(
      appWith({}, () => [nothing]),
      { log: 'silent' },
    )
    clients.push(client)
    const answer = await client.get('/mine', as('t-1'))
    expect([answer.status, answer.headers['retry-after']]).toEqual([500, undefined])
  })

  test('handlers are told the address, as far as a proxy is trusted', async () => {
    const [near, far] = [await clientOf(appWith({})), await clientOf(appWith({ trustProxy: 1 }))]
    expect((await near.get('/open', from('192.0.2.9'))).json).toMatchObject({ from: '127.0.0.1' })
    expect((await far.get('/open', from('192.0.2.9'))).json).toMatchObject({ from: '192.0.2.9' })
  })

  test('while the store refuses, so does the server, and health does not ask it', async () => {
    const store = redisRates({ url: 'redis://127.0.0.1:1', onFailure: 'refuse', timeoutMs: 200 })
    const app = appWith({ rateLimit: { max: 9, windowMs: 60_000 }, rateStore: store })
    const client = await testClient(app, { log: 'silent' })
    clients.push(client)
    const answer = await client.get('/open')
    expect([answer.status, answer.json]).toMatchObject([503, { code: 'RATE_STORE_UNAVAILABLE' }])
    expect((await client.get('/healthz')).status).toBe(200)
  })

  test('a store in the process counts apart for each of the app’s servers', async () => {
    const rateStore = memoryRates()
    const app = appWith({ rateLimit: { max: 1, windowMs: 60_000 }, rateStore })
    const statusesOfTwo = [await (await clientOf(app)).get('/open'), await (await clientOf(app)).get('/open')]
    expect(statuses(statusesOfTwo)).toEqual([200, 200])
  })
})
