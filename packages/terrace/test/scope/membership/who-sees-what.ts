import type { Row, Rows } from './community-rows.ts'

/** Which rows of soft-deletable models are asked for. */
export type Deleted = 'without' | 'with' | 'only'

/** Worked out row by row from what the models declare, without SQL: what the statements are compared with. */
export interface WhoSeesWhat {
  /** Rows of a table that the user reads, by key. */
  visible(table: string, userId: string, deleted: Deleted): readonly Row[]
  /** May the user change this row, where it is alive and not hidden? */
  mayWrite(table: string, row: Row, userId: string): boolean
  /** May the user write a new row of this table below that parent? */
  mayCreate(table: string, row: Row, userId: string): boolean
}

type Members = 'members' | 'everyone' | 'nobody' | readonly string[]

interface GroupRule {
  readonly groups: string
  readonly memberships: string
  /** Columns of the row and of the membership. */
  readonly by: string
  readonly group: string
  readonly actor: string
  readonly role: string
  readonly read: Members
  readonly write: Members
}

const ofCommunity = {
  groups: 'communities',
  memberships: 'community_members',
  by: 'communityId',
  group: 'communityId',
  actor: 'userId',
  role: 'role',
  read: 'members',
} as const

const groupRules: Readonly<Record<string, GroupRule>> = {
  communities: { ...ofCommunity, by: 'id', write: ['staff'] },
  community_members: { ...ofCommunity, write: ['staff'] },
  notices: { ...ofCommunity, write: ['staff'] },
  posts: { ...ofCommunity, read: 'everyone', write: 'members' },
  reports: { ...ofCommunity, read: ['staff'], write: 'nobody' },
  photos: { ...ofCommunity, read: ['member', 'staff'], write: ['member', 'staff'] },
  greetings: { ...ofCommunity, by: 'toId', write: ['staff', 'member'] },
  list_items: {
    groups: 'lists',
    memberships: 'list_guests',
    by: 'listId',
    group: 'listId',
    actor: 'guestId',
    role: 'may',
    read: 'members',
    write: ['write'],
  },
}

const parents: Readonly<Record<string, { readonly table: string; readonly by: string }>> = {
  badges: { table: 'community_members', by: 'memberId' },
  comments: { table: 'notices', by: 'noticeId' },
  reactions: { table: 'comments', by: 'commentId' },
  echoes: { table: 'reactions', by: 'reactionId' },
  list_guests: { table: 'lists', by: 'listId' },
}

export function whoSeesWhat(rows: Rows): WhoSeesWhat {
  const rowOf = (table: string, id: unknown): Row => (rows[table] ?? []).find((row) => row['id'] === id) as Row

  const isMember = (rule: GroupRule, row: Row, who: Who): boolean =>
    (rows[rule.memberships] ?? []).some((membership) => {
      const isOfGroup = membership[rule.group] === row[rule.by] && membership[rule.actor] === who.userId
      const isNamed = who.members === 'members' || who.members.includes(String(membership[rule.role]))
      const wentAlong =
        who.isTrash && isSet(membership['deletionId']) && membership['deletionId'] === groupOf(rule, row)['deletionId']
      return isOfGroup && isNamed && (isAlive(membership) || wentAlong)
    })

  const groupOf = (rule: GroupRule, row: Row): Row => rowOf(rule.groups, row[rule.by])

  /** Reached as a reader or a writer; in the trash, where what is hidden by its parents is found with them. */
  const isReached = (table: string, row: Row, { userId, access, isTrash }: Reach): boolean => {
    const rule = groupRules[table]
    const parent = parents[table]
    if (rule !== undefined) {
      if (!isTrash && !isAlive(groupOf(rule, row))) return false
      const members = rule[access]
      if (members === 'everyone' || members === 'nobody') return members === 'everyone'
      return isMember(rule, row, { userId, members, isTrash })
    }
    if (parent === undefined) return row[table === 'users' ? 'id' : 'userId'] === userId
    const above = rowOf(parent.table, row[parent.by])
    return (isTrash || isAlive(above)) && isReached(parent.table, above, { userId, access, isTrash })
  }

  const isReadByMore = (table: string): boolean => {
    const rule = groupRules[table]
    const parent = parents[table]
    if (parent !== undefined) return isReadByMore(parent.table)
    return rule !== undefined && rule.read !== rule.write && table !== 'photos'
  }

  const isSeen = (table: string, row: Row, userId: string, deleted: Deleted): boolean => {
    const isRead = isAlive(row) && isReached(table, row, { userId, access: 'read', isTrash: false })
    if (deleted === 'without') return isRead
    const access = isReadByMore(table) ? 'write' : 'read'
    const isOwn = isReached(table, row, { userId, access, isTrash: true })
    return deleted === 'with' ? isOwn || isRead : isOwn && !isAlive(row)
  }

  const writes = (table: string, row: Row, userId: string): boolean =>
    isReached(table, row, { userId, access: 'write', isTrash: false })

  return {
    visible: (table, userId, deleted) => (rows[table] ?? []).filter((row) => isSeen(table, row, userId, deleted)),
    mayWrite: (table, row, userId) => isAlive(row) && writes(table, row, userId),
    mayCreate: (table, row, userId) => table !== 'communities' && writes(table, row, userId),
  }
}

interface Who {
  readonly userId: string
  readonly members: 'members' | readonly string[]
  readonly isTrash: boolean
}

interface Reach {
  readonly userId: string
  readonly access: 'read' | 'write'
  readonly isTrash: boolean
}

const isSet = (value: unknown): boolean => value !== null && value !== undefined
const isAlive = (row: Row): boolean => !isSet(row['deletedAt'])
