import { afterEach, expect, test } from 'vitest'
import { recordingDriver, type RecordingDriver } from '../../support/recording-driver.ts'
import { dialectOf } from '../../../src/connect/dialect-of.ts'
import type { BeginOptions, Connection, Driver, Statement } from '../../../src/database/driver.ts'
import { everyRowDriver } from '../../../src/database/every-row-driver.ts'
import type { RowIdentity } from '../../../src/database/row-identity.ts'

const everyRow: RowIdentity = { role: null, settings: [['every', 'row']] }
const somebody: RowIdentity = { role: 'somebody', settings: [] }
const command = { isolation: 'serializable', readOnly: false } as const
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface Wrapped {
  readonly inner: RecordingDriver
  readonly connection: Connection
  /** What each BEGIN of the engine was told. */
  readonly begun: BeginOptions[]
  release(): Promise<void>
}

async function wrapped({ acquiresLater = false } = {}): Promise<Wrapped> {
  const { runtime } = await dialectOf('sqlite::memory:')
  const inner = recordingDriver(await runtime.open({ url: 'sqlite::memory:', pool: {} }))
  inner.acquiresLater = acquiresLater
  const begun: BeginOptions[] = []
  const watching = (connection: Connection): Connection => {
    const begin = connection.begin.bind(connection)
    return Object.assign(connection, { begin: (options: BeginOptions) => (begun.push(options), begin(options)) })
  }
  const watched: Driver = {
    ...inner,
    acquire: (options) => {
      const acquired = inner.acquire(options)
      return acquired instanceof Promise ? acquired.then(watching) : watching(acquired)
    },
  }
  const driver = everyRowDriver(watched, everyRow)
  closing.push(() => driver.close())
  const connection = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
  await connection.execute(of('create table t (id integer primary key) strict'))
  inner.calls.length = 0
  let isHeld = true
  const release = async (): Promise<void> => {
    if (isHeld) await driver.release(connection)
    isHeld = false
  }
  closing.push(release)
  return { inner, connection, begun, release }
}

const of = (sql: string): Statement => ({ sql, parameters: [] })

test('a statement on rows has a transaction of its own, in which every row is seen', async () => {
  const { inner, connection, begun } = await wrapped()
  const statements = ['insert into t values (1)', ' with x as (select 1 as id) select * from x', 'VALUES (1)']
  for (const sql of statements) {
    inner.calls.length = 0
    begun.length = 0
    await connection.execute(of(sql))
    expect(inner.calls).toEqual(['begin readCommitted', sql, 'commit'])
    expect(begun).toEqual([{ isolation: 'readCommitted', readOnly: false, identity: everyRow }])
  }
  expect((await connection.execute(of('select id from t'))).rows).toEqual([{ id: 1 }])
})

test('one that fails is rolled back, and the next one has a transaction again', async () => {
  const { inner, connection } = await wrapped()
  await connection.execute(of('insert into t values (1)'))
  inner.calls.length = 0
  await expect(connection.execute(of('insert into t values (1)'))).rejects.toMatchObject({ kind: 'unique' })
  await connection.execute(of('select 1'))
  const begin = 'begin readCommitted'
  expect(inner.calls).toEqual([begin, 'insert into t values (1)', 'rollback', begin, 'select 1', 'commit'])
})

test('a command is sent as it is', async () => {
  const { inner, connection } = await wrapped()
  const commands = ['create table selected (id integer) strict', 'drop table selected', 'pragma foreign_keys']
  for (const sql of commands) await connection.execute(of(sql))
  expect(inner.calls).toEqual(commands)
})

test('inside a transaction nothing is begun, and after it again', async () => {
  const { inner, connection, begun } = await wrapped()
  for (const end of ['commit', 'rollback'] as const) {
    inner.calls.length = 0
    await connection.begin(command)
    await connection.savepoint('s')
    await connection.execute(of('insert into t values (1)'))
    await connection.rollbackToSavepoint('s')
    await connection.releaseSavepoint('s')
    await connection[end]()
    await connection.execute(of('select 1'))
    const inside = ['savepoint s', 'insert into t values (1)', 'rollback to s', 'release s', end]
    expect(inner.calls).toEqual(['begin serializable', ...inside, 'begin readCommitted', 'select 1', 'commit'])
  }
  expect(begun[0]).toEqual({ ...command, identity: everyRow })
})

test('a transaction for somebody stays that one’s', async () => {
  const { connection, begun } = await wrapped()
  await connection.begin({ ...command, identity: somebody })
  await connection.commit()
  expect(begun).toEqual([{ ...command, identity: somebody }])
})

test('it is the same driver otherwise, also where connections have to be waited for', async () => {
  const { inner, connection, release } = await wrapped({ acquiresLater: true })
  expect(connection.capabilities).toBe(inner.capabilities)
  await connection.execute(of('select 1'))
  await release()
  expect(inner.calls).toEqual(['begin readCommitted', 'select 1', 'commit', 'release'])
  expect(inner.stats().size - inner.stats().idle).toBe(0)
})
