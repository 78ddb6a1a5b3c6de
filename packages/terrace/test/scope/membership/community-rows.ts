/** Rows by table, each by property. */
export type Row = Readonly<Record<string, unknown>>
export type Rows = Readonly<Record<string, readonly Row[]>>

export const userIds = ['ann', 'ben', 'cleo', 'dan'] as const

const deletedAt = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678))
const alive = { deletedAt: null, deletionId: null }

/** A deletion's id that can be read: the first digit says of which kind, the rest of which row. */
const deletion = (kind: number, row: number): string => `0190000${kind}-0000-7000-8000-${String(row).padStart(12, '0')}`
const deletedBy = (deletionId: string) => ({ deletedAt, deletionId })

/** Numbers from 0 to 1, the same for the same seed. Source: mulberry32, public domain. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Dice {
  pick<T>(items: readonly T[]): T
  chance(share: number): boolean
}

/**
 * Six communities with all that lies below them: two of them deleted, one with its memberships and one without; memberships revoked
 * alone; rows deleted alone and with their group; and lists of users with guests.
 */
export function communityRows(seed: number): Rows {
  const random = randomOf(seed)
  const dice: Dice = {
    pick: (items) => items[Math.floor(random() * items.length)] as (typeof items)[number],
    chance: (share) => random() < share,
  }
  const communities = Array.from({ length: 6 }, (_, at) => ({
    id: `c${at}`,
    name: `Community ${at}`,
    ...(at >= 4 ? deletedBy(deletion(1, at)) : alive),
  }))
  const memberships = members(dice, communities)
  const notices = manyOf(24, (at) => {
    const community = dice.pick(communities)
    return {
      id: `n${at}`,
      communityId: community.id,
      title: `Notice ${at}`,
      replyToId: at > 3 && dice.chance(0.3) ? `n${at - 3}` : null,
      ...trash(dice, 2, at, community),
    }
  })
  const comments = below(dice, notices, { count: 30, kind: 3, letter: 'm', refer: 'noticeId', text: 'body' })
  const reactions = manyOf(30, (at) => ({ id: `r${at}`, commentId: dice.pick(comments)['id'], sign: '+1' }))
  return {
    users: userIds.map((id) => ({ id, ...alive })),
    communities,
    community_members: memberships,
    badges: below(dice, memberships, { count: 16, kind: 8, letter: 'b', refer: 'memberId', text: 'label' }),
    notices,
    comments,
    reactions,
    echoes: below(dice, reactions, { count: 30, kind: 4, letter: 'e', refer: 'reactionId', text: 'text' }),
    posts: manyOf(16, (at) => {
      const community = dice.pick(communities)
      return { id: `p${at}`, communityId: community.id, body: `Post ${at}`, ...trash(dice, 5, at, community) }
    }),
    reports: manyOf(8, (at) => ({ id: `q${at}`, communityId: dice.pick(communities).id, body: `Report ${at}` })),
    photos: manyOf(12, (at) => ({ id: `f${at}`, communityId: dice.pick(communities).id, caption: `Photo ${at}` })),
    greetings: manyOf(12, (at) => ({
      id: `g${at}`,
      fromId: dice.pick(communities).id,
      toId: dice.pick(communities).id,
      body: `Hello ${at}`,
    })),
    ...lists(dice),
  }
}

const manyOf = (count: number, row: (at: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, at) => row(at))

/** Alive, deleted alone, or with the group. */
function trash(dice: Dice, kind: number, at: number, group: Row): Row {
  if (typeof group['deletionId'] === 'string' && dice.chance(0.6)) return deletedBy(group['deletionId'])
  return dice.chance(0.25) ? deletedBy(deletion(kind, at)) : alive
}

/** Each user has at most one alive membership in each community; some were revoked before. */
function members(dice: Dice, communities: readonly Row[]): readonly Row[] {
  const rows: Row[] = []
  for (const community of communities)
    for (const userId of userIds) {
      const make = (state: Row): void => {
        const role = dice.pick(['member', 'staff', 'guest'])
        rows.push({ id: `s${rows.length}`, communityId: community['id'], userId, role, ...state })
      }
      if (dice.chance(0.3)) make(deletedBy(deletion(6, rows.length)))
      if (!dice.chance(0.6)) continue
      const goesAlong = community['id'] === 'c4' && typeof community['deletionId'] === 'string'
      make(goesAlong ? deletedBy(community['deletionId'] as string) : alive)
    }
  return rows
}

interface Below {
  readonly count: number
  readonly kind: number
  readonly letter: string
  readonly refer: string
  readonly text: string
}

function below(dice: Dice, parents: readonly Row[], { count, kind, letter, refer, text }: Below): readonly Row[] {
  return manyOf(count, (at) => {
    const parent = dice.pick(parents)
    return { id: `${letter}${at}`, [refer]: parent['id'], [text]: `Text ${at}`, ...trash(dice, kind, at, parent) }
  })
}

function lists(dice: Dice): Rows {
  const all = manyOf(6, (at) => ({
    id: `l${at}`,
    userId: dice.pick(userIds),
    title: `List ${at}`,
    ...(at === 5 ? deletedBy(deletion(7, at)) : alive),
  }))
  const guests = all.flatMap(({ id: listId }) =>
    userIds
      .filter(() => dice.chance(0.5))
      .map((guestId) => ({ listId, guestId, invitedById: null, may: dice.pick(['read', 'write']) })),
  )
  const items = manyOf(16, (at) => ({ id: `i${at}`, listId: dice.pick(all)['id'], label: `Item ${at}` }))
  return { lists: all, list_guests: guests, list_items: items }
}
