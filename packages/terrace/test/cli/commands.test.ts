import { EventEmitter } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/commands.ts'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'
import type { Document } from './run-cli.ts'

const seeded = `seeds: [{ name: 'Bread', kcal: 265 }, { name: 'Butter', kcal: 717 }]`

let project: ProjectFolder
beforeEach(() => {
  project = projectFolder({
    'models.ts': modelsText('kcal: integer().range(0, 900)', seeded),
    'next.ts': modelsText('kcal: integer().range(0, 900), grams: integer().default(100)', seeded),
    'less.ts': modelsText(),
  })
  project.write('terrace.config.ts', configText(project.url))
})
afterEach(() => project.remove())

async function done(line: string): Promise<Document & { readonly result: Readonly<Record<string, unknown>> }> {
  const ran = await project.terrace(['db', ...line.split(' '), '--json'])
  expect([line, ran.code, ran.err]).toEqual([line, 0, ''])
  const document = ran.json()
  return { ...document, result: document.result ?? {} }
}

async function refused(words: readonly string[], code = 3): Promise<Document> {
  const ran = await project.terrace(['db', ...words, '--json'])
  expect([words, ran.code]).toEqual([words, code])
  return ran.json()
}

function byHand(sql: string): void {
  const database = new Sqlite(project.path('shop.db'))
  database.exec(sql)
  database.close()
}

function rows(sql: string): unknown {
  const database = new Sqlite(project.path('shop.db'))
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

function backupFile(): string {
  const [file = ''] = readdirSync(project.path('backups')).filter((name) => name.endsWith('.db'))
  return `backups/${file}`
}

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
    const words = line.replace('FILE', existsSync(project.path('backups')) ? backupFile() : '')
    const { command, ok, result } = await done(words.replace('TARGET', project.path('moved.db')))
    const record = commands.find(({ name }) => name === command)
    expect([line, ok, Object.keys(result).toSorted()]).toEqual([
      line,
      true,
      Object.keys(record?.result ?? {}).toSorted(),
    ])
    known.add(command ?? '')
  }
  const check = await done('check')
  expect(Object.keys(check.result)).toEqual(['against', 'of', 'differences'])
  expect([...known, 'db check'].toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
})

describe('db plan', () => {
  test('tells statements, what they cost, what is dangerous about them and which fact of the models is behind it', async () => {
    await done('sync')
    const { out, code } = await project.terrace(['db', 'plan', '--models', 'next.ts'])
    expect(code).toBe(0)
    expect(out).toContain('1 step, in one transaction')
    expect(out).toContain('1. addColumn products  [Product.grams]')
    expect(out).toContain('column products.grams: missing → INTEGER not null default 100')
    expect(out).toMatch(/blocks writes, (?:touches no row|reads every row|rewrites every row)/)
    expect(out).toMatch(/alter table "products" add column "grams" INTEGER/)
    expect(out).toMatch(/way back: \d+ statement/)
  })

  test('tells what is left alone, what was changed by hand, and what was allowed for nothing', async () => {
    await done('sync')
    byHand(`create view foods as select name from products; create table strange (id integer primary key)`)
    const { out } = await project.terrace(['db', 'plan', '--startup', '--allow', 'drop-column products.grams'])
    expect(out).toContain('nothing to do')
    expect(out).toMatch(/left alone: \d+\n(?:- .*\n)*- table strange: /)
    expect(out).toContain('allowed and not needed: 1\n- drop-column products.grams')
  })

  test('of a start that would refuse shows both, and exits with 3', async () => {
    await done('sync')
    project.write('renamed.ts', modelsText('energy: integer().range(0, 900)'))
    const { error, result } = await refused(['plan', '--startup', '--models', 'renamed.ts'])
    expect(error).toMatchObject({ code: 'CLI_REFUSED', values: { count: 1 } })
    expect(error?.message).toContain('is missing, while kcal (INTEGER not null) is no longer declared')
    expect(result).toMatchObject({ mode: 'startup', plan: { drift: [{ object: 'column products.energy' }] } })
    const shown = await project.terrace(['db', 'plan', '--startup', '--models', 'renamed.ts'])
    expect([shown.code, shown.out.includes('refused: 1'), shown.err.includes('CLI_REFUSED')]).toEqual([3, true, true])
  })

  test('changes nothing', async () => {
    await done('plan')
    expect(rows(`select count(*) as count from sqlite_schema where name = 'products'`)).toEqual([{ count: 0 }])
  })
})

