import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, everyone, unscoped, type Session } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import {
  actor,
  graph,
  integer,
  model,
  ownedThrough,
  owner,
  reference,
  shared,
  softDelete,
  text,
} from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels, type OpenModels } from '../support/open-models.ts'
import type { AnyDb, AnyEb } from './shop.ts'

const name = () => text().length(1, 40)

const User = model('users', { id: name().primaryKey() }, { access: actor() })
const Post = model('posts', { id: name().primaryKey(), userId: owner(User, { read: 'everyone' }), ...softDelete() })
const Comment = model(
  'comments',
  { id: name().primaryKey(), postId: reference(Post, { onDelete: 'cascade' }) },
  { access: ownedThrough('postId') },
)
const Reply = model(
  'replies',
  { id: name().primaryKey(), commentId: reference(Comment) },
  { access: ownedThrough('commentId') },
)
const Page = model('pages', { id: name().primaryKey(), userId: owner(User, { read: 'everyone' }) })
const Draft = model('drafts', { id: name().primaryKey(), userId: owner(User), pageId: reference(Page) })
const Food = model(
  'foods',
  { id: name().primaryKey(), ...softDelete() },
  { access: shared({ write: { role: 'cook' } }) },
)
const Room = model('rooms', {
  building: name().primaryKey(),
  number: name().primaryKey(),
  userId: owner(User),
  ...softDelete(),
})
const Booking = model(
  'bookings',
  { id: name().primaryKey(), userId: owner(User), building: name().nullable(), number: name().nullable() },
  {
    references: [{ columns: ['building', 'number'], target: Room, targetColumns: ['building', 'number'], as: 'room' }],
  },
)
const Node = model(
  'nodes',
  { id: name().primaryKey(), userId: owner(User), code: name().unique({ global: true }), above: name().nullable() },
  { references: [{ columns: ['above'], target: 'nodes', targetColumns: ['code'], as: 'upper' }] },
)
const Category = model('categories', { id: name().primaryKey(), userId: owner(User), ...softDelete() })
const Division = model(
  'divisions',
  { id: name().primaryKey(), categoryId: reference(Category), size: integer().default(1) },
  { access: ownedThrough('categoryId') },
)

const models = graph({
  User,
  Post,
  Comment,
  Reply,
  Page,
  Draft,
  Food,
  Room,
  Booking,
  Node,
  Category,
  Division,
})

class PostDao extends Dao(models.Post) {}
class CommentDao extends Dao(models.Comment) {}
class ReplyDao extends Dao(models.Reply) {}
class PageDao extends Dao(models.Page) {}
class DraftDao extends Dao(models.Draft) {}
class FoodDao extends Dao(models.Food) {}
class RoomDao extends Dao(models.Room) {}
class BookingDao extends Dao(models.Booking) {}
class NodeDao extends Dao(models.Node) {}
class CategoryDao extends Dao(models.Category) {}
class DivisionDao extends Dao(models.Division) {}

/** The result, or the code of the refusal. */
async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof TerraceError) return error.code
    throw error
  }
}

