import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../src/connect/index.ts'
import { executorOf } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import type { AnyDb } from '../shop.ts'
import { limitedRole, type LimitedRole } from './limited-role.ts'
import { ann, everyRow, fillSocial, openSocial, type SocialKeys } from './social-database.ts'

const limited = ['users', 'likes', 'notes', 'lines']

describeEngines(
  'X1: SQL that no compiler has seen, run as the sessions’ role',
  (engine) => {
    let role: LimitedRole
    let db: Database
    let bens: SocialKeys

    beforeAll(async () => {
      role = await limitedRole((await engine.fresh()).url)
      db = await openSocial(role.url)
      bens = await fillSocial(db)
    })
    afterAll(async () => {
      await db?.close()
      await role?.drop()
    })

    test.each(limited)('without a setting it sees no row of %s', async (table) => {
      expect(await role.alone(`select * from ${table}`)).toEqual([])
    })

    test('without a setting it sees what everyone reads, and changes nothing of it', async () => {
      expect(await role.alone('select slug from posts order by slug')).toEqual([{ slug: 'by ann' }, { slug: 'by ben' }])
      expect(await role.alone(`update posts set slug = 'taken' returning id`)).toEqual([])
      expect(await role.alone('delete from posts returning id')).toEqual([])
    })

    test.each(['update notes set body = body returning id', 'delete from notes returning id'])(
      'without a setting it changes nothing: %s',
      async (statement) => {
        expect(await role.alone(statement)).toEqual([])
      },
    )

    test('without a setting it inserts nothing', async () => {
      const insert = `insert into notes (id, user_id, body) values (gen_random_uuid(), 1, 'x')`
      await expect(role.alone(insert)).rejects.toMatchObject({ code: '42501' })
    })

    test('as an actor it sees that actor’s rows, also through their parents', async () => {
      const asBen = { 'terrace.actor_user': '2' }
      expect(await role.alone('select body from notes', asBen)).toEqual([{ body: 'of ben' }])
      expect(await role.alone('select words from lines', asBen)).toEqual([{ words: 'of ben' }])
      expect(await role.alone('select handle from users', asBen)).toEqual([{ handle: 'ben' }])
    })

    test('as an actor it neither takes a row of another nor gives one away', async () => {
      const asAnn = { 'terrace.actor_user': '1' }
      expect(await role.alone(`update posts set user_id = 1 where user_id = 2 returning id`, asAnn)).toEqual([])
      expect(await role.alone(`update notes set user_id = 1 where user_id = 2 returning id`, asAnn)).toEqual([])
      await expect(role.alone('update notes set user_id = 2', asAnn)).rejects.toMatchObject({ code: '42501' })
      const insert = (table: string, columns: string, values: string) =>
        role.alone(`insert into ${table} (id, ${columns}) values (gen_random_uuid(), ${values})`, asAnn)
      await expect(insert('notes', 'user_id, body', `2, 'x'`)).rejects.toMatchObject({ code: '42501' })
      await expect(insert('lines', 'note_id, words', `'${bens.note}', 'x'`)).rejects.toMatchObject({ code: '42501' })
    })

    test.each([
      ['of nobody', { 'terrace.actor_user': '' }],
      ['of a model that owns nothing', { 'terrace.actor_note': '1' }],
      ['that is not exactly "on"', { 'terrace.unscoped': 'true' }],
      ['that only lets rows be locked', { 'terrace.locks_rows': 'on' }],
    ])('a setting %s opens nothing', async (_, settings) => {
      expect(await role.alone('select * from notes', settings as Record<string, string>)).toEqual([])
    })

    test('a key that is none is an error, never every row', async () => {
      await expect(role.alone('select * from notes', { 'terrace.actor_user': '1 or 1 = 1' })).rejects.toMatchObject({
        code: '22P02',
      })
    })

    test('raw SQL in session.unscoped sees every row, and back in its scope the session does not', async () => {
      const bodies = (rows: readonly unknown[]): readonly unknown[] => rows
      const seen = await db.session(ann, async (session) => {
        const everything = await session.unscoped('a report', async (inner) => {
          const raw = sql`select body from notes order by body`
          return (await raw.execute(executorOf(inner).queryBuilder())).rows
        })
        const builder = executorOf(session).queryBuilder() as unknown as AnyDb
        return { everything, own: await builder.selectFrom('notes').select('body').execute() }
      })
      expect(bodies(seen.everything)).toEqual([{ body: 'of ann' }, { body: 'of ben' }])
      expect(bodies(seen.own)).toEqual([{ body: 'of ann' }])
    })

    test('a session of every row inserts and sees what no actor owns', async () => {
      const count = await db.session(everyRow, async (session) => {
        const { rows } = await sql`select count(*) as n from notes`.execute(executorOf(session).queryBuilder())
        return rows
      })
      expect(count).toEqual([{ n: 2 }])
    })
  },
  ['postgres'],
)
