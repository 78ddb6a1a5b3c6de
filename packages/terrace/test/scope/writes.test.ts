import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TerraceError } from '../../src/errors/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { writeShapes, type WriteShape } from './shapes/write-shapes.ts'
import { asAnn, everyRow, fill, now, openShop, queries, type Shop } from './shop.ts'
import { erasedForAnn, shopRows, type Row, type Rows } from './shop-rows.ts'

interface Outcome {
  /** Rows given back or how many were changed; the code of a refusal. */
  readonly result: unknown
  /** Every row afterwards; null where the statement was refused. */
  readonly rows: Rows | null
}

type Outcomes = ReadonlyMap<WriteShape, Outcome>

describeEngines(
  'X1, D4: a write in a scope',
  (engine) => {
    let shop: Shop
    let full: Outcomes
    let erased: Outcomes
    let before: Rows

    beforeAll(async () => {
      shop = await openShop(engine)
      await fill(shop, erasedForAnn())
      erased = await outcomesOf(shop)
      await fill(shop, shopRows)
      before = await shop.db.session(asAnn, everyRow)
      full = await outcomesOf(shop)
    })
    afterAll(() => shop?.db.close())

    const isMissing = ({ needs }: WriteShape): boolean => needs !== undefined && !shop.db.capabilities[needs]

    test.each(writeShapes)('$title', (shape) => {
      const result = full.get(shape)?.result
      const expected = isMissing(shape) ? 'SCOPE_UNSUPPORTED' : shape.outcome
      expect(Array.isArray(result) ? result.length : result).toEqual(expected)
    })

    test.each(writeShapes)('changes no row of others, deleted or alive, and no reference to them: $title', (shape) => {
      const after = full.get(shape)?.rows ?? before
      const foreign = without(before, erasedForAnn())
      expect(common(after, foreign)).toEqual(foreign)
    })

    test.each(writeShapes)('does the same where there are no others: $title', (shape) => {
      const [here, there] = [full.get(shape), erased.get(shape)]
      expect(here?.result).toEqual(there?.result)
      expect(here?.rows && without(here.rows, without(before, erasedForAnn()))).toEqual(there?.rows)
    })

    const rowsAfter = (title: string, table: string): readonly Row[] =>
      full.get(writeShapes.find((shape) => shape.title === title) as WriteShape)?.rows?.[table] ?? []

    test('what is new belongs to the actor and is stamped', () => {
      const stamped = { deviceId: 'ann’s phone', createdAt: now, updatedAt: now, deletedAt: null }
      expect(rowsAfter('a new row', 'products').at(-1)).toMatchObject(stamped)
    })

    test('what changes is stamped once more', () => {
      const createdAt = shopRows['products']?.[0]?.['createdAt']
      expect(rowsAfter('a change by key', 'products')[0]).toMatchObject({ note: 'new', createdAt, updatedAt: now })
    })

    test('a text that ignores case is found by any case after each write', async () => {
      const found = await shop.db.session(asAnn, async (session) => {
        const db = queries(session)
        const by = (name: string) => db.selectFrom('products').select('kcal100g').where('name', '=', name).execute()
        await db.insertInto('products').values({ name: 'ŒUF', kcal100g: 991 }).execute()
        const inserted = await by('œuf')
        await db.updateTable('products').set({ name: 'Crème' }).where('name', '=', 'Œuf').execute()
        return [inserted, await by('œuf'), await by('CRÈME')]
      })
      expect(found).toEqual([[{ kcal100g: 991 }], [], [{ kcal100g: 991 }]])
    })
  },
  ['sqliteMemory', 'pglite', 'postgres', 'mysql'],
)

async function outcomesOf(shop: Shop): Promise<Outcomes> {
  const outcomes = new Map<WriteShape, Outcome>()
  for (const shape of writeShapes) outcomes.set(shape, await outcomeOf(shop, shape))
  return outcomes
}

/** The statement in a session of its own, which is undone afterwards. */
async function outcomeOf({ db }: Shop, { statement }: WriteShape): Promise<Outcome> {
  const undone = new Error('undone')
  let outcome: Outcome = { result: null, rows: null }
  try {
    await db.session(asAnn, async (session) => {
      const result = await statement(queries(session)).execute()
      outcome = { result: resultOf(result), rows: await everyRow(session) }
      throw undone
    })
  } catch (error) {
    if (error === undone) return outcome
    if (error instanceof TerraceError) return { result: error.code, rows: null }
    throw error
  }
  return outcome
}

function resultOf(result: unknown): unknown {
  const [first] = result as readonly Record<string, unknown>[]
  const changed = first?.['numUpdatedRows'] ?? first?.['numDeletedRows'] ?? first?.['numInsertedOrUpdatedRows']
  return changed === undefined ? (result as readonly object[]).toSorted(byText) : Number(changed)
}

const byText = (one: object, other: object): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)

/** The rows of `rows` that are not among `others`. */
function without(rows: Rows, others: Rows): Rows {
  return filtered(rows, (table, row) => !isAmong(others, table, row))
}

function common(rows: Rows, others: Rows): Rows {
  return filtered(rows, (table, row) => isAmong(others, table, row))
}

function filtered(rows: Rows, keep: (table: string, row: Row) => boolean): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [table, list.filter((row) => keep(table, row))]),
  )
}

function isAmong(rows: Rows, table: string, row: Row): boolean {
  return (rows[table] ?? []).some((other) => isDeepStrictEqual({ ...other }, { ...row }))
}
