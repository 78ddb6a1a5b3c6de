import { expect, test } from 'vitest'
import { moveDatabase, openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import type { MoveProgress } from '../../src/sync/index.ts'
import { freshDatabase, type EngineName, type TestDatabase } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { byHand } from './by-hand.ts'
import { fillDatabase, rowsIn } from './filled-database.ts'
import { shopModels as models, shopRows } from './shop-models.ts'

/** Also what one pair of engines shows, on each; with `npm run test:move`. */
const isLong = process.env['TERRACE_TEST_MOVE'] !== undefined
const count = 45
const deletedId = '01900000-0000-7000-9000-000000000007'
const sources: Partial<Record<EngineName, EngineName>> = {
  sqliteFile: 'mysql',
  postgres: 'sqliteFile',
  mysql: 'postgres',
}

async function between<T>(
  from: EngineName,
  to: EngineName,
  work: (from: string, to: string) => Promise<T>,
): Promise<T> {
  const databases: TestDatabase[] = [await freshDatabase(from), await freshDatabase(to)]
  try {
    return await work(databases[0]?.url ?? '', databases[1]?.url ?? '')
  } finally {
    for (const database of databases) await database.drop()
  }
}

describeEngines(
  'a database moved to',
  ({ name: to }) => {
    const source = sources[to] ?? 'sqliteFile'

    test('has rows of every owner and of the trash, numbers on, keeps its rules, and is not seeded again', async () => {
      await between(source, to, async (fromUrl, toUrl) => {
        await fillDatabase(fromUrl, models, shopRows(count))
        await byHand(
          fromUrl,
          `update "products" set "deleted_at" = "created_at", "deletion_id" = "id" where "id" = '${deletedId}'`,
        )
        const progress: MoveProgress[] = []
        const report = await moveDatabase({
          from: fromUrl,
          to: toUrl,
          models,
          batchRows: 20,
          observer: { batch: (told) => void progress.push(told) },
        })
        expect(progress.filter(({ table }) => table === 'stock').map(({ rows, of }) => `${rows} of ${of}`)).toEqual([
          `20 of ${count}`,
          `40 of ${count}`,
          `${count} of ${count}`,
        ])
        expect(report.tables.map(({ table }) => table)).toHaveLength(Object.keys(models).length)
        const rows = await rowsIn(toUrl, models)
        expect(rows).toEqual(await rowsIn(fromUrl, models))
        expect(rows['Product']?.filter(({ deletedAt }) => deletedAt !== null)).toHaveLength(1)
        await addsRows(toUrl)
      })
    })

    if (to !== 'postgres' && !isLong) return

    test('has the rows that were there when the move began, whoever writes meanwhile', async () => {
      await between(source, to, async (fromUrl, toUrl) => {
        await fillDatabase(fromUrl, models, shopRows(count))
        const before = await rowsIn(fromUrl, models)
        const writer = await openDatabase(fromUrl, { models })
        let writes: Promise<unknown> | null = null
        try {
          const batch = (): void => {
            writes ??= writer.session(unscoped('writes while rows are moved'), async (session) => {
              await new (Dao(models.Stock))(session).create({ place: 'late', item: 1, much: 1 })
              await new (Dao(models.Stock))(session).update({ place: 'north', item: 0 }, { much: 999_999 })
            })
          }
          await moveDatabase({ from: fromUrl, to: toUrl, models, batchRows: 10, observer: { batch } })
          await writes
        } finally {
          await writer.close()
        }
        expect(await rowsIn(toUrl, models)).toEqual(before)
      })
    })

    test('by two at once is moved by one of them, and the other one is told', async () => {
      await between('sqliteFile', to, async (fromUrl, toUrl) => {
        await fillDatabase(fromUrl, models, shopRows(count))
        const move = { from: fromUrl, to: toUrl, models, batchRows: 5 }
        const results = await Promise.allSettled([moveDatabase(move), moveDatabase(move)])
        const codes = results.map((result) => (result.status === 'fulfilled' ? 'moved' : codeOf(result.reason)))
        // One that comes when the other has ended finds everything done.
        expect(['moved, moved', 'MOVE_CONFLICT, moved']).toContain(codes.toSorted().join(', '))
        expect(await rowsIn(toUrl, models)).toEqual(await rowsIn(fromUrl, models))
      })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** A number behind the highest, and none that a unique rule over rows alive or a key stands against. */
async function addsRows(url: string): Promise<void> {
  const database = await openDatabase(url, { models })
  try {
    const inSession = <T>(work: Parameters<typeof database.session<T>>[1]): Promise<T> =>
      database.session(unscoped('writes after a move'), work)
    const category = await inSession((session) =>
      new (Dao(models.Category))(session).create({ label: 'new', parentId: 1 }),
    )
    expect(category.id).toBe((count - 1) * 2 + 3 + 1)
    const product = { deviceId: '01900000-0000-7000-8000-000000000001', price: null, extra: null }
    const create = (name: string): Promise<unknown> =>
      inSession((session) => new (Dao(models.Product))(session).create({ ...product, name }))
    await expect(create('grÖßE 0 ')).rejects.toMatchObject({ code: 'UNIQUE' })
    await expect(
      inSession((session) => new (Dao(models.Invoice))(session).create({ orderId: 9_999 })),
    ).rejects.toMatchObject({ code: 'REFERENCE_MISSING' })
  } finally {
    await database.close()
  }
}
