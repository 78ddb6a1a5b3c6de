import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/commands.ts'
import { configText, modelsText } from './project-folder.ts'
import { shopBeforeEach, shopSeeds } from './shop-project.ts'

const shop = shopBeforeEach()

test('every command gives in JSON the fields that its record names, and lines for people', async () => {
  const lines = [
    'plan',
    'sync --dry-run',
    'revision -m first',
    'upgrade',
    'seed',
    'current',
    'history',
    'heads',
    'merge',
    'stamp head',
    'show',
    'verify',
    'backup',
    'restore FILE --yes',
    'move sqlite:TARGET',
    'pull',
    'adopt',
    'downgrade -1 --yes',
    'sync',
  ]
  const known = new Set<string>()
  for (const line of lines) {
    const words = line.replace('FILE', existsSync(shop.project.path('backups')) ? shop.backupFile() : '')
    const { command, ok, result } = await shop.done(words.replace('TARGET', shop.project.path('moved.db')))
    const record = commands.find(({ name }) => name === command)
    expect([line, ok, Object.keys(result).toSorted()]).toEqual([
      line,
      true,
      Object.keys(record?.result ?? {}).toSorted(),
    ])
    known.add(command ?? '')
  }
  const check = await shop.done('check')
  expect(Object.keys(check.result)).toEqual(['against', 'of', 'differences'])
  const ofDatabases = commands.map(({ name }) => name).filter((name) => name.startsWith('db '))
  expect([...known, 'db check', 'db policies'].toSorted()).toEqual(ofDatabases.toSorted())
})

describe('db plan', () => {
  test('tells statements, what they cost, what is dangerous about them and which fact of the models is behind it', async () => {
    await shop.done('sync')
    const { out, code } = await shop.project.terrace(['db', 'plan', '--models', 'next.ts'])
    expect(code).toBe(0)
    expect(out).toContain('1 step, in one transaction')
    expect(out).toContain('1. addColumn products  [Product.grams]')
    expect(out).toContain('column products.grams: missing → INTEGER not null default 100')
    expect(out).toMatch(/blocks writes, (?:touches no row|reads every row|rewrites every row)/)
    expect(out).toMatch(/alter table "products" add column "grams" INTEGER/)
    expect(out).toMatch(/way back: \d+ statement/)
  })

  test('tells what is left alone, what was changed by hand, and what was allowed for nothing', async () => {
    await shop.done('sync')
    shop.byHand(`create view foods as select name from products; create table strange (id integer primary key)`)
    const { out } = await shop.project.terrace(['db', 'plan', '--startup', '--allow', 'drop-column products.grams'])
    expect(out).toContain('nothing to do')
    expect(out).toMatch(/left alone: \d+\n(?:- .*\n)*- table strange: /)
    expect(out).toContain('allowed and not needed: 1\n- drop-column products.grams')
  })

  test('of a start that would refuse shows both, and exits with 3', async () => {
    await shop.done('sync')
    shop.project.write('renamed.ts', modelsText('energy: integer().range(0, 900)'))
    const { error, result } = await shop.refused(['plan', '--startup', '--models', 'renamed.ts'])
    expect(error).toMatchObject({ code: 'CLI_REFUSED', values: { count: 1 } })
    expect(error?.message).toContain('is missing, while kcal (INTEGER not null) is no longer declared')
    expect(result).toMatchObject({ mode: 'startup', plan: { drift: [{ object: 'column products.energy' }] } })
    const shown = await shop.project.terrace(['db', 'plan', '--startup', '--models', 'renamed.ts'])
    expect([shown.code, shown.out.includes('refused: 1'), shown.err.includes('CLI_REFUSED')]).toEqual([3, true, true])
  })

  test('changes nothing', async () => {
    await shop.done('plan')
    expect(shop.rows(`select count(*) as count from sqlite_schema where name = 'products'`)).toEqual([{ count: 0 }])
  })
})

