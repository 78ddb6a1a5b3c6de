import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Database, Scope, Session } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { openModels } from '../../support/open-models.ts'
import {
  as,
  Comments,
  Communities,
  everything,
  fill,
  Members,
  Notices,
  outcome,
  outside,
  Posts,
  Users,
} from './communities.ts'
import { models } from './community-models.ts'
import type { Rows } from './community-rows.ts'

const alive = { deletedAt: null, deletionId: null }
const revokedBefore = { deletedAt: new Date(0), deletionId: '01900001-0000-7000-8000-000000000001' }

/** Ann is staff and Ben a member of one community; Cleo was a member before. */
const rows: Rows = {
  users: ['ann', 'ben', 'cleo'].map((id) => ({ id, ...alive })),
  communities: [{ id: 'c', name: 'Chess', ...alive }],
  community_members: [
    { id: 'ann in c', communityId: 'c', userId: 'ann', role: 'staff', ...alive },
    { id: 'ben in c', communityId: 'c', userId: 'ben', role: 'member', ...alive },
    { id: 'cleo in c', communityId: 'c', userId: 'cleo', role: 'staff', ...revokedBefore },
  ],
  badges: [{ id: 'b', memberId: 'ann in c', label: 'first', ...alive }],
  notices: [{ id: 'n', communityId: 'c', title: 'Welcome', replyToId: null, ...alive }],
  comments: [{ id: 'm', noticeId: 'n', body: 'Thanks', ...alive }],
  posts: [{ id: 'p', communityId: 'c', body: 'Hello', ...alive }],
}

interface Gate {
  readonly opened: Promise<void>
  open(): void
}

function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

