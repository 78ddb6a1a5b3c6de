import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../../src/connect/index.ts'
import { executorOf, type DeletedMode, type Session } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { as, daoOf, fill, outside, tables } from '../membership/communities.ts'
import { models } from '../membership/community-models.ts'
import { communityRows, userIds, type Row } from '../membership/community-rows.ts'
import type { AnyDb } from '../shop.ts'
import { limitedRole, type LimitedRole } from './limited-role.ts'
import { unguardedQueries } from './unguarded-queries.ts'

const rows = communityRows(20_260_402)
/**
 * Whose rows are whose, worked out without any of the code under test. The database, which knows no deletion, shows the trash too,
 * and by which rows a membership and its group are found: the communities of posts, which everyone reads, the lists of a guest.
 */
function reachedBy(user: string): Readonly<Record<string, (row: Row) => boolean>> {
  const communities = new Map((rows['communities'] ?? []).map((row) => [row['id'], row]))
  const isAlive = ({ deletedAt, deletionId, communityId }: Row): boolean =>
    deletedAt === null || deletionId === communities.get(communityId)?.['deletionId']
  const groups = (...roles: readonly string[]): ReadonlySet<unknown> =>
    new Set(
      (rows['community_members'] ?? [])
        .filter(
          (row) =>
            row['userId'] === user && isAlive(row) && (roles.length === 0 || roles.includes(String(row['role']))),
        )
        .map((row) => row['communityId']),
    )
  const mine = groups()
  const keysOf = (table: string, keep: (row: Row) => boolean): ReadonlySet<unknown> =>
    new Set((rows[table] ?? []).filter(keep).map((row) => row['id']))
  const ofMine = (row: Row): boolean => mine.has(row['communityId'])
  const notices = keysOf('notices', ofMine)
  const members = keysOf('community_members', ofMine)
  const comments = keysOf('comments', (row) => notices.has(row['noticeId']))
  const reactions = keysOf('reactions', (row) => comments.has(row['commentId']))
  const asGuest = (rows['list_guests'] ?? []).filter((row) => row['guestId'] === user)
  const lists = new Set(asGuest.map((row) => row['listId']))
  const ownLists = keysOf('lists', (row) => row['userId'] === user)
  return {
    users: (row) => row['id'] === user,
    communities: () => true,
    community_members: ofMine,
    badges: (row) => members.has(row['memberId']),
    notices: ofMine,
    comments: (row) => notices.has(row['noticeId']),
    reactions: (row) => comments.has(row['commentId']),
    echoes: (row) => reactions.has(row['reactionId']),
    posts: () => true,
    reports: (row) => groups('staff').has(row['communityId']),
    photos: (row) => groups('member', 'staff').has(row['communityId']),
    greetings: (row) => mine.has(row['toId']),
    lists: (row) => row['userId'] === user || lists.has(row['id']),
    list_guests: (row) => ownLists.has(row['listId']) || row['guestId'] === user,
    list_items: (row) => lists.has(row['listId']),
  }
}

