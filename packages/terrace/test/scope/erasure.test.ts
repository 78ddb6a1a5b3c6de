import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unscoped, type Database, type Scope, type Session } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { knownRows } from './known-rows.ts'
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
      const refused = { refusal: 'SCOPE_UNSUPPORTED' }
      expect(guarded.get(shape)).toEqual(isMissing(shop.db, shape) ? refused : erased.get(shape))
    })

    test.each(Object.entries(knownRows))('gives the rows that were worked out by hand: %s', (title, rows) => {
      const shape = queryShapes.find((other) => other.title === title) as QueryShape
      expect(guarded.get(shape)).toEqual({ rows })
    })

    test('a whole number beyond what a number holds is refused, not rounded', async () => {
      const sum = (session: Session) =>
        queries(session)
          .selectFrom('foods')
          .select((eb) => eb('kcal100g', '*', 9_007_199_254_740_991).as('much'))
          .execute()
      await expect(shop.db.session(asAnn, sum)).rejects.toMatchObject({ code: 'SCOPE_UNSAFE_NUMBER' })
    })

    test('each shape finds rows, unless it is meant to find none, so that equality proves something', () => {
      const found = queryShapes.filter((shape) => !isMissing(shop.db, shape))
      expect(found.filter((shape) => isEmpty(guarded.get(shape)) !== (shape.isEmpty === true))).toEqual([])
    })

    test('each shape would find others unguarded, unless everybody sees all that it reads', () => {
      const limited = queryShapes.filter((shape) => shape.isOpen !== true && !isMissing(shop.db, shape))
      expect(limited.filter((shape) => isDeepStrictEqual(guarded.get(shape), everything.get(shape)))).toEqual([])
    })

    test('every engine gives the same, of every shape that both have', () => {
      for (const other of seen) expect(differences(guarded, other)).toEqual([])
      seen.push(guarded)
    })

    test('D3: without a scope only deleted rows are left out, of every shape', () => {
      expect(differences(unscopedOnes, alive)).toEqual([])
    })
  },
  ['sqliteMemory', 'pglite', 'postgres', 'mysql'],
)

/** What the shapes gave on each engine that was tested before. */
const seen: Results[] = []

const isEmpty = (result: Result | undefined): boolean =>
  result !== undefined && 'rows' in result && result.rows.length === 0

/** Titles of the shapes that gave rows on both sides, and not the same. */
function differences(here: Results, there: Results): readonly string[] {
  const differing = queryShapes.filter((shape) => {
    const [one, other] = [here.get(shape), there.get(shape)]
    return (
      one !== undefined && other !== undefined && 'rows' in one && 'rows' in other && !isDeepStrictEqual(one, other)
    )
  })
  return differing.map(({ title }) => title)
}

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
