import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPolicies, type Database } from '../../../src/connect/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { limitedRole, type LimitedRole } from './limited-role.ts'
import { social, socialModels } from './social.ts'
import { ann, everyRow, fillSocial, openSocial } from './social-database.ts'
import { unguardedQueries } from './unguarded-queries.ts'

const handles = (db: Database): Promise<readonly unknown[]> =>
  db.session(ann, (session) => unguardedQueries(session).selectFrom('users').select('handle').execute())

async function opened(open: Promise<Database>): Promise<void> {
  await (await open).close()
}

describeEngines(
  'X1: opening a database with rowLevelSecurity',
  (engine) => {
    describe('as the role that sessions run as', () => {
      let role: LimitedRole
      beforeAll(async () => {
        role = await limitedRole((await engine.fresh()).url)
        const db = await openSocial(role.url)
        await fillSocial(db)
        await db.close()
      })
      afterAll(() => role?.drop())

      test('makes the policies once: a second start changes nothing and finds the rows', async () => {
        const marks = `select polname, xmin::text from pg_policy order by 1`
        const before = await role.asServer(marks)
        const db = await openSocial(role.url, { structure: 'check' })
        expect(await handles(db)).toEqual([{ handle: 'ann' }])
        await db.close()
        await opened(openSocial(role.url))
        expect(await role.asServer(marks)).toEqual(before)
        expect(before.map(({ polname }) => polname)).toEqual([
          'rls_likes_all',
          'rls_lines_all',
          'rls_notes_all',
          'rls_posts_delete',
          'rls_posts_insert',
          'rls_posts_select',
          'rls_posts_update',
          'rls_users_all',
        ])
      })

      test('without rowLevelSecurity it is refused: its sessions would see no row', async () => {
        await expect(openSocial(role.url, { rowLevelSecurity: false })).rejects.toMatchObject({ code: 'RLS_NOT_ASKED' })
      })

      test.each([
        ['is a superuser', 'superuser', 'nosuperuser'],
        ['has BYPASSRLS', 'bypassrls', 'nobypassrls'],
        [`is given settings by default`, `set terrace.unscoped = 'on'`, 'reset all'],
      ])('a role that %s is refused', async (problem, given, taken) => {
        await role.asServer(`alter role ${role.name} ${given}`)
        const refused = openSocial(role.url)
        await expect(refused).rejects.toMatchObject({ code: 'RLS_BYPASSED', values: { role: role.name } })
        await expect(refused).rejects.toThrow(problem)
        await role.asServer(`alter role ${role.name} ${taken}`)
        await opened(openSocial(role.url))
      })

      test('work on the structure is refused where policies of others would hide rows from it', async () => {
        await role.asServer('create policy others on notes as restrictive using (length(body) > 100)')
        const refused = openSocial(role.url)
        await expect(refused).rejects.toMatchObject({ code: 'RLS_ROWS_HIDDEN', values: { tables: 'notes' } })
        await role.asServer('drop policy others on notes')
        await opened(openSocial(role.url))
      })

      test('seeds are not written again for a role that would see none of them', async () => {
        const models = socialModels({ seeds: [{ id: 1, handle: 'ann' }] })
        await opened(openSocial(role.url, { models }))
        expect(await role.asServer('select count(*)::int as n from users')).toEqual([{ n: 2 }])
      })
    })

    describe('as a user whom no policy holds, with { role }', () => {
      let role: LimitedRole
      let url: string
      const open = (structure: 'safe' | 'check' = 'check') =>
        openSocial(url, { structure, rowLevelSecurity: { role: role.name } })

      beforeAll(async () => {
        url = (await engine.fresh()).url
        role = await limitedRole(url)
        await opened(open('safe'))
        await role.asServer(`grant all on all tables in schema public to ${role.name}`)
        const db = await open()
        await fillSocial(db)
        await db.close()
      })
      afterAll(() => role?.drop())

      test('each transaction becomes that role, and sees its actor’s rows', async () => {
        const db = await open()
        expect(await handles(db)).toEqual([{ handle: 'ann' }])
        const seen = await db.session(everyRow, (session) => session.nested((inner) => inner.unscoped('all', allUsers)))
        expect(seen).toEqual([{ handle: 'ann' }, { handle: 'ben' }])
        await db.close()
      })

      test('with true it is refused: a superuser is held by none', async () => {
        const refused = openSocial(url, { rowLevelSecurity: true })
        await expect(refused).rejects.toMatchObject({ code: 'RLS_BYPASSED' })
      })

      test('a role that is not there is refused', async () => {
        const refused = openSocial(url, { rowLevelSecurity: { role: 'nobody_at_all' } })
        await expect(refused).rejects.toMatchObject({ code: 'RLS_ROLE', values: { role: 'nobody_at_all' } })
      })

      test.each([
        ['a policy is gone', 'drop policy rls_notes_all on notes', 'notes: it has no policy rls_notes_all'],
        ['a policy was opened', 'alter policy rls_notes_all on notes using (true)', 'is not as the models want it'],
        ['a policy was narrowed to a role', 'alter policy rls_notes_all on notes to postgres', 'is not as the models'],
        ['a table is not forced', 'alter table notes no force row level security', 'its owner sees every row'],
        ['a table is not limited', 'alter table notes disable row level security', 'notes: row-level security is not'],
      ])('%s: a check refuses, a start makes it again', async (_, damage, told) => {
        await role.asServer(damage)
        const refused = open()
        await expect(refused).rejects.toMatchObject({ code: 'RLS_MISSING' })
        await expect(refused).rejects.toThrow(told)
        await opened(open('safe'))
        await opened(open())
        expect(await role.alone('select * from notes')).toEqual([])
      })

      test('a policy of others that opens a table is refused, also by a start, and left alone', async () => {
        await role.asServer('create policy others on notes using (true)')
        const refused = open('safe')
        await expect(refused).rejects.toMatchObject({ code: 'RLS_MISSING' })
        await expect(refused).rejects.toThrow('the policy others of others opens it further. Take it away: drop policy')
        await role.asServer('drop policy others on notes')
        await opened(open())
      })

      test('a table that was added later without a policy is refused', async () => {
        await role.asServer('drop table lines; create table lines (like notes)')
        const plan = await openPolicies(url, { models: social, work: 'plan' })
        expect(plan.problems).toContain('lines: row-level security is not enabled')
        await role.asServer('drop table lines')
        const refused = openSocial(url, { structure: 'off', rowLevelSecurity: { role: role.name } })
        await expect(refused).rejects.toThrow('lines: there is no such table')
        await opened(open('safe'))
        await role.asServer(`grant all on lines to ${role.name}`)
        await opened(open())
      })

      test('policies are planned, applied and taken away by themselves', async () => {
        const at = (work: 'plan' | 'apply' | 'drop') => openPolicies(url, { models: social, work, role: role.name })
        expect(await at('plan')).toEqual({ statements: [], problems: [], applied: false })
        const dropped = await at('drop')
        expect(dropped.statements).toContain('alter table "notes" disable row level security')
        expect(await role.alone('select body from notes order by body')).toHaveLength(2)
        const planned = await at('plan')
        expect(planned.statements.slice(0, 3)).toEqual([
          'alter table "users" enable row level security',
          'alter table "users" force row level security',
          `create policy "rls_users_all" on "users" for all using (current_setting('terrace.unscoped', true) = 'on' or "users"."id" = nullif(current_setting('terrace.actor_user', true), '')::integer) with check (current_setting('terrace.unscoped', true) = 'on' or "users"."id" = nullif(current_setting('terrace.actor_user', true), '')::integer)`,
        ])
        expect(await at('apply')).toEqual({ ...planned, applied: true })
        expect(await role.alone('select body from notes')).toEqual([])
      })
    })
  },
  ['postgres'],
)

const allUsers = (session: Parameters<typeof unguardedQueries>[0]) =>
  unguardedQueries(session).selectFrom('users').select('handle').orderBy('handle').execute()

describeEngines(
  'X1: rowLevelSecurity on an engine without policies on rows',
  (engine) => {
    test('is refused, and names what is missing', async () => {
      const { url } = await engine.fresh()
      const refused = openSocial(url)
      await expect(refused).rejects.toMatchObject({ code: 'RLS_UNSUPPORTED' })
      await expect(refused).rejects.toThrow('has no policies on rows')
      await expect(openPolicies(url, { models: social, work: 'plan' })).rejects.toMatchObject({
        code: 'RLS_UNSUPPORTED',
      })
    })
  },
  ['sqliteMemory', 'mysql'],
)
