import { EventEmitter } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { shopBeforeEach } from './shop-project.ts'

const shop = shopBeforeEach()

describe('copies', () => {
  beforeEach(async () => {
    await shop.done('sync')
  })

  test('a backup is taken back by --yes where there are rows, and is then what it was', async () => {
    await shop.done('backup')
    shop.byHand(`delete from products where name = 'Bread'`)
    const file = shop.backupFile()
    expect((await shop.refused(['restore', file])).error).toMatchObject({
      code: 'CLI_UNCONFIRMED',
      values: { work: 'db restore', losses: 'rows of products' },
    })
    expect((await shop.refused(['verify', '--against', file])).error).toMatchObject({ code: 'CLI_UNSOUND' })
    expect((await shop.done(`restore ${file} --yes`)).result).toMatchObject({
      compared: true,
      tables: { products: { rows: 2 } },
    })
    expect((await shop.done(`verify --against ${file}`)).result).toMatchObject({
      revisions: null,
      state: { sound: true },
    })
  })

  test('a database that is not what the models say is not sound, where no revisions say how they stand', async () => {
    expect((await shop.done('verify')).result).toMatchObject({ revisions: null, state: { sound: true } })
    const { error, result } = await shop.refused(['verify', '--models', 'next.ts'])
    expect([error?.code, error?.message]).toEqual(['CLI_UNSOUND', expect.stringContaining('products.grams')])
    expect(result).toMatchObject({ state: { sound: false, tables: { products: { rows: 2 } } } })
  })

  test('a restore into a new place asks for nothing', async () => {
    await shop.done('backup --out copies')
    const [file = ''] = readdirSync(shop.project.path('copies')).filter((name) => name.endsWith('.db'))
    const { result } = await shop.done(`restore copies/${file} --url sqlite:${shop.project.path('new.db')}`)
    expect(result).toMatchObject({ tables: { products: { rows: 2 } } })
  })

  test('a restore asks also for rows that no model can hold', async () => {
    await shop.done('backup')
    shop.byHand(`delete from products; create virtual table pages using fts5(text); insert into pages values ('one')`)
    expect((await shop.refused(['restore', shop.backupFile()])).error).toMatchObject({
      code: 'CLI_UNCONFIRMED',
      values: { losses: 'rows of pages' },
    })
  })

  test('a file that is no backup is refused, and nothing is changed', async () => {
    shop.project.write('backups/none.db', 'nothing')
    expect((await shop.refused(['restore', 'backups/none.db', '--yes'])).error?.code).toBe('BACKUP_FILE')
    expect(shop.rows('select count(*) as count from products')).toEqual([{ count: 2 }])
  })

  test('a move into what has the tables already is refused', async () => {
    const target = `sqlite:${shop.project.path('target.db')}`
    expect((await shop.done(`move ${target}`)).result).toMatchObject({
      from: shop.project.url,
      to: target,
      tables: [{ table: 'products', rows: 2 }],
    })
    const again = await shop.refused(['move', shop.project.url, '--url', target])
    expect(again.error?.code).toBe('MOVE_TARGET_NOT_EMPTY')
  })
})

test('from a start to revisions: what was synchronised is recorded, after a comparison, and has nothing to do', async () => {
  await shop.done('sync')
  await shop.done('revision -m begin')
  expect((await shop.refused(['stamp', 'head', '--url', `sqlite:${shop.project.path('other.db')}`])).error?.code).toBe(
    'STRUCTURE_DRIFT',
  )
  expect((await shop.done('stamp head')).result['stamped']).toMatchObject([{ description: 'begin' }])
  expect((await shop.done('upgrade')).result['applied']).toEqual([])
  expect((await shop.done('plan')).result).toMatchObject({ plan: { steps: [], drift: [], frozen: [] } })
  await shop.done('revision --models next.ts -m grams')
  await shop.done('upgrade --models next.ts')
  expect((await shop.done('plan --models next.ts')).result).toMatchObject({ plan: { steps: [], drift: [] } })
  expect((await shop.done('sync --models next.ts')).result).toMatchObject({ steps: [], frozen: [] })
})

test('a move that is interrupted between two batches goes on with the next run', async () => {
  await shop.done('sync')
  shop.byHand(`
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1500)
    insert into products (id, name, kcal) select printf('00000000-0000-7000-8000-%012d', n), 'p' || n, 1 from numbers`)
  const words = ['db', 'move', `sqlite:${shop.project.path('target.db')}`, '--batch-rows', '1', '--json']
  const signals = new EventEmitter()
  const running = shop.project.terrace(words, { signals })
  while (movedRows() < 10) await sleep(5)
  signals.emit('SIGINT')
  const stopped = await running
  expect([stopped.code, stopped.json().error?.code]).toEqual([130, 'CLI_INTERRUPTED'])
  expect(movedRows()).toBeLessThan(1502)
  const { result } = (await shop.project.terrace(words)).json()
  expect(result).toMatchObject({ resumed: true, tables: [{ table: 'products', rows: 1502 }] })
})

function movedRows(): number {
  if (!existsSync(shop.project.path('target.db'))) return 0
  const database = new Sqlite(shop.project.path('target.db'), { readonly: true })
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
    shop.byHand(
      'create table brands (id integer primary key autoincrement, name text not null); create view v as select 1 as one',
    )
    const dry = await shop.done('pull --out pulled --dry-run')
    expect([dry.result['written'], existsSync(shop.project.path('pulled'))]).toEqual([false, false])
    const { result } = await shop.done('pull --out pulled')
    expect(result).toMatchObject({ out: 'pulled', written: true, tables: ['brands'] })
    expect(result['left']).toEqual([{ object: 'view v', reason: expect.any(String) }])
    expect((await shop.refused(['pull', '--out', 'pulled'])).error?.code).toBe('CLI_FILE_EXISTS')
    await shop.done('pull --out pulled --force')
    expect((await shop.done('plan --models pulled/models.ts')).result).toMatchObject({ plan: { steps: [], drift: [] } })
    const { result: adopted } = await shop.done('adopt --models pulled/models.ts')
    expect(adopted['adopted']).toContainEqual({ kind: 'table', path: 'brands' })
    expect((await shop.refused(['adopt', 'shoes', '--models', 'pulled/models.ts'], 2)).error?.code).toBe(
      'STRUCTURE_OPTION',
    )
    expect((await shop.refused(['pull', '--table', 'brand', '--out', 'more'], 2)).error?.code).toBe('PULL_TABLE')
  })
})