describeEngines(
  'X1: a membership that ends or changes while sessions run',
  (engine) => {
    let db: Database
    const opened: Database[] = []
    const session = <R>(scope: Scope, work: (session: Session) => Promise<R>): Promise<R> => db.session(scope, work)
    /** Another session changes something, completely, while this one is open between two statements. */
    const meanwhile = async <R>(
      scope: Scope,
      change: (session: Session) => Promise<unknown>,
      work: (session: Session, pause: () => Promise<void>) => Promise<R>,
      options: object = {},
    ): Promise<R> => {
      const [reached, changed] = [gate(), gate()]
      const pause = async (): Promise<void> => {
        reached.open()
        await changed.opened
      }
      const working = db.session(scope, (inner) => work(inner, pause), options)
      await Promise.race([reached.opened, working])
      await db.session(outside, change)
      changed.open()
      return working
    }
    const noticesOf = async (inner: Session): Promise<readonly string[]> =>
      (await inner.use(Notices).list()).rows.map(({ id }) => id)
    const revoke = (id: string) => (inner: Session) => inner.use(Members).delete(id)

    beforeEach(async () => {
      ;({ db } = await openModels(engine, models))
      opened.push(db)
      await fill(db, rows)
    })
    afterAll(() => Promise.all(opened.map((each) => each.close())))

    test('what another session revokes counts from the next statement on: nothing is read, nothing is found to be written', async () => {
      await meanwhile(as('ben'), revoke('ben in c'), async (inner, pause) => {
        expect(await noticesOf(inner)).toEqual(['n'])
        expect(await inner.use(Comments).get('m')).not.toBeNull()
        await pause()
        expect(await noticesOf(inner)).toEqual([])
        expect(await inner.use(Communities).list()).toEqual({ rows: [], total: null, next: null })
        expect(await inner.use(Members).count()).toBe(0)
        expect(await inner.use(Comments).get('m')).toBeNull()
        expect(await inner.use(Notices).update('n', { title: 'Mine' })).toBeNull()
        expect(await outcome(inner.use(Posts).update('p', { body: 'Mine' }))).toBe('FORBIDDEN')
        expect(await outcome(inner.use(Posts).create({ communityId: 'c', body: 'Mine', id: 'q' }))).toBe(
          'REFERENCE_MISSING',
        )
      })
    })

    test('a role taken between reading and writing: the row is still seen, and no longer written', async () => {
      const demote = (inner: Session) => inner.use(Members).update('ann in c', { role: 'member' })
      await meanwhile(as('ann'), demote, async (inner, pause) => {
        expect(await noticesOf(inner)).toEqual(['n'])
        await pause()
        expect(await outcome(inner.use(Notices).update('n', { title: 'Mine' }))).toBe('FORBIDDEN')
        expect(await outcome(inner.use(Notices).delete('n'))).toBe('FORBIDDEN')
        expect(await outcome(inner.use(Comments).create({ id: 'x', noticeId: 'n', body: 'Mine' }))).toBe(
          'REFERENCE_MISSING',
        )
        expect(await inner.use(Notices).updateWhere({ id: 'n' }, { title: 'Mine' })).toBe(0)
        expect(await noticesOf(inner)).toEqual(['n'])
      })
    })

    test('a session with a snapshot reads as of the snapshot', async () => {
      const seen = await meanwhile(
        as('ben'),
        revoke('ben in c'),
        async (inner, pause) => {
          const before = await noticesOf(inner)
          await pause()
          return [before, await noticesOf(inner)]
        },
        { snapshot: true, readOnly: true },
      )
      expect(seen).toEqual([['n'], ['n']])
      expect(await session(as('ben'), noticesOf)).toEqual([])
    })

    test('a session that gives up its own membership is told what it did, and reaches nothing any more', async () => {
      await session(as('ann'), async (inner) => {
        const before = await inner.use(Members).get('ann in c')
        const left = await inner.use(Members).delete('ann in c')
        expect(left).toEqual({ ...before, deletedAt: left?.deletedAt, deletionId: left?.deletionId })
        expect(left?.deletedAt).toBeInstanceOf(Date)
        expect(await noticesOf(inner)).toEqual([])
        expect(await inner.use(Members).restore('ann in c')).toBeNull()
      })
      const all = await session(outside, everything)
      expect(all['badges']).toMatchObject([{ id: 'b', deletionId: expect.any(String) }])
    })

    test('the same by a condition, with what goes along below the memberships', async () => {
      const count = await session(as('ann'), (inner) => inner.use(Members).deleteWhere({}, { all: true }))
      expect(count).toBe(2)
      const all = await session(outside, everything)
      expect(all['badges']).toMatchObject([{ id: 'b', deletionId: expect.any(String) }])
    })

    test('a session that gives up its own role is told so: by update, and by upsert', async () => {
      for (const change of [
        (inner: Session) => inner.use(Members).update('ann in c', { role: 'guest' }),
        (inner: Session) =>
          inner.use(Members).upsert({ id: 'ann in c', communityId: 'c', userId: 'ann', role: 'guest' }, { by: 'id' }),
      ]) {
        await session(as('ann'), async (inner) => {
          expect(await change(inner)).toMatchObject({ id: 'ann in c', role: 'guest', userId: 'ann' })
          expect(await outcome(inner.use(Notices).update('n', { title: 'Mine' }))).toBe('FORBIDDEN')
        })
        await session(outside, (inner) => inner.use(Members).update('ann in c', { role: 'staff' }))
      }
    })

    test('a membership that comes back counts again', async () => {
      await session(as('ann'), (inner) => inner.use(Members).delete('ben in c'))
      expect(await session(as('ben'), noticesOf)).toEqual([])
      await session(as('ann'), (inner) => inner.use(Members).restore('ben in c'))
      expect(await session(as('ben'), noticesOf)).toEqual(['n'])
    })

    test('a group goes to the trash with its memberships, and its staff brings back what went there, and no more', async () => {
      await session(as('ben'), async (inner) => {
        expect(await outcome(inner.use(Communities).delete('c'))).toBe('FORBIDDEN')
      })
      expect(await session(as('ann'), (inner) => inner.use(Communities).delete('c'))).toMatchObject({ id: 'c' })
      const read = async (inner: Session, deleted: 'without' | 'only') => ({
        communities: await inner.use(Communities).count({}, { deleted }),
        members: await inner.use(Members).count({}, { deleted }),
        notices: await inner.use(Notices).count({}, { deleted }),
        comments: await inner.use(Comments).count({}, { deleted }),
      })
      const nothing = { communities: 0, members: 0, notices: 0, comments: 0 }
      for (const id of ['ann', 'ben', 'cleo']) {
        expect(await session(as(id), (inner) => read(inner, 'without'))).toEqual(nothing)
        const found = id === 'ann' ? { communities: 1, members: 3, notices: 1, comments: 1 } : nothing
        expect({ id, found: await session(as(id), (inner) => read(inner, 'only')) }).toEqual({ id, found })
      }
      expect(await session(as('ben'), (inner) => inner.use(Communities).restore('c'))).toBeNull()
      expect(await session(as('cleo'), (inner) => inner.use(Communities).restore('c'))).toBeNull()
      expect(await session(as('ann'), (inner) => outcome(inner.use(Notices).restore('n')))).toBe(
        'RESTORE_PARENT_DELETED',
      )
      expect(
        await session(as('ann'), (inner) => outcome(inner.use(Posts).create({ id: 'q', communityId: 'c', body: 'x' }))),
      ).toBe('REFERENCE_MISSING')
      expect(await session(as('ann'), (inner) => inner.use(Communities).restore('c'))).toMatchObject({
        deletedAt: null,
      })
      expect(await session(as('ben'), noticesOf)).toEqual(['n'])
      expect(await session(as('cleo'), noticesOf)).toEqual([])
    })

    test('rows that stayed when their group was deleted are hidden with it, from everyone, and come back by it alone', async () => {
      await session(as('ann'), (inner) => inner.use(Communities).delete('c'))
      expect(await session(as('ben'), (inner) => inner.use(Posts).list())).toEqual({
        rows: [],
        total: null,
        next: null,
      })
      expect(await session(outside, (inner) => inner.use(Posts).list())).toEqual({ rows: [], total: null, next: null })
      expect(await session(as('ann'), (inner) => inner.use(Posts).count({}, { deleted: 'with' }))).toBe(1)
      expect(await session(as('cleo'), (inner) => inner.use(Posts).count({}, { deleted: 'with' }))).toBe(0)
      await session(outside, (inner) =>
        inner
          .use(Posts)
          .purge('p')
          .catch(() => null),
      )
      await session(as('ann'), (inner) => inner.use(Communities).restore('c'))
      expect(await session(as('cleo'), (inner) => inner.use(Posts).count())).toBe(1)
    })

    test('a row of the trash whose group is deleted stays there, also where the group does not take it along', async () => {
      await session(as('ben'), (inner) => inner.use(Posts).delete('p'))
      await session(as('ann'), (inner) => inner.use(Communities).delete('c'))
      expect(await session(as('ann'), (inner) => outcome(inner.use(Posts).restore('p')))).toBe('RESTORE_PARENT_DELETED')
      await session(as('ann'), (inner) => inner.use(Communities).restore('c'))
      expect(await session(as('ben'), (inner) => inner.use(Posts).restore('p'))).toMatchObject({ id: 'p' })
    })

    test('a user who is deleted takes his memberships along, and finds nothing until both are back', async () => {
      await session(outside, (inner) => inner.use(Users).delete('ben'))
      expect(await session(as('ben'), noticesOf)).toEqual([])
      await session(outside, (inner) => inner.use(Users).restore('ben'))
      expect(await session(as('ben'), noticesOf)).toEqual(['n'])
    })

    test('whoever creates a row of a group holds his membership until the end: it is revoked before, or after', async () => {
      const steps: string[] = []
      const [created, revoking] = [gate(), gate()]
      const writing = session(as('ann'), async (inner) => {
        await inner.use(Notices).create({ id: 'late', communityId: 'c', title: 'Late' })
        created.open()
        await revoking.opened
        await new Promise((resolve) => setTimeout(resolve, 200))
        steps.push('written')
      })
      await created.opened
      const revoked = session(outside, async (inner) => {
        revoking.open()
        await inner.use(Members).delete('ann in c')
        steps.push('revoked')
      })
      await Promise.all([writing, revoked])
      expect(steps).toEqual(['written', 'revoked'])
      await session(outside, (inner) => inner.use(Members).restore('ann in c'))

      const [gone, waiting] = [gate(), gate()]
      const first = session(outside, async (inner) => {
        await inner.use(Members).delete('ann in c')
        gone.open()
        await waiting.opened
        await new Promise((resolve) => setTimeout(resolve, 200))
      })
      await gone.opened
      const second = session(as('ann'), (inner) => {
        waiting.open()
        return outcome(inner.use(Comments).create({ id: 'later', noticeId: 'n', body: 'Later' }))
      })
      await first
      expect(await second).toBe('REFERENCE_MISSING')
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
