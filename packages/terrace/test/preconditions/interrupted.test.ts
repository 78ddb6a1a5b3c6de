import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { cuttingProxy } from '../support/cutting-proxy.ts'
import type { CuttingProxy } from '../support/cutting-proxy.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { as } from './app.ts'
import { idempotentApp, models, OrderService } from './idempotent-app.ts'

const secret = 'a secret that is long enough for tests'
const app = idempotentApp()
const under = (key: string) => ({ ...as('ann'), 'idempotency-key': key, 'content-type': 'application/json' })
const body = JSON.stringify({ item: 'bread' })

describeEngines('X4: an idempotency-key and its effect are both there or neither', interruptedOn, [
  'sqliteFile',
  'postgres',
  'mysql',
])
describeEngines('X4: after a commit that nobody knows of', unknownOn, ['postgres', 'mysql'])

afterEach(() => {
  OrderService.gate = null
})

async function counts(database: Database) {
  return database.session(unscoped('test'), async (session) => ({
    orders: await session.use(Dao(models.Order)).count(),
    keys: await session.use(Dao(models.IdempotencyKey)).count(),
  }))
}

async function preparedDatabase(url: string): Promise<Database> {
  const database = await openDatabase(url, { models })
  await database.session(unscoped('test'), (session) => session.use(Dao(models.Person)).create({ id: 'ann' }))
  return database
}

function interruptedOn(engine: EngineUnderTest): void {
  let url: string
  let database: Database
  beforeAll(async () => {
    url = (await engine.fresh()).url
    database = await preparedDatabase(url)
  })
  afterAll(() => database.close())

  test('where the client goes away before the commit: it is carried out when it is sent again', async () => {
    const running: RunningApp = await startApp(app, {
      databaseUrl: url,
      port: 0,
      host: '127.0.0.1',
      log: 'silent',
      metrics: false,
    })
    const [key, written, gone] = [randomUUID(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    OrderService.gate = () => {
      written.resolve()
      return gone.promise
    }
    const hangingUp = new AbortController()
    const before = await counts(database)
    const first = fetch(`${running.url}/orders`, {
      method: 'POST',
      headers: under(key),
      body,
      signal: hangingUp.signal,
    })
    const ended = first.then(
      () => 'answered',
      () => 'aborted',
    )
    await written.promise
    hangingUp.abort()
    expect(await ended).toBe('aborted')
    // Until the server has noticed.
    await new Promise((resolve) => setTimeout(resolve, 200))
    gone.resolve()
    OrderService.gate = null
    const again = async () => fetch(`${running.url}/orders`, { method: 'POST', headers: under(key), body })
    await expect.poll(async () => (await again()).status).toBe(201)
    expect((await again()).headers.get('idempotency-replayed')).toBe('true')
    expect(await counts(database)).toEqual({ orders: before.orders + 1, keys: before.keys + 1 })
    await running.stop()
  })

  test.runIf(isKilledOn(engine))(
    'where the process is killed before the commit: it is carried out when it is sent again',
    async () => {
      const before = await counts(database)
      const key = randomUUID()
      const child = spawn(process.execPath, [fileURLToPath(new URL('killed-main.ts', import.meta.url))], {
        env: { ...process.env, NODE_OPTIONS: '--conditions=terrace:source', DATABASE_URL: url },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const told = (text: RegExp): Promise<string> => outputOf(child, text)
      const address = await told(/"url":"([^"]+)"/)
      const written = told(/(written)/)
      const lost = fetch(`${address}/orders`, { method: 'POST', headers: under(key), body }).catch(() => 'lost')
      await written
      child.kill('SIGKILL')
      expect(await lost).toBe('lost')
      const client = await testClient(app, { database, secret })
      // A server may take a moment to notice that the killed process's connection is gone.
      await expect
        .poll(async () => (await client.post('/orders', body, under(key))).status, { timeout: 10_000 })
        .toBe(201)
      expect(await counts(database)).toEqual({ orders: before.orders + 1, keys: before.keys + 1 })
      await client.close()
    },
    30_000,
  )
}

/** A process takes its seconds to start: on every engine with `TERRACE_TEST_STARTS`. */
function isKilledOn({ name }: EngineUnderTest): boolean {
  return name === 'postgres' || process.env['TERRACE_TEST_STARTS'] !== undefined
}

function outputOf(child: ChildProcess, text: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (bytes) => {
      output += String(bytes)
      const found = text.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('close', () => reject(new Error(`it ended: ${output}`)))
  })
}

function unknownOn(engine: EngineUnderTest): void {
  let database: Database
  let through: Database
  let proxy: CuttingProxy
  let client: TestClient
  let direct: TestClient
  beforeAll(async () => {
    const { url } = await engine.fresh()
    database = await preparedDatabase(url)
    proxy = await cuttingProxy(url)
    through = await openDatabase(proxy.url, { models })
    client = await testClient(app, { database: through, secret, log: 'silent' })
    direct = await testClient(app, { database, secret })
  })
  afterAll(async () => {
    await client.close()
    await direct.close()
    await through.close()
    await proxy.close()
    await database.close()
  })

  /** The whole message: a session's own settings have the word in them too. */
  const commit = engine.name === 'postgres' ? '\u000bcommit' : '\u0003commit'

  test.each([
    ['it was lost on its way, the same request under the same key is carried out', 'before', null],
    ['only its answer was lost, the same request is given the answer', 'after', 'true'],
  ] as const)('where %s', async (_, when, replayed) => {
    const [key, before] = [randomUUID(), await counts(database)]
    proxy.cutAt(commit, when)
    const unknown = await client.post('/orders', body, under(key))
    expect([unknown.status, (unknown.json as { code: string }).code]).toEqual([503, 'COMMIT_UNKNOWN'])
    const again = async () => direct.post('/orders', body, under(key))
    let answer = await again()
    // As long as the server has not noticed that the connection is gone, the key is its.
    await expect
      .poll(async () => (answer.status === 409 ? (answer = await again()) : answer).status, { timeout: 10_000 })
      .toBe(201)
    expect(answer.headers['idempotency-replayed'] ?? null).toBe(replayed)
    expect(await counts(database)).toEqual({ orders: before.orders + 1, keys: before.keys + 1 })
  })
}
