import { Dao } from 'terrace/dao'
import { actingAs, unscoped, type Database, type Session } from 'terrace/database'
import type { RootOperationNode } from 'kysely'
import { executorOf } from '../../packages/terrace/src/database/index.ts'
import { getOf, listOf, ownRows, type OwnRows, type Table } from './hand-written.ts'
import { models } from './models.ts'
import { ratioOf, type Pair, type Ratio, type Rounds } from './ratios.ts'
import type { Seeded } from './seed.ts'

const TagDao = Dao(models.Tag)
const ProductDao = Dao(models.Product)
const PortionDao = Dao(models.Portion)
const NoteDao = Dao(models.PortionNote)

/** One read of a session, by a number that says which row. */
type Read = (at: number) => unknown

const kinds: { readonly [T in Table]: string } = {
  tags: 'owned',
  products: 'owned, soft-deletable',
  portions: 'through one level',
  portion_notes: 'through two levels',
}

/** Reads of one database, each in a scope and with its conditions written by hand. */
export interface ReadRatios {
  /** The same statement by the same executor: what the scope itself costs. */
  readonly statements: readonly Ratio[]
  /** `dao.get` and `dao.list` against that executor. */
  readonly daos: readonly Ratio[]
  /** A query by Kysely through `dao.select`, compiled at each call on both sides. */
  readonly queries: readonly Ratio[]
}

export async function readRatios(db: Database, rows: Seeded, times: number): Promise<ReadRatios> {
  const rounds: Rounds = { rounds: 60, warmUps: 10 }
  const run = async (pairs: readonly Pair[]): Promise<readonly Ratio[]> => {
    const found: Ratio[] = []
    for (const pair of pairs) found.push(await ratioOf(pair, rounds))
    return found
  }
  const sessions = sessionsOf(db, rows.deviceId)
  const tables = Object.keys(kinds) as Table[]
  return {
    statements: await run(tables.flatMap((table) => statementPairs(sessions, table, { rows, times }))),
    daos: await run(tables.flatMap((table) => daoPairs(sessions, table, { rows, times }))),
    queries: await run(queryPairs(sessions, { rows, times })),
  }
}

interface Sessions {
  scoped(read: (session: Session) => Read): (times: number) => Promise<number>
  byHand(read: (session: Session) => Read): (times: number) => Promise<number>
}

function sessionsOf(db: Database, deviceId: string): Sessions {
  const timedIn =
    (scope: Parameters<Database['session']>[0]) =>
    (readOf: (session: Session) => Read) =>
    (times: number): Promise<number> =>
      db.session(scope, async (session) => {
        const read = readOf(session)
        await read(0)
        const started = performance.now()
        for (let at = 0; at < times; at += 1) await read(at)
        return ((performance.now() - started) * 1000) / times
      })
  return { scoped: timedIn(actingAs(models.Device, deviceId)), byHand: timedIn(unscoped('bench')) }
}

interface Reading {
  readonly rows: Seeded
  readonly times: number
}

const fewer = (times: number): number => Math.ceil(times / 8)

function statementPairs(sessions: Sessions, table: Table, { rows, times }: Reading): readonly Pair[] {
  return [
    {
      title: `get, ${kinds[table]}`,
      times,
      ours: sessions.scoped((session) => getBy(session, table, { own: null, rows })),
      theirs: sessions.byHand((session) => getBy(session, table, { own: ownRows[table], rows })),
    },
    {
      title: `list of 20, ${kinds[table]}`,
      times: fewer(times),
      ours: sessions.scoped((session) => listBy(session, table, { own: null, rows })),
      theirs: sessions.byHand((session) => listBy(session, table, { own: ownRows[table], rows })),
    },
  ]
}

function daoPairs(sessions: Sessions, table: Table, { rows, times }: Reading): readonly Pair[] {
  const ids = rows[table]
  return [
    {
      title: `get, ${kinds[table]}`,
      times,
      ours: sessions.scoped((session) => {
        const dao = daoOf(session, table)
        return (at) => dao.get(ids[at % ids.length] as string)
      }),
      theirs: sessions.byHand((session) => getBy(session, table, { own: ownRows[table], rows })),
    },
    {
      title: `list of 20, ${kinds[table]}`,
      times: fewer(times),
      ours: sessions.scoped((session) => {
        const dao = daoOf(session, table)
        const sort = [table === 'portion_notes' ? 'body' : 'name'] as never
        return () => dao.list({ sort, page: { limit: 20 } })
      }),
      theirs: sessions.byHand((session) => listBy(session, table, { own: ownRows[table], rows })),
    },
  ]
}

/** What the four have alike. */
interface AnyDao {
  get(id: string): Promise<unknown>
  list(options: { readonly sort: never; readonly page: { readonly limit: number } }): Promise<unknown>
}

function daoOf(session: Session, table: Table): AnyDao {
  const daos: { readonly [T in Table]: () => unknown } = {
    tags: () => session.use(TagDao),
    products: () => session.use(ProductDao),
    portions: () => session.use(PortionDao),
    portion_notes: () => session.use(NoteDao),
  }
  return daos[table]() as AnyDao
}

interface ByExecutor {
  readonly own: OwnRows | null
  readonly rows: Seeded
}

/** Compiled once and kept, as a DAO's own statements are. Without conditions of its own it has those of the scope. */
function getBy(session: Session, table: Table, { own, rows }: ByExecutor): Read {
  const executor = executorOf(session)
  const ids = rows[table]
  const statement = executor.prepared(`bench get ${table}`, own === null ? 'without' : 'with', () =>
    nodeOf(getOf(executor.queryBuilder(), table, own)),
  )
  const { deviceId } = rows
  return own === null
    ? (at) => executor.run(statement, [ids[at % ids.length]])
    : (at) => executor.run(statement, [ids[at % ids.length], deviceId])
}

function listBy(session: Session, table: Table, { own, rows: { deviceId } }: ByExecutor): Read {
  const executor = executorOf(session)
  const statement = executor.prepared(`bench list ${table}`, own === null ? 'without' : 'with', () =>
    nodeOf(listOf(executor.queryBuilder(), table, own)),
  )
  return own === null ? () => executor.run(statement, [20]) : () => executor.run(statement, [20, deviceId])
}

const nodeOf = (query: { toOperationNode(): unknown }): RootOperationNode =>
  query.toOperationNode() as RootOperationNode

function queryPairs(sessions: Sessions, { rows: { deviceId }, times }: Reading): readonly Pair[] {
  return [
    {
      title: 'select by Kysely, owned, soft-deletable',
      times: fewer(times),
      ours: sessions.scoped((session) => {
        const dao = session.use(ProductDao)
        return () => dao.select((query) => query.orderBy('products.name').limit(20))
      }),
      theirs: sessions.byHand((session) => {
        const dao = session.use(ProductDao)
        return () =>
          dao.select(
            (query) =>
              query
                .where((eb) => ownRows.products(eb as never, deviceId) as never)
                .orderBy('products.name')
                .limit(20),
            { deleted: 'with' },
          )
      }),
    },
    {
      title: 'select by Kysely, through one level',
      times: fewer(times),
      ours: sessions.scoped((session) => {
        const dao = session.use(PortionDao)
        return () => dao.select((query) => query.orderBy('portions.name').limit(20))
      }),
      theirs: sessions.byHand((session) => {
        const dao = session.use(PortionDao)
        return () =>
          dao.select(
            (query) =>
              query
                .where((eb) => ownRows.portions(eb as never, deviceId) as never)
                .orderBy('portions.name')
                .limit(20),
            { deleted: 'with' },
          )
      }),
    },
  ]
}