describe('db sync', () => {
  test('makes what is missing, seeds, and then has nothing to do', async () => {
    expect((await shop.done('sync')).result).toMatchObject({
      dryRun: false,
      created: ['products'],
      seeded: [{ table: 'products', rows: 2 }],
    })
    expect((await shop.done('sync')).result).toMatchObject({ steps: [], created: [], seeded: [] })
    expect((await shop.project.terrace(['db', 'sync'])).out).toContain('in sync: nothing to do')
  })

  test('seeds the rows of the configuration in the place of those of the model', async () => {
    shop.project.write(
      'terrace.config.ts',
      configText(shop.project.url, `seeds: { Product: () => [{ name: 'Salt', kcal: 0 }] }`),
    )
    await shop.done('sync')
    expect(shop.rows('select name from products')).toEqual([{ name: 'Salt' }])
  })

  test('--dry-run changes nothing and says what it would refuse', async () => {
    expect((await shop.done('sync --dry-run')).result).toMatchObject({
      dryRun: true,
      created: ['products'],
      refused: [],
    })
    expect(shop.rows(`select count(*) as count from sqlite_schema where name = 'products'`)).toEqual([{ count: 0 }])
    await shop.done('sync')
    shop.project.write('renamed.ts', modelsText('energy: integer().range(0, 900)'))
    const { error, result } = await shop.refused(['sync', '--dry-run', '--models', 'renamed.ts'])
    expect([error?.code, result?.['refused']]).toEqual([
      'CLI_REFUSED',
      [expect.objectContaining({ reason: expect.any(String) })],
    ])
  })

  test('gives up a column by its name alone, and asks nobody', async () => {
    await shop.done('sync')
    expect((await shop.refused(['sync', '--models', 'less.ts'])).error).toMatchObject({ code: 'STRUCTURE_DRIFT' })
    const { error } = await shop.refused(['sync', '--models', 'less.ts', '--allow', 'drop-column'], 2)
    expect(error?.code).toBe('STRUCTURE_OPTION')
    const { result } = await shop.refused(['sync', '--models', 'less.ts', '--seed', 'always'], 2)
    expect(result).toBeUndefined()
    const ran = await shop.project.terrace([
      'db',
      'sync',
      '--models',
      'less.ts',
      '--allow',
      'drop-column products.kcal',
    ])
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('column products.kcal')])
    expect(shop.rows('select name from products order by name')).toEqual([{ name: 'Bread' }, { name: 'Butter' }])
  })
})

describe('db check', () => {
  test('compares with the database where there are no revisions, and says so', async () => {
    const { error, result } = await shop.refused(['check'])
    expect(error).toMatchObject({ code: 'CLI_DIFFERS', values: { count: 1 } })
    expect(result).toMatchObject({
      against: 'database',
      of: shop.project.url,
      differences: ['table products: missing → 3 columns'],
    })
    await shop.done('sync')
    expect((await shop.done('check')).result).toMatchObject({ against: 'database', differences: [] })
    shop.byHand('create index by_hand on products (kcal)')
    expect((await shop.done('check')).result).toMatchObject({ differences: [] })
  })

  test('compares with the head where there are some, and says so', async () => {
    await shop.done('revision -m first')
    expect((await shop.done('check')).result).toMatchObject({
      against: 'head',
      of: 'migrations/sqlite',
      differences: [],
    })
    const { error, result } = await shop.refused(['check', '--models', 'next.ts'])
    expect(error?.remedy).toContain('terrace db revision')
    expect(result?.['differences']).toEqual([expect.stringContaining('products.grams')])
  })
})

test('a folder of revisions for another engine is none for this one', async () => {
  shop.project.write('migrations/other/20261121_x.ts', '')
  await shop.done('sync')
  expect((await shop.done('check')).result).toMatchObject({ against: 'database', differences: [] })
  expect((await shop.done('verify')).result).toMatchObject({ revisions: [], state: { sound: true } })
})

