import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Session } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { openModels } from '../../support/open-models.ts'
import { as, byHand, daoOf, everything, fill, outcome, tables, undone } from './communities.ts'
import { models } from './community-models.ts'
import { communityRows, userIds, type Row, type Rows } from './community-rows.ts'
import { whoSeesWhat, type Deleted, type WhoSeesWhat } from './who-sees-what.ts'

// `npm run test:scope` asks of each row of several populations what the short run asks of a few rows of one.
const isThorough = process.env['TERRACE_SCOPE_QUERIES'] !== undefined
const firstSeed = Number(process.env['TERRACE_SEED'] ?? 20_261_121)
const seeds = Array.from({ length: isThorough ? 5 : 1 }, (_, at) => firstSeed + at)
const actors = isThorough ? userIds : userIds.slice(0, 2)
const some = <T>(list: readonly T[] | undefined): readonly T[] => (list ?? []).slice(0, isThorough ? undefined : 6)

interface Population {
  readonly seed: number
  readonly rows: Rows
  readonly oracle: WhoSeesWhat
}

function populationOf(seed: number): Population {
  const rows = communityRows(seed)
  return { seed, rows, oracle: whoSeesWhat(rows) }
}

const keyOf = (row: Row): unknown => ('id' in row ? row['id'] : { listId: row['listId'], guestId: row['guestId'] })
const whereOf = (row: Row): object =>
  'id' in row ? { id: row['id'] } : { listId: row['listId'], guestId: row['guestId'] }
const sorted = (list: readonly Row[]): readonly Row[] =>
  list.toSorted((one, other) => (keyText(one) < keyText(other) ? -1 : 1))
const keyText = (row: Row): string => ('id' in row ? String(row['id']) : `${row['listId']} ${row['guestId']}`)
for (const population of seeds.map(populationOf)) {
  readsOf(population)
  writesOf(population)
}

