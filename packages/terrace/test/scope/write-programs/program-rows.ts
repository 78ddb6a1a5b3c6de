import type { ModelName } from './program-models.ts'

export type Row = Readonly<Record<string, unknown>>
export type Rows = Readonly<Record<ModelName, readonly Row[]>>

const alive = { deletedAt: null, deletionId: null }
const deletedBy = (call: number) => ({
  deletedAt: new Date(Date.UTC(2026, 0, call)),
  deletionId: `01900000-000f-7000-8000-00000000000${call}`,
})
const times = { createdAt: new Date(Date.UTC(2026, 0, 1)), updatedAt: new Date(Date.UTC(2026, 0, 2)) }

/** What a device has, the same for each but for the keys. */
function ofDevice(deviceId: string): Partial<Rows> {
  const at = (key: string): string => `${deviceId}-${key}`
  const shelf = (key: string, more: Row = {}): Row => ({
    id: at(key),
    deviceId,
    parentId: null,
    name: key,
    note: null,
    ...times,
    ...alive,
    ...more,
  })
  const thing = (key: string, shelfKey: string, more: Row = {}): Row => ({
    id: at(key),
    shelfId: at(shelfKey),
    foodId: 'rice',
    name: key,
    grams: 100,
    ...alive,
    ...more,
  })
  const entry = (key: string, more: Row): Row => ({
    id: at(key),
    deviceId,
    thingId: null,
    shelfId: null,
    grams: 1,
    ...alive,
    ...more,
  })
  return {
    Shelf: [
      shelf('one'),
      shelf('two'),
      shelf('three', { parentId: at('two'), note: 'below' }),
      shelf('four'),
      shelf('old', { ...deletedBy(1), name: 'one' }),
      shelf('gone', deletedBy(2)),
    ],
    Thing: [
      thing('a', 'one'),
      thing('b', 'one', { foodId: null }),
      thing('c', 'two'),
      thing('d', 'three'),
      thing('e', 'one', { ...deletedBy(3), name: 'a' }),
      thing('f', 'gone', deletedBy(2)),
    ],
    Part: ['a', 'b', 'c', 'f'].map((key) => ({ id: at(`part-${key}`), thingId: at(key), size: 'small' })),
    Entry: [
      entry('p', { thingId: at('a') }),
      entry('q', { thingId: at('b'), shelfId: at('four') }),
      entry('r', { shelfId: at('gone') }),
      entry('s', { thingId: at('d'), ...deletedBy(4) }),
    ],
  }
}

function ofUser(userId: string): Partial<Rows> {
  const at = (key: string): string => `${userId}-${key}`
  const post = (key: string, more: Row = alive): Row => ({ id: at(key), userId, name: key, ...more })
  return {
    Post: [post('one'), post('two'), post('old', { ...deletedBy(5), name: 'one' })],
    Comment: ['one', 'two', 'old'].map((key) => ({ id: at(`on-${key}`), postId: at(key), name: 'well' })),
  }
}

/** `staff` leads it, `member` reads in it; both may be of several clubs. */
function ofClub(id: string, staff: string, member: string | null): Partial<Rows> {
  const members = [{ userId: staff, role: 'staff' }, ...(member === null ? [] : [{ userId: member, role: 'member' }])]
  return {
    Club: [{ id, name: id, ...alive }],
    ClubMember: members.map((row) => ({ id: `${id}-${row.userId}`, clubId: id, ...row })),
    Notice: [
      { id: `${id}-new`, clubId: id, name: 'new', ...alive },
      { id: `${id}-more`, clubId: id, name: 'more', ...alive },
      { id: `${id}-old`, clubId: id, name: 'old', ...deletedBy(6) },
    ],
  }
}

function joined(...parts: readonly Partial<Rows>[]): Rows {
  const rows: Record<string, readonly Row[]> = {}
  for (const part of parts)
    for (const [name, list] of Object.entries(part)) rows[name] = [...(rows[name] ?? []), ...list]
  return rows as Rows
}

