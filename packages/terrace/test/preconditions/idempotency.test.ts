import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import { IdempotencyStore } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient, TestResponse } from '../../src/testing/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { as } from './app.ts'
import { idempotentApp, models, OrderService } from './idempotent-app.ts'

const secret = 'a secret that is long enough for tests'
const app = idempotentApp()
const codeOf = ({ json }: TestResponse): string => (json as { code: string }).code
const under = (key: string, name = 'ann') => ({ ...as(name), 'idempotency-key': key })

describeEngines('X4: requests with an idempotency-key', requestsOn, ['sqliteFile', 'postgres', 'mysql'])

function requestsOn(engine: EngineUnderTest): void {
  /** Two instances of the app over one database. */
  const databases: Database[] = []
  const clients: TestClient[] = []
  let client: TestClient
  let other: TestClient
  let key: string
  let shiftMs = 0

  beforeAll(async () => {
    const { url } = await engine.fresh()
    for (const _ of [1, 2]) {
      const database = await openDatabase(url, { models, clock: () => Date.now() + shiftMs })
      databases.push(database)
      clients.push(await testClient(app, { database, secret, log: 'silent' }))
    }
    ;[client, other] = clients as [TestClient, TestClient]
    await unscopedly((session) => session.use(Dao(models.Person)).createMany([{ id: 'ann' }, { id: 'bob' }]))
  })
  beforeEach(async () => {
    key = randomUUID()
    OrderService.gate = null
    await unscopedly(async (session) => {
      for (const model of [models.Order, models.IdempotencyKey])
        await session.use(Dao(model)).deleteWhere({}, { all: true })
    })
  })
  afterAll(async () => {
    for (const each of clients) await each.close()
    for (const database of databases) await database.close()
  })

  function unscopedly<R>(work: (session: Session) => Promise<R>): Promise<R> {
    return (databases[0] as Database).session(unscoped('test'), work)
  }
  const counts = () =>
    unscopedly(async (session) => ({
      orders: await session.use(Dao(models.Order)).count(),
      keys: await session.use(Dao(models.IdempotencyKey)).count(),
    }))

  test('are carried out once, and given their first answer as often as they are sent', async () => {
    const first = await client.post('/orders', { item: 'bread', count: 2 }, under(key))
    expect([first.status, first.headers['idempotency-replayed']]).toEqual([201, undefined])
    for (const spelled of [key, `"${key}"`]) {
      const again = await other.post('/orders', { item: 'bread', count: 2 }, under(spelled))
      expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true'])
      for (const name of ['etag', 'location', 'content-type']) expect(again.headers[name]).toBe(first.headers[name])
      expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
    }
    expect(await counts()).toEqual({ orders: 1, keys: 1 })
  })

  test('keep what they answered then, whatever became of it since', async () => {
    const { json } = await client.post('/orders', { item: 'bread' }, as('ann'))
    const path = `/orders/${(json as { id: string }).id}`
    const first = await client.patch(path, { count: 5 }, under(key))
    await client.patch(path, { count: 6 }, as('ann'))
    const again = await client.patch(path, { count: 5 }, under(key))
    expect([again.status, again.text, again.headers['etag']]).toEqual([200, first.text, first.headers['etag']])
    await client.delete(path, as('ann'))
    const restoreKey = randomUUID()
    await client.post(`${path}/restore`, undefined, under(restoreKey))
    await client.delete(path, as('ann'))
    expect((await client.post(`${path}/restore`, undefined, under(restoreKey))).status).toBe(200)
    expect((await client.get(path, as('ann'))).status).toBe(404)
  })

  test('with the key of another request are refused, and nothing is done', async () => {
    const made = await client.post('/orders', { item: 'bread' }, under(key))
    const path = made.headers['location'] ?? ''
    const others = [
      await client.post('/orders', { item: 'butter' }, under(key)),
      await client.post('/orders', '{ "item": "bread" }', { ...under(key), 'content-type': 'application/json' }),
      await client.post('/payments', { item: 'bread' }, under(key)),
      await client.patch(path, { count: 5 }, under(key)),
      await client.post('/orders', { item: 'bread' }, { ...under(key), 'if-match': '"1"' }),
    ]
    for (const answer of others) expect([answer.status, codeOf(answer)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect(await counts()).toEqual({ orders: 1, keys: 1 })
  })

  test('that fail keep nothing: they are carried out when they are sent again', async () => {
    const before = OrderService.runs
    for (const _ of [1, 2]) {
      const answer = await client.post('/orders', { item: 'refused' }, under(key))
      expect([answer.status, codeOf(answer)]).toEqual([409, 'SOLD_OUT'])
    }
    expect((await client.post('/orders', { item: '' }, under(key))).status).toBe(422)
    expect((await client.post('/orders', { item: 'x' }, under(key, 'nobody'))).status).toBe(401)
    expect(OrderService.runs - before).toBe(2)
    expect(await counts()).toEqual({ orders: 0, keys: 0 })
    expect((await client.post('/orders', { item: 'bread' }, under(key))).status).toBe(201)
  })

  test('belong to their caller: the same key of another one is another key', async () => {
    const anns = await client.post('/orders', { item: 'bread' }, under(key))
    const bobs = await client.post('/orders', { item: 'bread' }, under(key, 'bob'))
    expect([bobs.status, bobs.headers['idempotency-replayed']]).toEqual([201, undefined])
    expect(bobs.text).not.toBe(anns.text)
    expect(await counts()).toEqual({ orders: 2, keys: 2 })
  })

  test('of nobody known are told apart by what they ask, and what they were shown once is sealed', async () => {
    const first = await client.post('/signups', { email: 'ann@example.org' }, { 'idempotency-key': key })
    const again = await other.post('/signups', { email: 'ann@example.org' }, { 'idempotency-key': key })
    const stranger = await client.post('/signups', { email: 'eve@example.org' }, { 'idempotency-key': key })
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true'])
    expect([stranger.status, stranger.headers['idempotency-replayed']]).toEqual([201, undefined])
    const { rows } = await unscopedly((session) => session.use(Dao(models.IdempotencyKey)).list())
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      const stored = Buffer.from(row.answer).toString('latin1') + JSON.stringify(row)
      for (const told of ['secret-', 'example.org', key, 'location']) expect(stored).not.toContain(told)
    }
  })

  test('whose answer cannot be read any more are not carried out again', async () => {
    await client.post('/orders', { item: 'bread' }, under(key))
    const restarted = await testClient(app, { database: databases[0] as Database, log: 'silent' })
    const answer = await restarted.post('/orders', { item: 'bread' }, under(key))
    expect([answer.status, codeOf(answer)]).toEqual([409, 'IDEMPOTENCY_ANSWER_LOST'])
    await restarted.close()
    expect((await client.post('/orders', { item: 'bread' }, under(key))).headers['idempotency-replayed']).toBe('true')
    expect(await counts()).toEqual({ orders: 1, keys: 1 })
  })

  test('are let in one at a time: a double is told at once, and does not wait', async () => {
    const [entered, leave] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    OrderService.gate = () => {
      entered.resolve()
      return leave.promise
    }
    const first = client.post('/orders', { item: 'bread' }, under(key))
    await entered.promise
    const double = await client.post('/orders', { item: 'bread' }, under(key))
    expect([double.status, codeOf(double), double.headers['retry-after']]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE', '1'])
    const elsewhere = other.post('/orders', { item: 'bread' }, under(key))
    // Another process: SQLite's waits for the only writer, whatever that writes, and finds the answer then.
    const isTold = engine.name !== 'sqliteFile'
    if (isTold) await elsewhere
    leave.resolve()
    expect((await first).status).toBe(201)
    const { status, headers } = await elsewhere
    expect([status, headers['idempotency-replayed']]).toEqual(isTold ? [409, undefined] : [201, 'true'])
    expect((await other.post('/orders', { item: 'bread' }, under(key))).text).toBe((await first).text)
    expect(await counts()).toEqual({ orders: 1, keys: 1 })
  })

  test('50 at once with one key have one effect; the others are told so, or given its answer', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [roundKey, runs] = [randomUUID(), OrderService.runs]
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          (at % 2 === 0 ? client : other).post('/orders', { item: `round ${round}` }, under(roundKey)),
        ),
      )
      const made = answers.filter(
        ({ status, headers }) => status === 201 && headers['idempotency-replayed'] === undefined,
      )
      const replayed = answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')
      const told = answers.filter((answer) => answer.status === 409 && codeOf(answer) === 'IDEMPOTENCY_KEY_IN_USE')
      expect([made.length, made.length + replayed.length + told.length]).toEqual([1, 50])
      for (const { text } of replayed) expect(text).toBe(made[0]?.text)
      expect(OrderService.runs - runs).toBe(1)
    }
    expect(await counts()).toEqual({ orders: 3, keys: 3 })
  })

  test('are kept for a day, and cleared away in steps', async () => {
    await client.post('/orders', { item: 'bread' }, under(key))
    shiftMs = 86_400_000 - 5_000
    expect((await client.post('/orders', { item: 'bread' }, under(key))).headers['idempotency-replayed']).toBe('true')
    shiftMs = 86_400_000 + 5_000
    const fresh = await client.post('/orders', { item: 'bread' }, under(key))
    expect([fresh.status, fresh.headers['idempotency-replayed']]).toEqual([201, undefined])
    expect(await counts()).toEqual({ orders: 2, keys: 1 })
    const old = (at: number) => ({
      id: String(at).padStart(43, 'x'),
      request: 'y'.repeat(43),
      answer: new Uint8Array(1),
      expiresAt: new Date(at),
    })
    await unscopedly((session) =>
      session.use(Dao(models.IdempotencyKey)).createMany(Array.from({ length: 1_200 }, (_, at) => old(at))),
    )
    const store = new IdempotencyStore(models.IdempotencyKey, { keepSeconds: 60 })
    expect(await store.clear(databases[0] as Database, 1)).toBe(500)
    expect(await store.clear(databases[0] as Database)).toBe(700)
    expect(await counts()).toEqual({ orders: 2, keys: 1 })
    shiftMs = 0
  })

  test('that are old are cleared away after a later one, without anybody waiting for it', async () => {
    const expired = { id: 'z'.repeat(43), request: 'y'.repeat(43), answer: new Uint8Array(1), expiresAt: new Date(0) }
    await unscopedly((session) => session.use(Dao(models.IdempotencyKey)).create(expired))
    const third = await testClient(app, { database: databases[0] as Database, secret })
    await third.post('/orders', { item: 'bread' }, under(key))
    await third.close()
    expect(await counts()).toEqual({ orders: 1, keys: 1 })
  })

  test('need one where the route says so, and have none where it takes none', async () => {
    const without = await client.post('/payments', { item: 'bread' }, as('ann'))
    expect([without.status, codeOf(without)]).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED'])
    expect((await client.post('/payments', { item: 'bread' }, under(key))).status).toBe(201)
    for (const path of ['/unkept', '/reports'])
      for (const _ of [1, 2]) expect((await client.post(path, undefined, under('not a key!'))).status).toBeLessThan(300)
    expect(await counts()).toEqual({ orders: 5, keys: 1 })
    for (const wrong of ['', ' ', 'a b', '"', '"a', '"a"b"', 'ä', 'x'.repeat(256), `"${'x'.repeat(256)}"`, 'a, b']) {
      const answer = await client.post('/orders', { item: 'bread' }, under(wrong))
      expect([wrong, answer.status, codeOf(answer)]).toEqual([wrong, 400, 'IDEMPOTENCY_KEY_MALFORMED'])
    }
    expect((await client.post('/orders', { item: 'bread' }, under('x'.repeat(255)))).status).toBe(201)
    expect((await client.post('/orders', { item: 'bread' }, under('k'))).status).toBe(201)
  })
}