function readsOf({ seed, rows, oracle }: Population): void {
  const byKey = (table: string, userId: string, deleted: Deleted = 'without'): readonly Row[] =>
    sorted(oracle.visible(table, userId, deleted))
  describeEngines(
    `X1: what a member of communities reads is what is left of them without what it may not see (seed ${seed})`,
    (engine) => {
      let db: Database
      const acting = <R>(userId: string, work: (session: Session) => Promise<R>): Promise<R> =>
        db.session(as(userId), work)

      beforeAll(async () => {
        ;({ db } = await openModels(engine, models))
        await fill(db, rows)
      })
      afterAll(() => db?.close())

      describe.each(actors)('%s', (userId) => {
        test.each(tables)('list, count, exists and get of %s, the trash too', (table) =>
          acting(userId, async (session) => {
            const dao = daoOf(session, table)
            for (const deleted of ['without', 'with', 'only'] as const) {
              const expected = byKey(table, userId, deleted)
              const found = await dao.list({ deleted, total: true })
              expect({ deleted, rows: found.rows }).toEqual({ deleted, rows: expected })
              expect(await dao.count({}, { deleted })).toBe(expected.length)
            }
            const visible = new Set(byKey(table, userId).map(keyText))
            for (const row of some(rows[table])) {
              const seen = visible.has(keyText(row)) ? row : null
              expect(await dao.get(keyOf(row))).toEqual(seen)
              expect(await dao.exists(whereOf(row))).toBe(seen !== null)
            }
          }),
        )

        test('included rows, three levels deep and both ways', () =>
          acting(userId, async (session) => {
            const { Community, CommunityMember, Notice, Comment, Reaction, Echo, List } = models
            const below = {
              comments: { of: Comment, include: { reactions: { of: Reaction, include: { echoes: Echo } } } },
            }
            const communities = await daoOf(session, 'communities').list({
              include: { members: CommunityMember, notices: { of: Notice, include: { replyTo: Notice, ...below } } },
            })
            const many = (table: string, column: string, row: Row): readonly Row[] =>
              byKey(table, userId).filter((other) => other[column] === row['id'])
            const one = (table: string, id: unknown): Row | null =>
              byKey(table, userId).find((row) => row['id'] === id) ?? null
            const reactions = (comment: Row): readonly Row[] =>
              many('reactions', 'commentId', comment).map((row) => ({
                ...row,
                echoes: many('echoes', 'reactionId', row),
              }))
            const comments = (notice: Row): readonly Row[] =>
              many('comments', 'noticeId', notice).map((row) => ({ ...row, reactions: reactions(row) }))
            expect(communities.rows).toEqual(
              byKey('communities', userId).map((row) => ({
                ...row,
                members: many('community_members', 'communityId', row),
                notices: many('notices', 'communityId', row).map((notice) => ({
                  ...notice,
                  replyTo: one('notices', notice['replyToId']),
                  comments: comments(notice),
                })),
              })),
            )
            const greetings = await daoOf(session, 'greetings').list({ include: { from: Community, to: Community } })
            expect(greetings.rows).toEqual(
              byKey('greetings', userId).map((row) => ({
                ...row,
                from: one('communities', row['fromId']),
                to: one('communities', row['toId']),
              })),
            )
            const items = await daoOf(session, 'list_items').list({ include: { list: List } })
            expect(items.rows).toEqual(
              byKey('list_items', userId).map((row) => ({ ...row, list: one('lists', row['listId']) })),
            )
          }))

        test('statements written by hand: joins of each kind, a sub-query, groups', () =>
          acting(userId, async (session) => {
            const hand = byHand(session)
            const visible = (table: string): readonly Row[] => byKey(table, userId)
            const joined = await hand
              .selectFrom('comments as c')
              .innerJoin('notices as n', 'n.id', 'c.noticeId')
              .leftJoin('posts as p', 'p.communityId', 'n.communityId')
              .select(['c.id as comment', 'n.id as notice', 'p.id as post'])
              .orderBy('c.id')
              .orderBy('p.id')
              .execute()
            expect(joined).toEqual(
              visible('comments').flatMap((comment): object[] => {
                const notice = visible('notices').find(({ id }) => id === comment['noticeId']) as Row
                const posts = visible('posts').filter(({ communityId }) => communityId === notice['communityId'])
                const found = posts.length > 0 ? posts.map(({ id }) => id) : [null]
                return found.map((post) => ({ comment: comment['id'], notice: notice['id'], post }))
              }),
            )
            const counted = await hand
              .selectFrom('community_members')
              .select((eb) => ['communityId', eb.fn.countAll().as('count')])
              .groupBy('communityId')
              .orderBy('communityId')
              .execute()
            const groups = Map.groupBy(visible('community_members'), ({ communityId }) => communityId as string)
            expect(counted.map(({ communityId, count }) => [communityId, Number(count)])).toEqual(
              [...groups].map(([community, list]) => [community, list.length]).toSorted(),
            )
            const withNotices = await hand
              .selectFrom('communities')
              .select('id')
              .where((eb) =>
                eb.exists(
                  eb.selectFrom('notices').select('notices.id').whereRef('notices.communityId', '=', 'communities.id'),
                ),
              )
              .orderBy('id')
              .execute()
            const noticed = new Set(visible('notices').map(({ communityId }) => communityId))
            expect(withNotices).toEqual(
              visible('communities')
                .filter(({ id }) => noticed.has(id))
                .map(({ id }) => ({ id })),
            )
          }))
      })

      test.skipIf(seed !== 20_261_121)(
        'the rows are not all alike: users see some of each table and not others, so that equality proves something',
        () => {
          for (const table of tables.filter((name) => name !== 'users')) {
            const shares = userIds.map((userId) => byKey(table, userId).length)
            expect({ table, isSeen: shares.some((count) => count > 0) }).toEqual({ table, isSeen: true })
            expect({ table, isHidden: shares.some((count) => count < (rows[table]?.length ?? 0)) }).toEqual({
              table,
              isHidden: true,
            })
          }
        },
      )
    },
    ['sqliteFile', 'postgres', 'mysql'],
  )
}