describe('db sync', () => {
  test('makes what is missing, seeds, and then has nothing to do', async () => {
    expect((await done('sync')).result).toMatchObject({
      dryRun: false,
      created: ['products'],
      seeded: [{ table: 'products', rows: 2 }],
    })
    expect((await done('sync')).result).toMatchObject({ steps: [], created: [], seeded: [] })
    expect((await project.terrace(['db', 'sync'])).out).toContain('in sync: nothing to do')
  })

  test('seeds the rows of the configuration in the place of those of the model', async () => {
    project.write('terrace.config.ts', configText(project.url, `seeds: { Product: () => [{ name: 'Salt', kcal: 0 }] }`))
    await done('sync')
    expect(rows('select name from products')).toEqual([{ name: 'Salt' }])
  })

  test('--dry-run changes nothing and says what it would refuse', async () => {
    expect((await done('sync --dry-run')).result).toMatchObject({ dryRun: true, created: ['products'], refused: [] })
    expect(rows(`select count(*) as count from sqlite_schema where name = 'products'`)).toEqual([{ count: 0 }])
    await done('sync')
    project.write('renamed.ts', modelsText('energy: integer().range(0, 900)'))
    const { error, result } = await refused(['sync', '--dry-run', '--models', 'renamed.ts'])
    expect([error?.code, result?.['refused']]).toEqual([
      'CLI_REFUSED',
      [expect.objectContaining({ reason: expect.any(String) })],
    ])
  })

  test('gives up a column by its name alone, and asks nobody', async () => {
    await done('sync')
    expect((await refused(['sync', '--models', 'less.ts'])).error).toMatchObject({ code: 'STRUCTURE_DRIFT' })
    const { error } = await refused(['sync', '--models', 'less.ts', '--allow', 'drop-column'], 2)
    expect(error?.code).toBe('STRUCTURE_OPTION')
    const { result } = await refused(['sync', '--models', 'less.ts', '--seed', 'always'], 2)
    expect(result).toBeUndefined()
    const ran = await project.terrace(['db', 'sync', '--models', 'less.ts', '--allow', 'drop-column products.kcal'])
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('column products.kcal')])
    expect(rows('select name from products order by name')).toEqual([{ name: 'Bread' }, { name: 'Butter' }])
  })
})

describe('db check', () => {
  test('compares with the database where there are no revisions, and says so', async () => {
    const { error, result } = await refused(['check'])
    expect(error).toMatchObject({ code: 'CLI_DIFFERS', values: { count: 1 } })
    expect(result).toMatchObject({
      against: 'database',
      of: project.url,
      differences: ['table products: missing → 3 columns'],
    })
    await done('sync')
    expect((await done('check')).result).toMatchObject({ against: 'database', differences: [] })
    byHand('create index by_hand on products (kcal)')
    expect((await done('check')).result).toMatchObject({ differences: [] })
  })

  test('compares with the head where there are some, and says so', async () => {
    await done('revision -m first')
    expect((await done('check')).result).toMatchObject({ against: 'head', of: 'migrations/sqlite', differences: [] })
    const { error, result } = await refused(['check', '--models', 'next.ts'])
    expect(error?.remedy).toContain('terrace db revision')
    expect(result?.['differences']).toEqual([expect.stringContaining('products.grams')])
  })
})

test('a folder of revisions for another engine is none for this one', async () => {
  project.write('migrations/other/20261121_x.ts', '')
  await done('sync')
  expect((await done('check')).result).toMatchObject({ against: 'database', differences: [] })
  expect((await done('verify')).result).toMatchObject({ revisions: [], state: { sound: true } })
})