export const programRows: Rows = joined(
  {
    Device: ['ann', 'ben'].map((id) => ({ id, label: id, ...alive })),
    User: ['uma', 'vic', 'wim'].map((id) => ({ id, label: id })),
    Food: [
      { id: 'rice', name: 'rice', ...alive },
      { id: 'salt', name: 'salt', ...alive },
      { id: 'mould', name: 'mould', ...deletedBy(7) },
    ],
    Tag: ['red', 'blue'].map((id) => ({ id, name: id })),
    Board: [
      { id: 'board', name: 'board', ...alive },
      { id: 'wall', name: 'wall', ...alive },
      { id: 'torn', name: 'torn', ...deletedBy(8) },
    ],
  },
  ofDevice('ann'),
  ofDevice('ben'),
  ofUser('uma'),
  ofUser('vic'),
  ofClub('chess', 'uma', 'vic'),
  ofClub('judo', 'vic', 'uma'),
  ofClub('yoga', 'vic', null),
)

/** Who acts: the keys of owners, and roles. */
export interface Actor {
  readonly name: string
  readonly device: string | null
  readonly user: string | null
  readonly roles: readonly string[]
}

const both: Actor = { name: 'Ann and Uma', device: 'ann', user: 'uma', roles: ['editor'] }

/** Most programs are of those that have much. */
export const actors: readonly Actor[] = [
  { name: 'Ann', device: 'ann', user: null, roles: [] },
  { name: 'Ann, an editor', device: 'ann', user: null, roles: ['editor'] },
  { name: 'Ben', device: 'ben', user: null, roles: [] },
  { name: 'Ben and Vic', device: 'ben', user: 'vic', roles: [] },
  both,
  both,
  both,
  { name: 'Uma', device: null, user: 'uma', roles: [] },
  { name: 'Wim', device: null, user: 'wim', roles: [] },
  { name: 'everyone', device: null, user: null, roles: [] },
]

/** Whose a row is, found without any of the code under test. */
export type Standing =
  /** The actor may change it. */
  | 'own'
  /** Another may, and the actor sees it. */
  | 'seen'
  /** Another’s, as good as missing. */
  | 'foreign'

type Find = (model: ModelName, id: unknown) => Row | undefined

export function standingOf(actor: Actor, model: ModelName, row: Row, find: Find): Standing {
  return standings[model](actor, row, find)
}

const isDeleted = (row: Row | undefined): boolean => (row?.['deletedAt'] ?? null) !== null

const ofDeviceStanding = ({ device }: Actor, row: Row | undefined): Standing =>
  row !== undefined && row['deviceId'] === device ? 'own' : 'foreign'

function ofPost({ user }: Actor, row: Row | undefined): Standing {
  if (row !== undefined && row['userId'] === user) return 'own'
  return row === undefined || isDeleted(row) ? 'foreign' : 'seen'
}

function roleIn({ user }: Actor, club: unknown): 'staff' | 'member' | null {
  const found = programRows.ClubMember.find((row) => row['clubId'] === club && row['userId'] === user)
  return (found?.['role'] ?? null) as 'staff' | 'member' | null
}

function inClub(actor: Actor, club: unknown, row: Row): Standing {
  const role = roleIn(actor, club)
  if (role === 'staff') return 'own'
  return role === 'member' && !isDeleted(row) ? 'seen' : 'foreign'
}

const standings: { readonly [K in ModelName]: (actor: Actor, row: Row, find: Find) => Standing } = {
  Device: ({ device }, row) => (row['id'] === device ? 'own' : 'foreign'),
  User: ({ user }, row) => (row['id'] === user ? 'own' : 'foreign'),
  Food: () => 'seen',
  Tag: ({ roles }) => (roles.includes('editor') ? 'own' : 'seen'),
  Board: () => 'own',
  Shelf: ofDeviceStanding,
  Thing: (actor, row, find) => ofDeviceStanding(actor, find('Shelf', row['shelfId'])),
  Part: (actor, row, find) => ofDeviceStanding(actor, find('Shelf', find('Thing', row['thingId'])?.['shelfId'])),
  Entry: ofDeviceStanding,
  Post: ofPost,
  Comment: (actor, row, find) => ofPost(actor, find('Post', row['postId'])),
  Club: (actor, row) => inClub(actor, row['id'], row),
  ClubMember: (actor, row) => inClub(actor, row['clubId'], row),
  Notice: (actor, row) => inClub(actor, row['clubId'], row),
}