describe('db seed', () => {
  test('fills what is empty and leaves the structure and other rows alone', async () => {
    expect((await shop.refused(['seed'])).error).toMatchObject({
      code: 'SEED_TABLE_MISSING',
      values: { tables: 'products' },
    })
    await shop.done('revision -m first')
    await shop.done('upgrade')
    expect((await shop.done('seed')).result['seeded']).toEqual([{ table: 'products', rows: 2 }])
    expect((await shop.done('seed')).result['seeded']).toEqual([])
    shop.byHand('delete from products')
    expect((await shop.done('seed --once')).result['seeded']).toEqual([])
    expect((await shop.done('seed')).result['seeded']).toEqual([{ table: 'products', rows: 2 }])
  })

  test('of a row that breaks a rule fails, and inserts none', async () => {
    await shop.done('sync')
    shop.byHand('delete from products')
    shop.project.write(
      'terrace.config.ts',
      configText(shop.project.url, `seeds: { Product: [{ name: 'A', kcal: 1 }, { name: 'B', kcal: 901 }] }`),
    )
    expect((await shop.refused(['seed'], 1)).error).toMatchObject({ code: 'SEED_INVALID' })
    expect(shop.rows('select * from products')).toEqual([])
  })
})

describe('db revision, upgrade and downgrade', () => {
  beforeEach(async () => {
    await shop.done('revision -m first')
    await shop.done('upgrade')
  })

  test('nothing differs: nothing is written, and that is no failure', async () => {
    expect((await shop.done('revision -m again')).result['written']).toBeNull()
    expect((await shop.project.terrace(['db', 'revision', '-m', 'again'])).out).toContain('no revision was written')
    expect((await shop.done('upgrade')).result['applied']).toEqual([])
  })

  test('--sql prints the statements and runs none', async () => {
    await shop.done('revision --models next.ts -m second')
    const up = await shop.project.terrace(['db', 'upgrade', '--models', 'next.ts', '--sql'])
    expect([up.code, up.out]).toEqual([0, expect.stringContaining('add column "grams"')])
    const down = await shop.project.terrace(['db', 'downgrade', '-1', '--sql'])
    expect([down.code, down.out]).toEqual([0, expect.stringContaining('drop table "products"')])
    expect((await shop.done('current')).result['pending']).toHaveLength(1)
  })

  test('what has rows is given up by --yes alone, and what has none without', async () => {
    await shop.done('downgrade -1')
    await shop.done('upgrade')
    await shop.done('seed')
    expect((await shop.refused(['downgrade', '-1'])).error).toMatchObject({
      code: 'CLI_UNCONFIRMED',
      values: { work: 'db downgrade', losses: 'rows of products' },
    })
    expect(shop.rows('select count(*) as count from products')).toEqual([{ count: 2 }])
    expect((await shop.done('downgrade -1 --yes')).result['takenBack']).toHaveLength(1)
  })

  test('a column that has values is named, and one of the default too', async () => {
    await shop.done('seed')
    await shop.done('revision --models next.ts -m second')
    await shop.done('upgrade --models next.ts')
    const { error } = await shop.refused(['downgrade', '-1', '--models', 'next.ts'])
    expect(error?.values['losses']).toBe('values of products.grams')
    await shop.done('downgrade -1 --models next.ts --yes')
    expect(shop.rows('select name, kcal from products order by name')).toHaveLength(2)
  })

  test('rows that a way back deletes by hand are told', async () => {
    await shop.done('revision -m fill --empty')
    const file = String(((await shop.done('show')).result as { readonly file: string }).file)
    const text = readFileSync(shop.project.path(file), 'utf8').replace(
      'down: [',
      `down: [{ sql: 'delete from products' },`,
    )
    writeFileSync(shop.project.path(file), text)
    await shop.done('upgrade')
    expect((await shop.refused(['downgrade', '-1'])).error?.values['losses']).toMatch(
      /^rows that \w+ changes on its way back$/,
    )
  })

  test('a way back that has stopped goes on once its step is corrected', async () => {
    await shop.done('revision -m steps --empty')
    const { file } = (await shop.done('show')).result as { readonly file: string }
    const down = `down: [{ sql: 'select 1', transaction: false }, { sql: 'drop nothing', transaction: false },`
    shop.project.replace(file, 'down: [', down)
    await shop.done('upgrade')
    expect((await shop.refused(['downgrade', '-1'], 1)).error?.code).toBe('MIGRATION_STEP_FAILED')
    const { error } = await shop.refused(['sync'])
    expect([error?.code, error?.remedy]).toEqual([
      'MIGRATION_UNFINISHED',
      expect.stringContaining('terrace db downgrade'),
    ])
    shop.project.replace(file, 'drop nothing', 'select 2')
    expect((await shop.done('downgrade -1')).result['takenBack']).toHaveLength(1)
  })

  test('a revision that there is not is a wrong word', async () => {
    for (const words of [
      ['upgrade', 'nonsense'],
      ['show', 'nonsense'],
      ['downgrade', 'nonsense'],
    ])
      expect((await shop.refused(words, 2)).error?.code).toBe('MIGRATION_TARGET')
  })

  test('one whose file is gone is refused by a rule, on the way back too', async () => {
    const { file } = (await shop.done('show')).result as { readonly file: string }
    for (const ending of ['.ts', '.json']) rmSync(shop.project.path(file.replace(/\.ts$/, ending)))
    for (const words of [['upgrade'], ['downgrade', '-1'], ['downgrade', '-1', '--yes']])
      expect((await shop.refused(words)).error?.code).toBe('MIGRATION_MISSING')
  })

  test('an edited revision is refused by a rule', async () => {
    const { file } = (await shop.done('show')).result as { readonly file: string }
    writeFileSync(shop.project.path(file), readFileSync(shop.project.path(file), 'utf8').replace('900', '800'))
    expect((await shop.refused(['upgrade'])).error?.code).toBe('MIGRATION_EDITED')
  })
})