describe('db seed', () => {
  test('fills what is empty and leaves the structure and other rows alone', async () => {
    expect((await refused(['seed'])).error).toMatchObject({
      code: 'SEED_TABLE_MISSING',
      values: { tables: 'products' },
    })
    await done('revision -m first')
    await done('upgrade')
    expect((await done('seed')).result['seeded']).toEqual([{ table: 'products', rows: 2 }])
    expect((await done('seed')).result['seeded']).toEqual([])
    byHand('delete from products')
    expect((await done('seed --once')).result['seeded']).toEqual([])
    expect((await done('seed')).result['seeded']).toEqual([{ table: 'products', rows: 2 }])
  })

  test('of a row that breaks a rule fails, and inserts none', async () => {
    await done('sync')
    byHand('delete from products')
    project.write(
      'terrace.config.ts',
      configText(project.url, `seeds: { Product: [{ name: 'A', kcal: 1 }, { name: 'B', kcal: 901 }] }`),
    )
    expect((await refused(['seed'], 1)).error).toMatchObject({ code: 'SEED_INVALID' })
    expect(rows('select * from products')).toEqual([])
  })
})

describe('db revision, upgrade and downgrade', () => {
  beforeEach(async () => {
    await done('revision -m first')
    await done('upgrade')
  })

  test('nothing differs: nothing is written, and that is no failure', async () => {
    expect((await done('revision -m again')).result['written']).toBeNull()
    expect((await project.terrace(['db', 'revision', '-m', 'again'])).out).toContain('no revision was written')
    expect((await done('upgrade')).result['applied']).toEqual([])
  })

  test('--sql prints the statements and runs none', async () => {
    await done('revision --models next.ts -m second')
    const up = await project.terrace(['db', 'upgrade', '--models', 'next.ts', '--sql'])
    expect([up.code, up.out]).toEqual([0, expect.stringContaining('add column "grams"')])
    const down = await project.terrace(['db', 'downgrade', '-1', '--sql'])
    expect([down.code, down.out]).toEqual([0, expect.stringContaining('drop table "products"')])
    expect((await done('current')).result['pending']).toHaveLength(1)
  })

  test('what has rows is given up by --yes alone, and what has none without', async () => {
    await done('downgrade -1')
    await done('upgrade')
    await done('seed')
    expect((await refused(['downgrade', '-1'])).error).toMatchObject({
      code: 'CLI_UNCONFIRMED',
      values: { work: 'db downgrade', losses: 'rows of products' },
    })
    expect(rows('select count(*) as count from products')).toEqual([{ count: 2 }])
    expect((await done('downgrade -1 --yes')).result['takenBack']).toHaveLength(1)
  })

  test('a column that has values is named, and one of the default too', async () => {
    await done('seed')
    await done('revision --models next.ts -m second')
    await done('upgrade --models next.ts')
    const { error } = await refused(['downgrade', '-1', '--models', 'next.ts'])
    expect(error?.values['losses']).toBe('values of products.grams')
    await done('downgrade -1 --models next.ts --yes')
    expect(rows('select name, kcal from products order by name')).toHaveLength(2)
  })

  test('rows that a way back deletes by hand are told', async () => {
    await done('revision -m fill --empty')
    const file = String(((await done('show')).result as { readonly file: string }).file)
    const text = readFileSync(project.path(file), 'utf8').replace('down: [', `down: [{ sql: 'delete from products' },`)
    writeFileSync(project.path(file), text)
    await done('upgrade')
    expect((await refused(['downgrade', '-1'])).error?.values['losses']).toMatch(
      /^rows that \w+ deletes on its way back$/,
    )
  })

  test('a revision that there is not is a wrong word', async () => {
    for (const words of [
      ['upgrade', 'nonsense'],
      ['show', 'nonsense'],
      ['downgrade', 'nonsense'],
    ])
      expect((await refused(words, 2)).error?.code).toBe('MIGRATION_TARGET')
  })

  test('an edited revision is refused by a rule', async () => {
    const { file } = (await done('show')).result as { readonly file: string }
    writeFileSync(project.path(file), readFileSync(project.path(file), 'utf8').replace('900', '800'))
    expect((await refused(['upgrade'])).error?.code).toBe('MIGRATION_EDITED')
  })
})

