import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyone, type Database, type Scope, type Session } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { openModels } from '../../support/open-models.ts'
import {
  as,
  byHand,
  Comments,
  Communities,
  fill,
  Greetings,
  ListGuests,
  ListItems,
  Lists,
  Members,
  Notices,
  outcome,
  Posts,
  Reports,
  undone,
} from './communities.ts'
import { models } from './community-models.ts'
import type { Rows } from './community-rows.ts'

const alive = { deletedAt: null, deletionId: null }

/** Ann is staff of one community and a member of another, in which Ben is staff. */
const rows: Rows = {
  users: ['ann', 'ben', 'cleo'].map((id) => ({ id, ...alive })),
  communities: ['a', 'b'].map((id) => ({ id, name: `Community ${id}`, ...alive })),
  community_members: [
    { id: 'ann in a', communityId: 'a', userId: 'ann', role: 'staff', ...alive },
    { id: 'ann in b', communityId: 'b', userId: 'ann', role: 'member', ...alive },
    { id: 'ben in b', communityId: 'b', userId: 'ben', role: 'staff', ...alive },
  ],
  notices: [
    { id: 'na', communityId: 'a', title: 'Same', replyToId: null, ...alive },
    { id: 'nb', communityId: 'b', title: 'Same', replyToId: null, ...alive },
  ],
  posts: [{ id: 'pb', communityId: 'b', body: 'Hello', ...alive }],
  reports: [{ id: 'qa', communityId: 'a', body: 'Fine' }],
  lists: [{ id: 'l', userId: 'ben', title: 'Camping', ...alive }],
  list_guests: [
    { listId: 'l', guestId: 'ann', invitedById: null, may: 'write' },
    { listId: 'l', guestId: 'cleo', invitedById: null, may: 'read' },
  ],
  list_items: [{ id: 'i', listId: 'l', label: 'Tent' }],
}

