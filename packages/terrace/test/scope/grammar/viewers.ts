import { unscoped } from '../../../src/database/index.ts'
import type { DeletedMode, Scope } from '../../../src/database/index.ts'
import { ann, annUser, ben, benUser } from '../shop-rows.ts'
import type { Row, Rows } from '../shop-rows.ts'

/** Somebody who asks, and what is known of them without any of the code under test. */
export interface Viewer {
  readonly name: string
  /** How many of a hundred queries are theirs. */
  readonly weight: number
  readonly scope: Scope
  /** Which rows of its first table a query sees. */
  readonly deleted: DeletedMode
  /** The tables that they may name at all; a model of another sort of owner is an error. */
  readonly tables: readonly string[]
  readonly isDevice: (id: unknown) => boolean
  readonly isUser: (id: unknown) => boolean
}

const open = ['foods', 'foods', 'tags', 'notes', 'posts', 'posts', 'comments', 'comments'] as const
const ofUsers = [...open, 'users'] as const
/** The more rows of others a table has, the oftener it is named. */
const owned = ['devices', 'categories', 'products', 'portions', 'servings'] as const
const all = [...ofUsers, ...owned, ...owned.slice(1), ...owned.slice(1)] as const

const actor = (device: string | null, user: string | null): Scope => ({
  kind: 'actor',
  actor: { ...(device !== null && { Device: device }), ...(user !== null && { User: user }) },
  roles: [],
})
const is = (key: string) => (id: unknown) => id === key
const isNobody = (): boolean => false
const isAnybody = (): boolean => true
const asAnn = { scope: actor(ann, annUser), tables: all, isDevice: is(ann), isUser: is(annUser) } as const

export const viewers: readonly Viewer[] = [
  { name: 'Ann', weight: 60, ...asAnn, deleted: 'without' },
  {
    name: 'Ben',
    weight: 24,
    scope: actor(ben, benUser),
    deleted: 'without',
    tables: all,
    isDevice: is(ben),
    isUser: is(benUser),
  },
  {
    name: 'a user alone',
    weight: 3,
    scope: actor(null, benUser),
    deleted: 'without',
    tables: ofUsers,
    isDevice: isNobody,
    isUser: is(benUser),
  },
  {
    name: 'everyone',
    weight: 3,
    scope: actor(null, null),
    deleted: 'without',
    tables: open,
    isDevice: isNobody,
    isUser: isNobody,
  },
  {
    name: 'without a scope',
    weight: 4,
    scope: unscoped('every row that is alive'),
    deleted: 'without',
    tables: all,
    isDevice: isAnybody,
    isUser: isAnybody,
  },
  { name: 'Ann, with the trash', weight: 4, ...asAnn, deleted: 'with' },
  { name: 'Ann, the trash alone', weight: 2, ...asAnn, deleted: 'only' },
]

/** The copy's table of what a first table gives, where that is not what every other occurrence of it gives. */
export const trashTable = (table: string, deleted: DeletedMode): string => `${table}_${deleted}`

const isAlive = (row: Row): boolean => (row['deletedAt'] ?? null) === null

/**
 * What a database would hold that never had another owner or a deleted row. Nothing else of a row is changed, so that
 * references to what is gone stay.
 */
export function erased(rows: Rows, viewer: Viewer): Rows {
  return kept(rows, viewer, isAlive)
}

/** For each table, what it gives as the first of a query that asks for the trash; `rows` and `copy` as above. */
export function trash(rows: Rows, viewer: Viewer): Rows {
  const { deleted, isUser } = viewer
  if (deleted === 'without') return {}
  const own = kept(rows, viewer, () => true)
  const alive = erased(rows, viewer)
  const ownPosts = new Set((rows['posts'] ?? []).filter(({ userId }) => isUser(userId)).map(({ id }) => id))
  // What everyone reads is what is alive: its trash is its owner's.
  const withOwn = (table: string, isOwn: (row: Row) => boolean): readonly Row[] =>
    (rows[table] ?? []).filter((row) => alive[table]?.includes(row) === true || isOwn(row))
  const seen: Rows = {
    ...own,
    posts: withOwn('posts', ({ userId }) => isUser(userId)),
    comments: withOwn('comments', ({ postId }) => ownPosts.has(postId)),
  }
  const only = ([table, list]: readonly [string, readonly Row[]]) =>
    [trashTable(table, deleted), deleted === 'with' ? list : list.filter((row) => !isAlive(row))] as const
  return Object.fromEntries(Object.entries(seen).map(only))
}

function kept(rows: Rows, { isDevice, isUser }: Viewer, isKept: (row: Row) => boolean): Rows {
  const of = (table: string, keep: (row: Row) => boolean = isAnybody): readonly Row[] =>
    (rows[table] ?? []).filter((row) => isKept(row) && keep(row))
  const below = (table: string, column: string, parents: readonly Row[]): readonly Row[] => {
    const keys = new Set(parents.map(({ id }) => id))
    return of(table, (row) => keys.has(row[column]))
  }
  const products = of('products', ({ deviceId }) => isDevice(deviceId))
  const portions = below('portions', 'productId', products)
  const posts = of('posts')
  return {
    devices: of('devices', ({ id }) => isDevice(id)),
    users: of('users', ({ id }) => isUser(id)),
    foods: of('foods'),
    tags: of('tags'),
    notes: of('notes'),
    categories: of('categories', ({ deviceId }) => isDevice(deviceId)),
    products,
    portions,
    servings: below('servings', 'portionId', portions),
    posts,
    comments: below('comments', 'postId', posts),
  }
}