describe('revisions of branches', () => {
  test('are told as heads, refused to an upgrade, joined, and then applied', async () => {
    await done('revision -m first')
    project.write('colour.ts', modelsText(`kcal: integer().range(0, 900), colour: text().nullable()`, seeded))
    project.write(
      'both.ts',
      modelsText(`kcal: integer().range(0, 900), grams: integer().default(100), colour: text().nullable()`, seeded),
    )
    const first = readdirSync(project.path('migrations/sqlite'))
    await done('revision --models next.ts -m grams')
    const grams = readdirSync(project.path('migrations/sqlite')).filter((name) => !first.includes(name))
    const aside = (from: string, to: string): void => {
      for (const name of grams) renameSync(project.path(`${from}/${name}`), project.path(`${to}/${name}`))
    }
    project.write('aside/empty', '')
    aside('migrations/sqlite', 'aside')
    await done('revision --models colour.ts -m colour')
    aside('aside', 'migrations/sqlite')

    expect((await done('heads')).result['heads']).toHaveLength(2)
    expect((await project.terrace(['db', 'heads'])).out).toContain('more than one: terrace db merge joins them')
    expect((await refused(['upgrade'])).error?.code).toBe('MIGRATION_HEADS')
    const { result } = await done('merge --models both.ts -m together')
    expect((result['written'] as { readonly parents: readonly string[] }).parents).toHaveLength(2)
    expect((await done('upgrade --models both.ts')).result['applied']).toHaveLength(4)
    expect((await done('check --models both.ts')).result['differences']).toEqual([])
  })
})

describe('a production database', () => {
  beforeEach(() => {
    project.write('terrace.config.ts', configText(project.url, 'production: true'))
  })

  test('has nothing tried out beside it: the scratch database has to be named', async () => {
    expect((await refused(['revision', '-m', 'first'])).error?.code).toBe('SCRATCH_REFUSED')
    await done(`revision -m first --scratch sqlite:${project.path('scratch.db')}`)
    expect((await done('upgrade')).result['applied']).toHaveLength(1)
  })
})

describe('copies', () => {
  beforeEach(async () => {
    await done('sync')
  })

  test('a backup is taken back by --yes where there are rows, and is then what it was', async () => {
    await done('backup')
    byHand(`delete from products where name = 'Bread'`)
    const file = backupFile()
    expect((await refused(['restore', file])).error).toMatchObject({
      code: 'CLI_UNCONFIRMED',
      values: { work: 'db restore', losses: 'rows of products' },
    })
    expect((await refused(['verify', '--against', file])).error).toMatchObject({ code: 'CLI_UNSOUND' })
    expect((await done(`restore ${file} --yes`)).result).toMatchObject({
      compared: true,
      tables: { products: { rows: 2 } },
    })
    expect((await done(`verify --against ${file}`)).result).toMatchObject({ revisions: null, state: { sound: true } })
  })

  test('a restore into a new place asks for nothing', async () => {
    await done('backup --out copies')
    const [file = ''] = readdirSync(project.path('copies')).filter((name) => name.endsWith('.db'))
    const { result } = await done(`restore copies/${file} --url sqlite:${project.path('new.db')}`)
    expect(result).toMatchObject({ tables: { products: { rows: 2 } } })
  })

  test('a file that is no backup is refused, and nothing is changed', async () => {
    project.write('backups/none.db', 'nothing')
    expect((await refused(['restore', 'backups/none.db', '--yes'])).error?.code).toBe('BACKUP_FILE')
    expect(rows('select count(*) as count from products')).toEqual([{ count: 2 }])
  })

  test('a move into what has the tables already is refused', async () => {
    const target = `sqlite:${project.path('target.db')}`
    expect((await done(`move ${target}`)).result).toMatchObject({
      from: project.url,
      to: target,
      tables: [{ table: 'products', rows: 2 }],
    })
    const again = await refused(['move', project.url, '--url', target])
    expect(again.error?.code).toBe('MOVE_TARGET_NOT_EMPTY')
  })
})

