import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { journalModels } from './journal-models.ts'

export type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

const { User, Topic, Post, Comment, Cover, Team, Member, Task } = journalModels

const words = ['Äpfel', 'apple', 'APPLE pie', '100%_\\', "o'clock", 'bread', 'Straße', 'ǰ', '🍎 red', '%'] as const
const word = (at: number): string => words[at % words.length] as string

const users = ['ann', 'bob'].map((id) => ({ id, name: id === 'ann' ? 'Ann' : 'Bob' }))
const topics = [0, 1, 2, 3].map((at) => ({
  id: `topic${at}`,
  name: word(at * 3),
  parentId: at === 0 ? null : `topic${(at - 1) % 2}`,
}))
const posts = Array.from({ length: 16 }, (_, at) => ({
  id: `post${String(at).padStart(2, '0')}`,
  userId: at % 4 === 3 ? 'bob' : 'ann',
  title: word(at),
  body: at % 3 === 0 ? `${word(at + 1)} and ${word(at + 5)}` : word(at + 2),
  kind: at % 2 === 0 ? ('essay' as const) : ('note' as const),
  stars: at % 5 === 0 ? null : at % 6,
  isOpen: at % 3 === 0,
  day: at % 4 === 0 ? null : `2026-02-0${(at % 6) + 1}`,
  tags: at % 6 === 5 ? null : words.filter((_word, place) => (at >> (place % 4)) % 2 === 1).slice(0, 4),
  topicId: at % 5 === 4 ? null : `topic${at % 4}`,
  answersId: at % 3 === 2 && at > 2 ? `post0${at % 5}` : null,
}))
const comments = Array.from({ length: 24 }, (_, at) => ({
  id: `comment${String(at).padStart(2, '0')}`,
  postId: (posts[(at * 5) % 11] as (typeof posts)[number]).id,
  body: word(at + 4),
  score: at % 4 === 1 ? null : at % 7,
}))
const covers = [0, 2, 3, 5, 8].map((at) => ({ postId: (posts[at] as (typeof posts)[number]).id, color: word(at) }))
const teams = ['ours', 'both', 'theirs'].map((id) => ({ id, name: id }))
const members = [
  { teamId: 'ours', userId: 'ann' },
  { teamId: 'both', userId: 'ann' },
  { teamId: 'both', userId: 'bob' },
  { teamId: 'theirs', userId: 'bob' },
]
const tasks = Array.from({ length: 9 }, (_, at) => ({
  id: `task${at}`,
  teamId: (teams[at % 3] as (typeof teams)[number]).id,
  postId: at % 4 === 3 ? null : (posts[at] as (typeof posts)[number]).id,
  name: word(at),
}))

/** What is put into the trash, with what goes there along. */
const deleted: ReadonlySet<string> = new Set(['post04', 'post10', 'comment02', 'comment07', 'comment12', 'task3'])

/** Everything there is, in the trash too; rows of another user and of groups that ann is no member of among it. */
export const journalRows = { users, topics, posts, comments, covers, teams, members, tasks }

export async function fillJournal(database: Database): Promise<void> {
  await database.session(unscoped('test'), async (session) => {
    await session.use(Dao(User)).createMany(users)
    for (const topic of topics) await session.use(Dao(Topic)).create(topic)
    for (const post of posts) await session.use(Dao(Post)).create(post)
    await session.use(Dao(Comment)).createMany(comments)
    await session.use(Dao(Cover)).createMany(covers)
    await session.use(Dao(Team)).createMany(teams)
    await session.use(Dao(Member)).createMany(members)
    await session.use(Dao(Task)).createMany(tasks)
    for (const id of deleted) {
      if (id.startsWith('post')) await session.use(Dao(Post)).delete(id)
      else if (id.startsWith('task')) await session.use(Dao(Task)).delete(id)
      else await session.use(Dao(Comment)).delete(id)
    }
  })
}

type Kind = keyof typeof journalRows

/** What ann sees of each model, by the rules of the models and no query. */
const isSeen: { readonly [K in Kind]: (row: Row) => boolean } = {
  users: ({ id }) => id === 'ann',
  topics: () => true,
  posts: ({ id, userId }) => userId === 'ann' && !deleted.has(String(id)),
  comments: ({ id, postId }) => !deleted.has(String(id)) && seen('posts').some((post) => post['id'] === postId),
  covers: ({ postId }) => seen('posts').some((post) => post['id'] === postId),
  teams: ({ id }) => members.some(({ teamId, userId }) => teamId === id && userId === 'ann'),
  members: ({ teamId }) => seen('teams').some(({ id }) => id === teamId),
  tasks: ({ id, teamId }) => !deleted.has(String(id)) && seen('teams').some((team) => team['id'] === teamId),
}

export function seen(kind: Kind): readonly Row[] {
  return (journalRows[kind] as readonly Row[]).filter(isSeen[kind])
}

export interface RowRelation {
  readonly kind: Kind
  readonly isMany: boolean
  readonly joins: (row: Row, related: Row) => boolean
}

const to = (kind: Kind, column: string): RowRelation => ({
  kind,
  isMany: false,
  joins: (row, { id }) => id === row[column],
})
const from = (kind: Kind, column: string, isMany = true): RowRelation => ({
  kind,
  isMany,
  joins: ({ id }, related) => related[column] === id,
})

/** The relations of the models, by their include names. */
export const rowRelations: { readonly [K in Kind]?: Readonly<Record<string, RowRelation>> } = {
  users: { posts: from('posts', 'userId'), memberships: from('members', 'userId') },
  topics: { parent: to('topics', 'parentId'), children: from('topics', 'parentId'), posts: from('posts', 'topicId') },
  posts: {
    author: to('users', 'userId'),
    topic: to('topics', 'topicId'),
    answers: to('posts', 'answersId'),
    replies: from('posts', 'answersId'),
    comments: from('comments', 'postId'),
    cover: from('covers', 'postId', false),
    tasks: from('tasks', 'postId'),
  },
  comments: { post: to('posts', 'postId') },
  covers: { post: to('posts', 'postId') },
  teams: { members: from('members', 'teamId'), tasks: from('tasks', 'teamId') },
  members: { team: to('teams', 'teamId'), user: to('users', 'userId') },
  tasks: { team: to('teams', 'teamId'), post: to('posts', 'postId') },
}
export type { Kind }
