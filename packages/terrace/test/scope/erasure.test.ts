import { afterAll, beforeAll, expect, test } from 'vitest'
import { unscoped, type Database, type Scope } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { queryShapes } from './query-shapes.ts'
import type { QueryShape } from './shapes/query-shape.ts'
import { asAnn, fill, openShop, queries, type Shop } from './shop.ts'
import { erasedForAnn, shopRows, withoutDeleted } from './shop-rows.ts'

type Results = ReadonlyMap<QueryShape, Result>
type Result = { readonly rows: readonly unknown[] } | { readonly refusal: string }

describeEngines(
  'X1, D4: a query in a scope gives what it gives, unguarded, on a copy without other owners and deleted rows',
  (engine) => {
    let shop: Shop
    let guarded: Results
    let unscopedOnes: Results
    let everything: Results
    let erased: Results
    let alive: Results

    beforeAll(async () => {
      const all = unscoped('every row of this copy')
      shop = await openShop(engine)
      await fill(shop, shopRows)
      guarded = await resultsOf(shop.db, asAnn)
      unscopedOnes = await resultsOf(shop.db, all)
      everything = await resultsOf(shop.unguarded, all)
      await fill(shop, erasedForAnn())
      erased = await resultsOf(shop.unguarded, all)
      await fill(shop, withoutDeleted())
      alive = await resultsOf(shop.unguarded, all)
    })
    afterAll(() => shop?.db.close())

    test.each(queryShapes)('$title', (shape) => {
      const result = guarded.get(shape)
      expect(result).toEqual(erased.get(shape))
      if (isMissing(shop.db, shape)) {
        expect(result).toEqual({ refusal: 'SCOPE_UNSUPPORTED' })
        return
      }
      // Empty on both sides would prove nothing, unless it is meant.
      expect(result).toEqual({ rows: shape.isEmpty === true ? [] : expect.arrayContaining([expect.anything()]) })
      // Otherwise the shape could not tell whether it was limited at all.
      if (shape.isOpen !== true) expect(result).not.toEqual(everything.get(shape))
    })

    test('every engine gives the same, of every shape that it has', () => {
      for (const other of seen) {
        for (const shape of queryShapes) {
          const [here, there] = [guarded.get(shape), other.get(shape)] as [Result, Result]
          if ('rows' in here && 'rows' in there) expect(here, shape.title).toEqual(there)
        }
      }
      seen.push(guarded)
    })

    test('D3: without a scope only deleted rows are left out, of every shape', () => {
      for (const shape of queryShapes) expect(unscopedOnes.get(shape), shape.title).toEqual(alive.get(shape))
    })
  },
  ['sqliteMemory', 'pglite', 'postgres', 'mysql'],
)

/** What the shapes gave on each engine that was tested before. */
const seen: Results[] = []

const isMissing = ({ capabilities }: Database, { needs }: QueryShape): boolean =>
  needs !== undefined && capabilities[needs] === false

async function resultsOf(db: Database, scope: Scope): Promise<Results> {
  const results = new Map<QueryShape, Result>()
  for (const shape of queryShapes) results.set(shape, await resultOf(db, scope, shape))
  return results
}

async function resultOf(db: Database, scope: Scope, { query, isOrdered }: QueryShape): Promise<Result> {
  try {
    const rows = (await db.session(scope, (session) => query(queries(session)).execute())) as readonly unknown[]
    return { rows: isOrdered === true ? rows : rows.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1)) }
  } catch (error) {
    if (error instanceof TerraceError) return { refusal: error.code }
    throw error
  }
}

function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
