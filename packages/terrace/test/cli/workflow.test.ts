import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { TableSum } from '../../src/sync/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'

const seeds = `seeds: [{ name: 'Bread', kcal: 265 }, { name: 'Butter', kcal: 717 }, { name: 'Salt', kcal: 0 }]`
const before = modelsText('kcal: integer().range(0, 900)', seeds)
const after = modelsText('kcal: integer().range(0, 1000), grams: integer().default(100)', seeds).replace('40', '60')

async function sent(url: string, sql: string): Promise<readonly unknown[]> {
  const dialect = await dialectOf(url)
  const driver = await dialect.runtime.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
    try {
      return (await connection.execute({ sql, parameters: [] })).rows
    } finally {
      await driver.release(connection)
    }
  } finally {
    await driver.close()
  }
}

describeEngines(
  'a change of the structure',
  (engine) => {
    let project: ProjectFolder
    let url: string
    beforeAll(async () => {
      url = (await engine.fresh()).url
      project = projectFolder({ 'models.ts': before })
      project.write('terrace.config.ts', configText(url))
    })
    afterAll(() => project.remove())

    async function terrace(...words: string[]): Promise<Readonly<Record<string, unknown>>> {
      const ran = await project.terrace(['db', ...words, '--json'])
      expect([words, ran.code, ran.json().error]).toEqual([words, 0, undefined])
      return ran.json().result ?? {}
    }

    /** Each table's rows and checksum, of a database that is sound. */
    async function tables(...words: string[]): Promise<Readonly<Record<string, TableSum>>> {
      const { state } = await terrace('verify', '--database', ...words)
      return (state as { readonly tables: Readonly<Record<string, TableSum>> }).tables
    }

    test('goes from the model through plan, revision, verification, backup and upgrade, and all the way back', async () => {
      await terrace('revision', '-m', 'products')
      await terrace('upgrade')
      await terrace('seed')
      const start = await tables()

      // Design: the model is changed, and the plan says what that takes.
      // In one process a module is read once: another file is another release of the models.
      project.write('next-models.ts', after)
      project.replace('terrace.config.ts', './models.ts', './next-models.ts')
      const { plan } = (await terrace('plan')) as { readonly plan: { readonly steps: readonly object[] } }
      expect(plan.steps.length).toBeGreaterThan(0)
      expect((await project.terrace(['db', 'check'])).code).toBe(3)

      // Develop and test: the revision, tried with rows.
      const { written } = (await terrace('revision', '-m', 'add grams')) as { readonly written: { revision: string } }
      await terrace('check')
      const { revisions } = await terrace('verify')
      expect(revisions).toMatchObject([{ reversible: true }, { revision: written.revision, reversible: true }])

      // Deploy: a backup first.
      const { file } = (await terrace('backup')) as { readonly file: string }
      expect((await terrace('upgrade'))['applied']).toMatchObject([{ revision: written.revision }])
      await terrace('verify')
      expect((await terrace('plan'))['plan']).toMatchObject({ steps: [], drift: [], frozen: [] })
      const upgraded = await sent(url, 'select name, kcal, grams from products order by name')
      expect(upgraded.map((row) => Object.values(row as object).map(String))).toEqual([
        ['Bread', '265', '100'],
        ['Butter', '717', '100'],
        ['Salt', '0', '100'],
      ])

      // Roll back: what would lose values says so first; what is left is what was there.
      const refused = await project.terrace(['db', 'downgrade', '-1', '--json'])
      expect([refused.code, refused.json().error?.values['losses']]).toEqual([3, 'values of products.grams'])
      await terrace('downgrade', '-1', '--yes')
      expect((await terrace('verify'))['state']).toMatchObject({ sound: true })
      expect(await tables()).toEqual(start)
      expect((await terrace('current'))['pending']).toEqual([written.revision])

      // Or restore, also what somebody has deleted since.
      await sent(url, `delete from products where name <> 'Salt'`)
      expect((await project.terrace(['db', 'restore', file, '--json'])).json().error?.code).toBe('CLI_UNCONFIRMED')
      await terrace('restore', file, '--yes')
      expect(await tables('--against', file)).toEqual(start)
    }, 120_000)
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test('a field is added, filled, made not null and given up again in stages, each a revision', async () => {
  const project = projectFolder({
    'expand.ts': modelsText('kcal: integer(), brand: text().nullable()'),
    'contract.ts': modelsText('kcal: integer(), brand: text()'),
    'over.ts': modelsText('brand: text()'),
  })
  onTestFinished(() => project.remove())
  const url = project.url
  const done = async (...words: string[]): Promise<Readonly<Record<string, unknown>>> => {
    const ran = await project.terrace(['db', ...words, '--url', url, '--json'])
    expect([words, ran.code, ran.json().error]).toEqual([words, 0, undefined])
    return ran.json().result ?? {}
  }
  project.write('begin.ts', modelsText('kcal: integer()', seeds))
  await done('revision', '--models', 'begin.ts', '-m', 'begin')
  await done('upgrade', '--models', 'begin.ts')
  await done('seed', '--models', 'begin.ts')

  // Expand: the release before it goes on inserting.
  await done('revision', '--models', 'expand.ts', '-m', 'expand')
  await done('upgrade', '--models', 'expand.ts')
  await sent(url, `insert into products (id, name, kcal) values ('00000000-0000-7000-8000-000000000001', 'Old', 1)`)

  // Contract, too early: rows stand against it, and nothing is changed.
  await done('revision', '--models', 'contract.ts', '-m', 'contract')
  const early = await project.terrace(['db', 'upgrade', '--models', 'contract.ts', '--url', url, '--json'])
  expect([early.code, early.json().error?.code]).toEqual([3, 'MIGRATION_REFUSED'])
  expect(early.json().error?.message).toContain('4 rows without a value in brand')

  // Move over, then contract.
  await sent(url, `update products set brand = 'Mill' where brand is null`)
  await done('upgrade', '--models', 'contract.ts')
  const { verified, down } = await done('revision', '--models', 'over.ts', '-m', 'over')
  expect(verified).toMatchObject({ reversible: false, losses: ['drop-column products.kcal'] })
  expect(down).toEqual([{ irreversible: expect.stringContaining('drops every value of the column') }])
  await done('upgrade', '--models', 'over.ts')
  expect(await sent(url, 'select name, brand from products order by name')).toHaveLength(4)
  const back = await project.terrace(['db', 'downgrade', '-1', '--models', 'over.ts', '--url', url, '--yes', '--json'])
  expect([back.code, back.json().error?.code]).toEqual([3, 'MIGRATION_IRREVERSIBLE'])
})