function writesOf({ seed, rows, oracle }: Population): void {
  describeEngines(
    `X1: what a member of communities writes reaches no row that it may not write (seed ${seed})`,
    (engine) => {
      let db: Database
      beforeAll(async () => {
        ;({ db } = await openModels(engine, models))
        await fill(db, rows)
      })
      afterAll(() => db?.close())

      describe.each(actors)('%s', (userId) => {
        const acting = <R>(work: (session: Session) => Promise<R>): Promise<R> =>
          db.session(as(userId), (session) => undone(session, work))

        test('updates a row, is told that it may not, or does not find it', async () => {
          for (const [table, patch] of Object.entries(written)) {
            for (const row of some(rows[table])) {
              const found = await acting((session) =>
                outcome(daoOf(session, table).update(row['id'], patchOf(row, patch))),
              )
              expect({ table, row, found }).toEqual({
                table,
                row,
                found: expectedUpdate(oracle, { table, row, userId, patch }),
              })
            }
          }
        })

        test('updates many at once: those that it may write and no others', () =>
          acting(async (session) => {
            for (const [table, patch] of Object.entries(written)) {
              if (table === 'community_members' || table === 'communities' || table === 'notices') continue
              const changed = await undone(session, async (inner) => {
                const count = await outcome(daoOf(inner, table).updateWhere({}, patch, { all: true }))
                return { count, after: await everything(inner) }
              })
              const writable = new Set((rows[table] ?? []).filter((row) => oracle.mayWrite(table, row, userId)))
              expect(changed.count).toBe(table === 'reports' ? 'FORBIDDEN' : writable.size)
              const expected = (rows[table] ?? []).map((row) => (writable.has(row) ? { ...row, ...patch } : row))
              expect(sorted(changed.after[table] ?? [])).toEqual(sorted(expected))
              expect(othersOf(changed.after, table)).toEqual(othersOf(rows, table))
            }
          }))

        test('deletes a row, is told that it may not, or does not find it', async () => {
          for (const table of Object.keys(written)) {
            for (const row of some(rows[table])) {
              const found = await acting((session) => outcome(daoOf(session, table).delete(row['id'])))
              const given = found !== null && typeof found === 'object' ? 'deleted' : found
              const expected = expectedUpdate(oracle, { table, row, userId, patch: {} })
              expect({ table, row, given }).toEqual({
                table,
                row,
                given: expected !== null && typeof expected === 'object' ? 'deleted' : expected,
              })
            }
          }
        })

        test('creates rows only where it may write them', async () => {
          for (const [table, { parent, column, values }] of Object.entries(created)) {
            for (const above of some(rows[parent])) {
              const row = { id: 'new', ...values, [column]: above['id'] }
              const given = await acting((session) => outcome(daoOf(session, table).create(row)))
              const isAllowed = isAlive(above) && oracle.mayCreate(table, row, userId)
              const refused = table === 'reports' ? 'FORBIDDEN' : 'REFERENCE_MISSING'
              expect({ table, row, given: typeof given === 'object' ? 'created' : given }).toEqual({
                table,
                row,
                given: isAllowed ? 'created' : refused,
              })
            }
          }
        })
      })
    },
    ['sqliteFile', 'postgres', 'mysql'],
  )
}

const written: Readonly<Record<string, object>> = {
  communities: { name: 'changed' },
  community_members: { role: 'guest' },
  badges: { label: 'changed' },
  notices: { title: 'changed' },
  comments: { body: 'changed' },
  reactions: { sign: '-1' },
  echoes: { text: 'changed' },
  posts: { body: 'changed' },
  reports: { body: 'changed' },
  photos: { caption: 'changed' },
  greetings: { body: 'changed' },
  list_items: { label: 'changed' },
}

/** Unique among the notices and communities of a test that changes one at a time. */
const patchOf = (row: Row, patch: object): object =>
  'title' in patch || 'name' in patch
    ? Object.fromEntries(Object.keys(patch).map((name) => [name, `changed ${String(row['id'])}`]))
    : patch

interface Attempt {
  readonly table: string
  readonly row: Row
  readonly userId: string
  readonly patch: object
}

function expectedUpdate(known: WhoSeesWhat, { table, row, userId, patch }: Attempt): Row | string | null {
  if (known.mayWrite(table, row, userId)) return { ...row, ...patchOf(row, patch) }
  return known.visible(table, userId, 'without').includes(row) ? 'FORBIDDEN' : null
}

const isAlive = (row: Row): boolean => row['deletedAt'] === undefined || row['deletedAt'] === null

function othersOf(all: Rows, table: string): Rows {
  const others = Object.entries(all).filter(([name]) => name !== table)
  return Object.fromEntries(others.map(([name, list]) => [name, sorted(list)]))
}

/** New rows below each row of another table. */
const created: Readonly<Record<string, { readonly parent: string; readonly column: string; readonly values: object }>> =
  {
    notices: { parent: 'communities', column: 'communityId', values: { title: 'new' } },
    posts: { parent: 'communities', column: 'communityId', values: { body: 'new' } },
    photos: { parent: 'communities', column: 'communityId', values: { caption: 'new' } },
    reports: { parent: 'communities', column: 'communityId', values: { body: 'new' } },
    badges: { parent: 'community_members', column: 'memberId', values: { label: 'new' } },
    comments: { parent: 'notices', column: 'noticeId', values: { body: 'new' } },
    reactions: { parent: 'comments', column: 'commentId', values: { sign: 'new' } },
    echoes: { parent: 'reactions', column: 'reactionId', values: { text: 'new' } },
    list_items: { parent: 'lists', column: 'listId', values: { label: 'new' } },
  }