test('from a start to revisions: what was synchronised is recorded, after a comparison, and has nothing to do', async () => {
  await done('sync')
  await done('revision -m begin')
  expect((await refused(['stamp', 'head', '--url', `sqlite:${project.path('other.db')}`])).error?.code).toBe(
    'STRUCTURE_DRIFT',
  )
  expect((await done('stamp head')).result['stamped']).toMatchObject([{ description: 'begin' }])
  expect((await done('upgrade')).result['applied']).toEqual([])
  expect((await done('plan')).result).toMatchObject({ plan: { steps: [], drift: [], frozen: [] } })
  await done('revision --models next.ts -m grams')
  await done('upgrade --models next.ts')
  expect((await done('plan --models next.ts')).result).toMatchObject({ plan: { steps: [], drift: [] } })
  expect((await done('sync --models next.ts')).result).toMatchObject({ steps: [], frozen: [] })
})

test('a move that is interrupted between two batches goes on with the next run', async () => {
  await done('sync')
  byHand(`
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1500)
    insert into products (id, name, kcal) select printf('00000000-0000-7000-8000-%012d', n), 'p' || n, 1 from numbers`)
  const words = ['db', 'move', `sqlite:${project.path('target.db')}`, '--batch-rows', '1', '--json']
  const signals = new EventEmitter()
  const running = project.terrace(words, { signals })
  while (movedRows() < 10) await sleep(5)
  signals.emit('SIGINT')
  const stopped = await running
  expect([stopped.code, stopped.json().error?.code]).toEqual([130, 'CLI_INTERRUPTED'])
  expect(movedRows()).toBeLessThan(1502)
  const { result } = (await project.terrace(words)).json()
  expect(result).toMatchObject({ resumed: true, tables: [{ table: 'products', rows: 1502 }] })
})

function movedRows(): number {
  if (!existsSync(project.path('target.db'))) return 0
  const database = new Sqlite(project.path('target.db'), { readonly: true })
  try {
    const [table] = database.prepare(`select name from sqlite_schema where name = 'products'`).all()
    if (table === undefined) return 0
    return (database.prepare('select count(*) as count from products').get() as { readonly count: number }).count
  } finally {
    database.close()
  }
}

describe('db pull and db adopt', () => {
  test('models of what is there are written once, and adopted', async () => {
    byHand(
      'create table brands (id integer primary key autoincrement, name text not null); create view v as select 1 as one',
    )
    const dry = await done('pull --out pulled --dry-run')
    expect([dry.result['written'], existsSync(project.path('pulled'))]).toEqual([false, false])
    const { result } = await done('pull --out pulled')
    expect(result).toMatchObject({ out: 'pulled', written: true, tables: ['brands'] })
    expect(result['left']).toEqual([{ object: 'view v', reason: expect.any(String) }])
    expect((await refused(['pull', '--out', 'pulled'])).error?.code).toBe('CLI_FILE_EXISTS')
    await done('pull --out pulled --force')
    expect((await done('plan --models pulled/models.ts')).result).toMatchObject({ plan: { steps: [], drift: [] } })
    const { result: adopted } = await done('adopt --models pulled/models.ts')
    expect(adopted['adopted']).toContainEqual({ kind: 'table', path: 'brands' })
    expect((await refused(['adopt', 'shoes', '--models', 'pulled/models.ts'], 2)).error?.code).toBe('STRUCTURE_OPTION')
    expect((await refused(['pull', '--table', 'brand', '--out', 'more'], 2)).error?.code).toBe('PULL_TABLE')
  })
})