describe('revisions of branches', () => {
  test('are told as heads, refused to an upgrade, joined, and then applied', async () => {
    await shop.done('revision -m first')
    shop.project.write('colour.ts', modelsText(`kcal: integer().range(0, 900), colour: text().nullable()`, shopSeeds))
    shop.project.write(
      'both.ts',
      modelsText(`kcal: integer().range(0, 900), grams: integer().default(100), colour: text().nullable()`, shopSeeds),
    )
    const first = readdirSync(shop.project.path('migrations/sqlite'))
    await shop.done('revision --models next.ts -m grams')
    const grams = readdirSync(shop.project.path('migrations/sqlite')).filter((name) => !first.includes(name))
    const aside = (from: string, to: string): void => {
      for (const name of grams) renameSync(shop.project.path(`${from}/${name}`), shop.project.path(`${to}/${name}`))
    }
    shop.project.write('aside/empty', '')
    aside('migrations/sqlite', 'aside')
    await shop.done('revision --models colour.ts -m colour')
    aside('aside', 'migrations/sqlite')

    expect((await shop.done('heads')).result['heads']).toHaveLength(2)
    expect((await shop.project.terrace(['db', 'heads'])).out).toContain('more than one: terrace db merge joins them')
    expect((await shop.refused(['upgrade'])).error?.code).toBe('MIGRATION_HEADS')
    const nothing = await shop.project.terrace('db revision --models both.ts -m nothing'.split(' '))
    expect(nothing.err).toBe('migrations/sqlite has 2 heads: terrace db merge joins them\n')
    const { result } = await shop.done('merge --models both.ts -m together')
    expect((result['written'] as { readonly parents: readonly string[] }).parents).toHaveLength(2)
    expect((await shop.done('upgrade --models both.ts')).result['applied']).toHaveLength(4)
    expect((await shop.done('check --models both.ts')).result['differences']).toEqual([])
  })

  test('that are none at all are told to an upgrade with nothing to apply', async () => {
    const { code, err } = await shop.project.terrace(['db', 'upgrade'])
    expect([code, err]).toEqual([
      0,
      'migrations/sqlite has no revision: terrace db revision -m "…" writes the first one\n',
    ])
  })
})

describe('a production database', () => {
  beforeEach(() => {
    shop.project.write('terrace.config.ts', configText(shop.project.url, 'production: true'))
  })

  test('has nothing tried out beside it: the scratch database has to be named', async () => {
    expect((await shop.refused(['revision', '-m', 'first'])).error?.code).toBe('SCRATCH_REFUSED')
    await shop.done(`revision -m first --scratch sqlite:${shop.project.path('scratch.db')}`)
    expect((await shop.done('upgrade')).result['applied']).toHaveLength(1)
  })
})