describeEngines(
  'X1: the database knows members as well',
  (engine) => {
    let role: LimitedRole
    let walled: Database
    let plain: Database

    beforeAll(async () => {
      role = await limitedRole((await engine.fresh()).url)
      walled = await openDatabase(role.url, { models, rowLevelSecurity: true })
      plain = await openDatabase((await engine.fresh()).url, { models })
      await fill(walled, rows)
      await fill(plain, rows)
    }, 60_000)
    afterAll(async () => {
      await walled?.close()
      await plain?.close()
      await role?.drop()
    })

    test.each(userIds)('behind both walls %s sees what the compiler alone shows, in the trash too', async (user) => {
      for (const deleted of ['without', 'with', 'only'] as const) {
        const see = (db: Database) => db.session(as(user), (session) => seenOf(guarded(session, deleted)))
        expect([deleted, await see(walled)]).toEqual([deleted, await see(plain)])
      }
    })

    test.each(userIds)(
      'behind the database alone %s sees what membership and ownership say, and nothing else',
      async (user) => {
        const alone = await walled.session(as(user), (session) => seenOf(unguardedQueries(session)))
        const every = await plain.session(outside, (session) => seenOf(guarded(session, 'with')))
        for (const [table, reaches] of Object.entries(reachedBy(user))) {
          const wanted = (every[table] ?? []).filter((row) => reaches(JSON.parse(row) as Row))
          expect([table, alone[table]]).toEqual([table, wanted])
        }
      },
    )

    test('a membership that is revoked counts from the next statement on', async () => {
      const community = 'revoked'
      await walled.session(outside, async (session) => {
        await daoOf(session, 'communities').create({ id: community, name: community })
        const member = { id: 'revoked-ann', communityId: community, userId: 'ann', role: 'staff' }
        await daoOf(session, 'community_members').create(member)
        await daoOf(session, 'photos').create({ id: 'revoked-photo', communityId: community, caption: 'here' })
      })
      const seen = await walled.session(as('ann'), async (session) => {
        const count = async () => (await seenOf(unguardedQueries(session)))['photos']?.join().includes('revoked-photo')
        const before = await count()
        // By the server's own user, on another connection.
        await role.asServer(`delete from community_members where id = 'revoked-ann'`)
        return [before, await count()]
      })
      expect(seen).toEqual([true, false])
    })

    test('writing is the members’ whom the models name: staff writes a notice, a guest does not', async () => {
      await walled.session(outside, async (session) => {
        await daoOf(session, 'communities').create({ id: 'writing', name: 'writing' })
        for (const [userId, given] of [
          ['ann', 'staff'],
          ['ben', 'guest'],
        ])
          await daoOf(session, 'community_members').create({
            id: `w-${userId}`,
            communityId: 'writing',
            userId,
            role: given,
          })
      })
      const notice = (id: string) => ({ id, communityId: 'writing', title: id })
      const made = await walled.session(as('ann'), (session) => daoOf(session, 'notices').create(notice('by staff')))
      expect(made).toMatchObject({ title: 'by staff' })
      const insert = (user: string) =>
        role.alone(`insert into notices (id, community_id, title) values ('${user}', 'writing', '${user}')`, {
          'terrace.actor_user': user,
        })
      await expect(insert('ben')).rejects.toMatchObject({ code: '42501' })
      expect(await insert('ann')).toEqual([])
      expect(
        await role.alone(`update notices set title = 'x' where community_id = 'writing' returning id`, {
          'terrace.actor_user': 'ben',
        }),
      ).toEqual([])
    })

    test('looking for members leaves nothing open, also where it fails', async () => {
      const setting = `current_setting('terrace.unscoped', true) as "all"`
      const asAnn = { 'terrace.actor_user': 'ann' }
      const [row] = await role.alone(`select ${setting}, (select count(*) from notices) as n`, asAnn)
      expect(row?.['all'] ?? '').toBe('')
      const [after] = await role.alone(`select ${setting} from (select count(*) from notices) n`, asAnn)
      expect(after?.['all'] ?? '').toBe('')
      const failing = `do $$ begin
        begin
          alter table community_members rename column user_id to gone;
          perform count(*) from notices;
          raise 'did not fail';
        exception when undefined_column then null; end;
        if coalesce(current_setting('terrace.unscoped', true), '') <> '' then raise 'left open'; end if;
      end $$`
      expect(await role.alone(failing, asAnn)).toEqual([])
    })

    test('who gives up his own role or membership gets the row back, and reaches the group no more', async () => {
      const outcomes = await Promise.all([walled, plain].map(givenUp))
      expect(outcomes[0]).toEqual(outcomes[1])
      expect(outcomes[0]).toEqual(['member', null, 'leaver', null])
    })
  },
  ['postgres'],
)

/** A member of staff who makes himself a plain one, and another who leaves. */
async function givenUp(db: Database): Promise<readonly unknown[]> {
  await db.session(outside, async (session) => {
    await daoOf(session, 'communities').create({ id: 'left', name: 'left' })
    await daoOf(session, 'notices').create({ id: 'left', communityId: 'left', title: 'left' })
    for (const [id, userId] of [
      ['stepper', 'ann'],
      ['leaver', 'ben'],
    ] as const)
      await daoOf(session, 'community_members').create({ id, communityId: 'left', userId, role: 'staff' })
  })
  const stepped = await db.session(as('ann'), async (session) => [
    (await daoOf(session, 'community_members').update('stepper', { role: 'member' }))?.['role'],
    await daoOf(session, 'notices')
      .delete('left')
      .catch((error: { readonly code: string }) => (error.code === 'FORBIDDEN' ? null : error)),
  ])
  const left = await db.session(as('ben'), async (session) => [
    (await daoOf(session, 'community_members').delete('leaver'))?.['id'],
    await daoOf(session, 'notices').get('left'),
  ])
  return [...stepped, ...left]
}

const guarded = (session: Session, deleted: DeletedMode): AnyDb =>
  executorOf(session).queryBuilder({ deleted }) as unknown as AnyDb

async function seenOf(db: AnyDb): Promise<Readonly<Record<string, readonly string[]>>> {
  const seen: Record<string, readonly string[]> = {}
  for (const table of tables) {
    const found = await db.selectFrom(table).selectAll().execute()
    seen[table] = found.map((row) => JSON.stringify(row)).toSorted()
  }
  return seen
}
