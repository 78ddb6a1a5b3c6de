import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao, every, none, some } from '../../src/dao/index.ts'
import type { Where } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { journalModels } from './journal-models.ts'

const { User, Topic, Post, Comment, Cover, Team, Member, Task } = journalModels
type PostWhere = Where<typeof Post>

async function fill(database: Database): Promise<void> {
  await database.session(unscoped('test'), async (session) => {
    for (const [id, name] of [
      ['ann', 'Ann'],
      ['bob', 'Bob'],
    ] as const)
      await session.use(Dao(User)).create({ id, name })
    await session.use(Dao(Topic)).create({ id: 'food', name: 'Food' })
    await session.use(Dao(Topic)).create({ id: 'fruit', name: 'Fruit', parentId: 'food' })
    const post = (id: string, more: object) =>
      session.use(Dao(Post)).create({ id, title: id, body: `About ${id}`, kind: 'note', userId: 'ann', ...more })
    await post('apple', { topicId: 'fruit', stars: 5 })
    await post('bread', { topicId: 'food', stars: null })
    await post('cake', { answersId: 'bread' })
    await post('gone', { answersId: 'apple' })
    await post('other', { userId: 'bob', topicId: 'fruit', answersId: 'apple' })
    const comment = (id: string, postId: string, score: number | null) =>
      session.use(Dao(Comment)).create({ id, postId, body: `On ${postId}`, score })
    await comment('a1', 'apple', 3)
    await comment('a2', 'apple', null)
    await comment('b1', 'bread', 7)
    await comment('b2', 'bread', 9)
    await comment('o1', 'other', 9)
    await comment('x1', 'cake', 1)
    await session.use(Dao(Comment)).delete('x1')
    await session.use(Dao(Cover)).create({ postId: 'apple', color: 'red' })
    await session.use(Dao(Cover)).create({ postId: 'other', color: 'blue' })
    for (const id of ['ours', 'theirs']) await session.use(Dao(Team)).create({ id, name: id })
    await session.use(Dao(Member)).create({ teamId: 'ours', userId: 'ann' })
    await session.use(Dao(Member)).create({ teamId: 'theirs', userId: 'bob' })
    const task = (id: string, teamId: string, postId: string) =>
      session.use(Dao(Task)).create({ id, teamId, postId, name: id })
    await task('paint', 'ours', 'apple')
    await task('read', 'theirs', 'bread')
    await session.use(Dao(Post)).delete('gone')
  })
}

const answers: readonly (readonly [string, PostWhere, string])[] = [
  ['to one', { related: some(Topic, 'topic', { name: 'FRUIT' }) }, 'apple'],
  [
    'to one, over two',
    { related: some(Topic, 'topic', { related: some(Topic, 'parent', { name: 'food' }) }) },
    'apple',
  ],
  ['without one', { related: none(Topic, 'topic') }, 'cake'],
  ['an author', { related: some(User, 'author', { name: 'Ann' }) }, 'apple bread cake'],
  ['to many', { related: some(Comment, 'comments', { score: { gte: 9 } }) }, 'bread'],
  ['any of many', { related: some(Comment, 'comments') }, 'apple bread'],
  ['none of many: one in the trash is none', { related: none(Comment, 'comments') }, 'cake'],
  ['none that match', { related: none(Comment, 'comments', { score: { gt: 7 } }) }, 'apple cake'],
  [
    'each of many, where what is unknown is no match',
    { related: every(Comment, 'comments', { score: { gt: 2 } }) },
    'bread cake',
  ],
  ['each, of those that can match nothing', { related: every(Comment, 'comments', { id: { in: [] } }) }, 'cake'],
  ['each, without a condition', { related: every(Comment, 'comments', {}) }, 'apple bread cake'],
  ['one to one', { related: some(Cover, 'cover', { color: 'red' }) }, 'apple'],
  ['another owner’s row refers to it, and one in the trash', { related: some(Post, 'replies') }, 'bread'],
  [
    'to itself, there and back',
    { related: some(Post, 'replies', { related: some(Post, 'answers', { title: 'BREAD' }) }) },
    'bread',
  ],
  ['rows of a group that is not theirs', { related: some(Task, 'tasks') }, 'apple'],
  [
    'three levels',
    {
      related: some(Task, 'tasks', {
        related: some(Team, 'team', { related: some(Member, 'members', { userId: 'ann' }) }),
      }),
    },
    'apple',
  ],
  [
    'several, of which all hold',
    { related: [some(Comment, 'comments', { score: 7 }), some(Comment, 'comments', { score: 9 })] },
    'bread',
  ],
  ['in a group of conditions', { or: [{ title: 'cake' }, { not: { related: none(Cover, 'cover') } }] }, 'apple cake'],
  ['of nothing', { related: [] }, 'apple bread cake'],
]

describeEngines('rows by what is related to them', (engine) => {
  let database: Database
  const ann = actingAs(User, 'ann')
  beforeAll(async () => {
    database = await openDatabase((await engine.fresh()).url, { models: journalModels })
    await fill(database)
  }, 60_000)
  afterAll(() => database.close())

  test.each(answers)('%s', async (_what, where, expected) => {
    await database.session(ann, async (session) => {
      const posts = session.use(Dao(Post))
      const { rows, total } = await posts.list({ where, page: { limit: 2 }, total: true })
      const all = (await posts.list({ where })).rows.map(({ id }) => id).join(' ')
      expect([all, total, rows.length]).toEqual([expected, expected.split(' ').length, Math.min(2, total as number)])
      expect([await posts.count(where), await posts.exists(where)]).toEqual([total, true])
    })
  })

  test('writes reach the same rows', async () => {
    await database.session(ann, async (session) => {
      const posts = session.use(Dao(Post))
      expect(await posts.updateWhere({ related: some(Post, 'replies') }, { stars: 1 })).toBe(1)
      expect(await posts.updateWhere({ related: none(Comment, 'comments') }, { stars: 2 })).toBe(1)
      expect((await posts.list({ where: { stars: { lt: 3 } } })).rows.map(({ id }) => id)).toEqual(['bread', 'cake'])
      expect(await posts.deleteWhere({ related: none(Comment, 'comments') })).toBe(1)
      expect(await posts.count()).toBe(2)
      await posts.restore('cake')
    })
  })
})