describeEngines('what another owner has', (engine) => {
  let opened: OpenModels
  const as = <R>(id: string, work: (session: Session) => Promise<R>): Promise<R> =>
    opened.db.session(actingAs(models.User, id), work)
  const ann = <R>(work: (session: Session) => Promise<R>): Promise<R> => as('ann', work)
  const bob = <R>(work: (session: Session) => Promise<R>): Promise<R> => as('bob', work)
  const byHand = (session: Session, build: (db: AnyDb) => unknown): Promise<unknown> =>
    session.use(PostDao).query(build as never)

  beforeAll(async () => {
    opened = await openModels(engine, models)
    await opened.db.session(unscoped('test'), async (session) => {
      class UserDao extends Dao(models.User) {}
      await session.use(UserDao).createMany([{ id: 'ann' }, { id: 'bob' }])
    })
  })
  afterAll(() => opened?.db.close())

  test('a row that everyone reads is no parent for others, however its key is written', async () => {
    await ann((session) => session.use(PostDao).create({ id: 'p1' }))
    await ann((session) => session.use(CommentDao).create({ id: 'c1', postId: 'p1' }))
    await bob(async (session) => {
      await session.use(PostDao).create({ id: 'p2' })
      await session.use(CommentDao).create({ id: 'c2', postId: 'p2' })
      await session.use(ReplyDao).create({ id: 'r2', commentId: 'c2' })
    })
    const keyOfAnn = (eb: AnyEb) => eb.selectFrom('comments').select('id').where('id', '=', 'c1')
    const inserted = bob((session) =>
      byHand(session, (db) => db.insertInto('replies').values((eb: AnyEb) => ({ id: 'r1', commentId: keyOfAnn(eb) }))),
    )
    const moved = bob((session) =>
      byHand(session, (db) =>
        db
          .updateTable('replies')
          .set((eb: AnyEb) => ({ commentId: keyOfAnn(eb) }))
          .where('id', '=', 'r2'),
      ),
    )
    expect(await Promise.all([inserted, moved].map(outcome))).toEqual([
      'SCOPE_REFERENCE_EXPRESSION',
      'SCOPE_REFERENCE_EXPRESSION',
    ])
  })

  test('a delete that is forbidden tells nothing of who refers to the row', async () => {
    await ann(async (session) => {
      await session.use(PageDao).createMany([{ id: 'free' }, { id: 'used' }])
      await session.use(DraftDao).create({ id: 'd', pageId: 'used' })
    })
    for (const id of ['free', 'used']) {
      expect(await outcome(bob((session) => session.use(PageDao).delete(id)))).toBe('FORBIDDEN')
      expect(await outcome(bob((session) => session.use(PageDao).purge(id)))).toBe('FORBIDDEN')
    }
    expect(await outcome(ann((session) => session.use(PageDao).delete('used')))).toBe('RESTRICTED')
  })

  test('what everyone reads is what is alive: its trash is its owner’s alone', async () => {
    await ann(async (session) => {
      await session.use(PostDao).createMany([{ id: 'gone' }, { id: 'here' }])
      await session.use(CommentDao).createMany([
        { id: 'of-gone', postId: 'gone' },
        { id: 'of-here', postId: 'here' },
      ])
      await session.use(PostDao).delete('gone')
    })
    const posts = { id: { in: ['gone', 'here'] } }
    const comments = { postId: { in: ['gone', 'here'] } }
    const seen = async (session: Session) => {
      const { rows } = await session.use(PostDao).list({ where: posts, deleted: 'with' })
      const only = await session.use(PostDao).count(posts, { deleted: 'only' })
      const below = await session.use(CommentDao).list({ where: comments, deleted: 'with' })
      const selected = await session.use(PostDao).select((query) => query.where('id', '=', 'gone'), { deleted: 'with' })
      return [rows.map(({ id }) => id), only, below.rows.map(({ id }) => id), selected.length]
    }
    expect(await ann(seen)).toEqual([['gone', 'here'], 1, ['of-gone', 'of-here'], 1])
    expect(await bob(seen)).toEqual([['here'], 0, ['of-here'], 0])
    expect(await opened.db.session(everyone, seen)).toEqual([['here'], 0, ['of-here'], 0])
    expect(await outcome(bob((session) => session.use(PostDao).restore('gone')))).toBeNull()
    expect(await outcome(bob((session) => session.use(PostDao).purge('gone')))).toBeNull()
    expect(await ann((session) => session.use(PostDao).restore('gone'))).toMatchObject({ id: 'gone' })
  })

  test('restore and purge tell those who may not write a shared model nothing of its trash', async () => {
    const cook = <R>(work: (session: Session) => Promise<R>): Promise<R> =>
      opened.db.session(actingAs(models.User, 'ann', { roles: ['cook'] }), work)
    await cook(async (session) => {
      await session.use(FoodDao).create({ id: 'rice' })
      await session.use(FoodDao).delete('rice')
    })
    for (const id of ['rice', 'none']) {
      expect(await outcome(bob((session) => session.use(FoodDao).restore(id)))).toBeNull()
      expect(await outcome(bob((session) => session.use(FoodDao).purge(id)))).toBeNull()
    }
  })

  test('a part of a composite key leads to no row of others', async () => {
    await ann((session) => session.use(RoomDao).create({ building: 'S', number: '9' }))
    await bob(async (session) => {
      await session.use(RoomDao).createMany([
        { building: 'S', number: '1' },
        { building: 'T', number: '1' },
      ])
      await session.use(BookingDao).create({ id: 'b', building: 'S', number: '1' })
    })
    for (const number of ['9', '77']) {
      const attempts = [
        bob((session) => session.use(BookingDao).update('b', { number })),
        bob((session) => session.use(BookingDao).updateWhere({ id: 'b' }, { number })),
        bob((session) => session.use(BookingDao).upsert({ id: 'b', number }, { by: 'id' })),
      ]
      expect(await Promise.all(attempts.map(outcome))).toEqual(['VALIDATION', 'VALIDATION', 'VALIDATION'])
      const whole = bob((session) => session.use(BookingDao).update('b', { building: 'S', number }))
      expect(await outcome(whole)).toBe('REFERENCE_MISSING')
    }
    expect(await bob((session) => session.use(BookingDao).update('b', { building: 'T', number: '1' }))).toMatchObject({
      building: 'T',
    })
  })

  test('a row of the same call is no proof for a reference to another column', async () => {
    await ann((session) => session.use(NodeDao).create({ id: 'n', code: 'V' }))
    const taken = bob((session) =>
      session.use(NodeDao).createMany([
        { id: 'V', code: 'mine' },
        { id: 'below', code: 'mine too', above: 'V' },
      ]),
    )
    expect(await outcome(taken)).toBe('REFERENCE_MISSING')
    const own = bob((session) =>
      session.use(NodeDao).createMany([
        { id: 'x', code: 'upper' },
        { id: 'y', code: 'lower', above: 'upper' },
      ]),
    )
    expect(await outcome(own)).toHaveLength(2)
  })

  test('no CTE stands in for a table in the conditions of the scope', async () => {
    await ann(async (session) => {
      await session.use(CategoryDao).create({ id: 'k1' })
      await session.use(DivisionDao).create({ id: 'secret', categoryId: 'k1' })
    })
    const columns = (eb: AnyEb) => [eb.val('k1').as('id'), eb.val('bob').as('user_id'), eb.val(null).as('deleted_at')]
    for (const alias of ['categories', 'CATEGORIES', 'categorİes', 'categorıes', 'catégories']) {
      const rows = bob((session) =>
        byHand(session, (db) =>
          db
            .with(alias, (inner) => inner.selectFrom('users').select(columns) as never)
            .selectFrom('divisions')
            .selectAll(),
        ),
      )
      expect(await rows).toEqual([])
    }
  })

  test('a name stands for the CTE around, not for a later one beside it', async () => {
    await ann((session) => session.use(CategoryDao).create({ id: 'k2' }))
    await bob((session) => session.use(CategoryDao).create({ id: 'own' }))
    // MariaDB does not look for a CTE that far outwards.
    const expected = engine.name === 'mysql' ? 'DATABASE_FAILED' : [{ id: 'own' }]
    for (const method of ['with', 'withRecursive'] as const) {
      const found = bob((session) =>
        byHand(session, (db) => {
          const first = (inner: unknown) => (inner as AnyDb).selectFrom('c').select('c.id') as never
          const second = (inner: unknown) =>
            (inner as AnyDb).selectFrom('categories').select((eb: AnyEb) => eb.val('k2').as('id')) as never
          const beside =
            method === 'with'
              ? db.with('d', first).with('c', second)
              : db.withRecursive('d', first).withRecursive('c', second)
          const inner = (beside as AnyDb).selectFrom('d').select('d.id')
          return db
            .with('c', (outer) => outer.selectFrom('categories').select('categories.id') as never)
            .selectFrom(inner.as('i'))
            .select('i.id')
        }),
      )
      expect(await outcome(found)).toEqual(expected)
    }
  })

  test('what an unscoped part opened and did not await has no rows once the part is over', async () => {
    await ann((session) => session.use(CategoryDao).create({ id: 'k3' }))
    const later = bob(async (session) => {
      const started = Promise.withResolvers<Session>()
      const over = Promise.withResolvers<void>()
      let left: Promise<unknown> = Promise.resolve()
      await session.unscoped('test', async (inner) => {
        left = inner.nested(async (nested) => {
          started.resolve(nested)
          await over.promise
        })
        await started.promise
      })
      const nested = await started.promise
      const found = await outcome(nested.unscoped('again', (again) => again.use(CategoryDao).count()))
      const counted = await outcome((async () => nested.use(CategoryDao).count())())
      over.resolve()
      await left
      return [found, counted]
    })
    expect(await later).toEqual(['SESSION_STATE', 'SESSION_STATE'])
  })

  test('a calculation over rows of others refuses nothing', async () => {
    await ann(async (session) => {
      await session.use(CategoryDao).create({ id: 'k4' })
      await session.use(DivisionDao).create({ id: 'large', categoryId: 'k4', size: 50_000 })
    })
    await bob(async (session) => {
      const ids = Array.from({ length: 300 }, (_, at) => `small-${at}`)
      await session.use(CategoryDao).createMany(ids.map((id) => ({ id })))
      await session.use(DivisionDao).createMany(ids.map((id) => ({ id, categoryId: id })))
    })
    const fifthPower = (eb: AnyEb) => eb('size', '*', eb('size', '*', eb('size', '*', eb('size', '*', eb.ref('size')))))
    const rows = bob((session) =>
      byHand(session, (db) =>
        db
          .selectFrom('divisions')
          .select('id')
          .where((eb: AnyEb) => eb(fifthPower(eb), '>', eb.val(0)))
          .orderBy('id')
          .limit(1),
      ),
    )
    expect(await outcome(rows)).toEqual([{ id: 'small-0' }])
  })
})
