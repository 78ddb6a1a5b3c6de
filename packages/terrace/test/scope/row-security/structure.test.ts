import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  actingAs,
  backupDatabase,
  moveDatabase,
  openDatabase,
  openStructure,
  verifyDatabase,
} from '../../../src/connect/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { limitedRole, type LimitedRole } from './limited-role.ts'
import { retypedModels, social, socialModels } from './social.ts'
import { fillSocial, openSocial } from './social-database.ts'
import { unguardedQueries } from './unguarded-queries.ts'

describeEngines(
  'X1: work on the structure as a role that policies hold',
  (engine) => {
    let role: LimitedRole
    let url: string
    beforeAll(async () => {
      url = (await engine.fresh()).url
      role = await limitedRole(url)
      const db = await openSocial(role.url)
      await fillSocial(db)
      await db.close()
    })
    afterAll(() => role?.drop())

    test('counts the rows that stand against a change, whoever they belong to', async () => {
      await role.asServer(`update notes set body = repeat('x', 50) where user_id = 2`)
      const models = socialModels({ bodyLength: 20 })
      const structure = await openStructure(role.url, { models })
      await expect(structure.apply()).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      await structure.close()
    })

    test('reads every row of what it verifies', async () => {
      const { tables, sound } = await verifyDatabase(role.url, { models: social })
      expect(sound).toBe(true)
      expect([tables['users']?.rows, tables['notes']?.rows, tables['lines']?.rows]).toEqual([2, 2, 2])
    })

    test('moves every row', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'terrace-walled-'))
      const to = `sqlite:${join(folder, 'moved.db')}`
      const { tables } = await moveDatabase({ from: role.url, to, models: social })
      expect(Object.values(tables).map((table) => JSON.stringify(table))).toHaveLength(5)
      const moved = await verifyDatabase(to, { models: social })
      expect([moved.tables['users']?.rows, moved.tables['lines']?.rows]).toEqual([2, 2])
      await rm(folder, { recursive: true })
    })

    test('refuses a backup before it begins, and makes one as a user whom no policy holds', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'terrace-walled-'))
      const refused = backupDatabase(role.url, { folder })
      await expect(refused).rejects.toMatchObject({ code: 'RLS_ROWS_HIDDEN' })
      const { manifest } = await backupDatabase(url, { folder })
      expect(manifest.tables['notes']).toMatchObject({ rows: 2 })
      await rm(folder, { recursive: true })
    })

    test('retypes keys that policies compare, and the next start has the policies of the new type', async () => {
      const models = retypedModels()
      const structure = await openStructure(role.url, { models })
      await structure.apply()
      await structure.close()
      expect(await role.alone('select * from notes')).toEqual([])
      expect(await role.alone('select count(*)::int as n from notes', { 'terrace.actor_user': '1' })).toEqual([
        { n: 1 },
      ])
      const db = await openDatabase(role.url, { models, rowLevelSecurity: true })
      const asBen = actingAs(models.User, '2')
      const seen = await db.session(asBen, (session) =>
        unguardedQueries(session).selectFrom('users').select(['id', 'handle']).execute(),
      )
      expect(seen).toEqual([{ id: '2', handle: 'ben' }])
      await db.close()
      const policies = await role.asServer(
        `select pg_get_expr(polqual, polrelid) as using from pg_policy where polname = 'rls_notes_all'`,
      )
      expect(String(policies[0]?.['using'])).toMatch(/user_id\)?::text = NULLIF/)
    })
  },
  ['postgres'],
)
