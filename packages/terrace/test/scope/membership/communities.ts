import { Dao } from '../../../src/dao/index.ts'
import { actingAs, executorOf, unscoped, type Database, type Scope, type Session } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import { treeBuilder, type AnyDb } from '../shop.ts'
import { models } from './community-models.ts'
import type { Row, Rows } from './community-rows.ts'

export class Users extends Dao(models.User) {}
export class Communities extends Dao(models.Community) {}
export class Members extends Dao(models.CommunityMember) {}
export class Badges extends Dao(models.Badge) {}
export class Notices extends Dao(models.Notice) {}
export class Comments extends Dao(models.Comment) {}
export class Reactions extends Dao(models.Reaction) {}
export class Echoes extends Dao(models.Echo) {}
export class Posts extends Dao(models.Post) {}
export class Reports extends Dao(models.Report) {}
export class Photos extends Dao(models.Photo) {}
export class Greetings extends Dao(models.Greeting) {}
export class Lists extends Dao(models.List) {}
export class ListGuests extends Dao(models.ListGuest) {}
export class ListItems extends Dao(models.ListItem) {}

/** What tests ask of a DAO whichever it is: rows without their types. */
export interface AnyDao {
  get(id: unknown, options?: object): Promise<Row | null>
  list(options?: object): Promise<{ readonly rows: Row[]; readonly total: number | null }>
  count(where?: object, options?: object): Promise<number>
  exists(where: object): Promise<boolean>
  create(values: object): Promise<Row>
  update(id: unknown, patch: object): Promise<Row | null>
  updateWhere(where: object, patch: object, options?: object): Promise<number>
  delete(id: unknown): Promise<Row | null>
  deleteWhere(where: object, options?: object): Promise<number>
  restore(id: unknown): Promise<Row | null>
  purge(id: unknown): Promise<Row | null>
}

const daos = {
  users: Users,
  communities: Communities,
  community_members: Members,
  badges: Badges,
  notices: Notices,
  comments: Comments,
  reactions: Reactions,
  echoes: Echoes,
  posts: Posts,
  reports: Reports,
  photos: Photos,
  greetings: Greetings,
  lists: Lists,
  list_guests: ListGuests,
  list_items: ListItems,
} as const

export const tables = Object.keys(daos)

export function daoOf(session: Session, table: string): AnyDao {
  return session.use(daos[table as 'users']) as unknown as AnyDao
}

export const as = (id: string): Scope => actingAs(models.User, id)
export const outside = unscoped('test rows')

/** By the compiler itself, as they are: deleted ones too. */
export async function fill(db: Database, rows: Rows): Promise<void> {
  await db.session(outside, async (session) => {
    const executor = executorOf(session)
    for (const [table, list] of Object.entries(rows)) {
      const node = treeBuilder
        .insertInto(table)
        .values(list as Row[])
        .toOperationNode()
      const options = { scope: executor.scope, deleted: 'without', byRule: true, named: false } as const
      await executor.run(executor.compiler.compile(node, options))
    }
  })
}

/** Every row there is, by table. */
export async function everything(session: Session): Promise<Rows> {
  return session.unscoped('test rows', async (inner) => {
    const all = executorOf(inner).queryBuilder({ deleted: 'with' }) as unknown as AnyDb
    const rows: Record<string, Row[]> = {}
    for (const table of tables) rows[table] = await all.selectFrom(table).selectAll().execute()
    return rows
  })
}

/** Hand-written statements of a session. */
export const byHand = (session: Session): AnyDb => executorOf(session).queryBuilder() as unknown as AnyDb

/** What it gives, or the code of the refusal. */
export async function outcome<T>(promise: Promise<T>): Promise<T | string> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof TerraceError) return error.code
    throw error
  }
}

class Undone extends Error {}

/** As if it had not been: in a savepoint that is rolled back. */
export async function undone<T>(session: Session, work: (inner: Session) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | null = null
  await session
    .nested(async (inner) => {
      result = { value: await work(inner) }
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  return (result as unknown as { readonly value: T }).value
}