describeEngines(
  'X1, B7: what members write',
  (engine) => {
    let db: Database
    const acting = <R>(scope: Scope, work: (session: Session) => Promise<R>): Promise<R> =>
      db.session(scope, (session) => undone(session, work))
    const ann = <R>(work: (session: Session) => Promise<R>): Promise<R> => acting(as('ann'), work)

    beforeAll(async () => {
      ;({ db } = await openModels(engine, models))
      await fill(db, rows)
    })
    afterAll(() => db?.close())

    test('a group is not made in a scope: it would have no member; outside, with its first membership, it is', async () => {
      const group = { id: 'new', name: 'New' }
      await ann(async (session) => {
        const refused = await session
          .use(Communities)
          .create(group)
          .catch((error: unknown) => error)
        expect(refused).toBeInstanceOf(TerraceError)
        expect(refused).toMatchObject({
          code: 'FORBIDDEN',
          remedy: 'Create it in session.unscoped(reason, work), with its first membership, in one transaction',
        })
        expect(await outcome(session.use(Communities).createMany([group]))).toBe('FORBIDDEN')
        expect(await outcome(session.use(Communities).upsert(group, { by: 'id' }))).toBe('FORBIDDEN')
        expect(await outcome(byHand(session).insertInto('communities').values(group).execute())).toBe('SCOPE_NEW_GROUP')
        await session.unscoped('a user founds a community', async (inner) => {
          await inner.use(Communities).create(group)
          await inner.use(Members).create({ id: 'first', communityId: 'new', userId: 'ann', role: 'staff' })
        })
        expect(await session.use(Communities).update('new', { name: 'Ours' })).toMatchObject({ name: 'Ours' })
      })
    })

    test('staff changes and ends memberships; a member does neither, and nobody adds a user whom he does not see', () =>
      ann(async (session) => {
        expect(await outcome(session.use(Members).update('ann in b', { role: 'staff' }))).toBe('FORBIDDEN')
        expect(await outcome(session.use(Members).delete('ben in b'))).toBe('FORBIDDEN')
        const cleo = { id: 'cleo in a', communityId: 'a', userId: 'cleo' }
        expect(await outcome(session.use(Members).create(cleo))).toBe('REFERENCE_MISSING')
        await session.unscoped('staff adds a member', (inner) => inner.use(Members).create(cleo))
        expect(await session.use(Members).update('cleo in a', { role: 'guest' })).toMatchObject({ role: 'guest' })
        expect(await session.use(Members).delete('cleo in a')).toMatchObject({ id: 'cleo in a' })
      }))

    test('a row moves to another group only where its writer writes in both', () =>
      ann(async (session) => {
        expect(await outcome(session.use(Notices).update('na', { communityId: 'b' }))).toBe('REFERENCE_MISSING')
        expect(await outcome(session.use(Notices).update('nb', { communityId: 'a' }))).toBe('FORBIDDEN')
        await session.unscoped('test', (inner) => inner.use(Members).update('ann in b', { role: 'staff' }))
        expect(await outcome(session.use(Notices).update('na', { communityId: 'b' }))).toBe('UNIQUE')
      }))

    test('unique rules hold within a group and among what is alive', () =>
      ann(async (session) => {
        expect(
          await outcome(
            undone(session, (inner) => inner.use(Notices).create({ id: 'x', communityId: 'a', title: 'Same' })),
          ),
        ).toBe('UNIQUE')
        await session.use(Notices).delete('na')
        expect(await session.use(Notices).create({ id: 'x', communityId: 'a', title: 'Same' })).toMatchObject({
          id: 'x',
        })
        expect(await session.use(Notices).find({ communityId: 'b', title: 'Same' })).toMatchObject({ id: 'nb' })
        expect(await outcome(session.use(Notices).find({ title: 'Same' }))).toBe('DAO_NOT_UNIQUE')
      }))

    test('an upsert changes what its writer writes, and nothing else', () =>
      ann(async (session) => {
        const dao = session.use(Notices)
        const reply = { id: 'x', communityId: 'a', title: 'Same', replyToId: 'nb' }
        expect(await dao.upsert(reply, { by: ['communityId', 'title'] })).toMatchObject({ id: 'na', replyToId: 'nb' })
        const theirs = dao.upsert({ ...reply, communityId: 'b' }, { by: ['communityId', 'title'] })
        expect(await outcome(theirs)).toBe('REFERENCE_MISSING')
      }))

    test('a row refers to another of its model that is seen, and to none that is hidden', async () => {
      await acting(as('ben'), async (session) => {
        expect(await outcome(session.use(Notices).update('nb', { replyToId: 'na' }))).toBe('REFERENCE_MISSING')
      })
      await ann(async (session) => {
        expect(await session.use(Notices).update('na', { replyToId: 'nb' })).toMatchObject({ replyToId: 'nb' })
        await session.unscoped('test', (inner) => inner.use(Members).delete('ann in b'))
        const [row] = (await session.use(Notices).list({ include: { replyTo: models.Notice } })).rows
        expect(row).toMatchObject({ id: 'na', replyToId: 'nb', replyTo: null })
      })
    })

    test('by hand: the group must be given as a value, and what nobody writes is refused before it runs', () =>
      ann(async (session) => {
        const hand = byHand(session)
        const fromGroups = hand
          .insertInto('notices')
          .columns(['id', 'communityId', 'title'])
          .expression((eb) => eb.selectFrom('communities').select([eb.val('x').as('id'), 'id as communityId', 'name']))
        expect(await outcome(fromGroups.execute())).toBe('SCOPE_REFERENCE_EXPRESSION')
        const given = (communityId: string) =>
          hand
            .insertInto('notices')
            .values({ id: `x${communityId}`, communityId, title: 'By hand' })
            .execute()
        expect(await outcome(given('b'))).toBe('REFERENCE_MISSING')
        expect(await outcome(given('a'))).not.toBeTypeOf('string')
        const reports = hand.updateTable('reports').set({ body: 'x' }).where('id', '=', 'qa')
        expect(await outcome(reports.execute())).toBe('SCOPE_WRITE_FORBIDDEN')
        const changed = await hand.updateTable('notices').set({ title: 'x' }).where('id', '=', 'nb').executeTakeFirst()
        expect(Number(changed.numUpdatedRows)).toBe(0)
        const moved = hand.updateTable('notices').set({ communityId: 'b' }).where('id', '=', 'na')
        expect(await outcome(moved.execute())).toBe('REFERENCE_MISSING')
      }))

    test('what nobody writes in a scope is written outside of it', () =>
      ann(async (session) => {
        const report = { id: 'x', communityId: 'a', body: 'New' }
        for (const refused of [
          () => session.use(Reports).create(report),
          () => session.use(Reports).createMany([report]),
          () => session.use(Reports).update('qa', { body: 'x' }),
          () => session.use(Reports).updateWhere({}, { body: 'x' }, { all: true }),
          () => session.use(Reports).delete('qa'),
          () => session.use(Reports).purge('qa'),
        ])
          expect(await outcome<unknown>(refused())).toBe('FORBIDDEN')
        const made = await session.unscoped('a report', (inner) => inner.use(Reports).create(report))
        expect(await session.use(Reports).get('x')).toEqual(made)
      }))

    test('a session that acts as nobody reads what everyone reads, and narrowing a session to it hides the rest', async () => {
      const read = async (session: Session) => ({
        posts: (await session.use(Posts).list()).rows.length,
        notices: await outcome(session.use(Notices).list()),
        write: await outcome(session.use(Posts).update('pb', { body: 'x' })),
        create: await outcome(session.use(Posts).create({ id: 'x', communityId: 'b', body: 'x' })),
        trash: await session.use(Posts).count({}, { deleted: 'only' }),
      })
      const nobody = {
        posts: 1,
        notices: 'SCOPE_NO_OWNER',
        write: 'SCOPE_NO_OWNER',
        create: 'SCOPE_NO_OWNER',
        trash: 0,
      }
      expect(await acting(everyone, read)).toEqual(nobody)
      await ann(async (session) => {
        expect((await session.use(Notices).list()).rows).toHaveLength(2)
        expect(await session.nested(read, { scope: everyone })).toEqual(nobody)
      })
    })

    test('a group may belong to one user, who says who else reads and writes what is in it', async () => {
      await ann(async (session) => {
        expect(await session.use(Lists).list()).toEqual({ rows: [], total: null, next: null })
        expect(await session.use(ListGuests).list()).toEqual({ rows: [], total: null, next: null })
        expect(await session.use(ListItems).update('i', { label: 'Big tent' })).toMatchObject({ label: 'Big tent' })
        expect(await session.use(ListItems).create({ id: 'x', listId: 'l', label: 'Stove' })).toMatchObject({ id: 'x' })
      })
      await acting(as('cleo'), async (session) => {
        expect(await session.use(ListItems).get('i')).toMatchObject({ label: 'Tent' })
        expect(await outcome(session.use(ListItems).update('i', { label: 'x' }))).toBe('FORBIDDEN')
      })
      await acting(as('ben'), async (session) => {
        expect(await session.use(ListItems).list()).toEqual({ rows: [], total: null, next: null })
        expect(await session.use(ListGuests).delete({ listId: 'l', guestId: 'ann' })).toMatchObject({ may: 'write' })
      })
    })

    test('the group that a row is of decides, not another that it refers to', () =>
      ann(async (session) => {
        const made = await session.use(Greetings).create({ id: 'g', fromId: 'a', toId: 'b', body: 'Hello' })
        expect(made).toMatchObject({ toId: 'b' })
        await session.unscoped('test', (inner) => inner.use(Members).delete('ann in a'))
        const [greeting] = (
          await session.use(Greetings).list({ include: { from: models.Community, to: models.Community } })
        ).rows
        expect(greeting).toMatchObject({ id: 'g', from: null, to: { id: 'b' } })
      }))

    test('rows below a group are written by those who write in it', () =>
      ann(async (session) => {
        expect(await session.use(Comments).create({ id: 'x', noticeId: 'na', body: 'x' })).toMatchObject({ id: 'x' })
        expect(await outcome(session.use(Comments).create({ id: 'y', noticeId: 'nb', body: 'x' }))).toBe(
          'REFERENCE_MISSING',
        )
        expect(await outcome(session.use(Comments).update('x', { noticeId: 'nb' }))).toBe('REFERENCE_MISSING')
      }))
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
