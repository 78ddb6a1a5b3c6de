import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unscoped } from '../../src/database/index.ts'
import type { Database, Scope } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { grammarRows } from './grammar/grammar-rows.ts'
import { QueryMaker } from './grammar/query-maker.ts'
import { Random } from '../../src/testing/structures/random.ts'
import { asAnn, fill, openShop, queries, treeBuilder } from './shop.ts'
import type { Shop } from './shop.ts'
import { erasedForAnn } from './shop-rows.ts'

/** Many more by `npm run test:scope`; `TERRACE_SCOPE_SEED` repeats a run or begins another. */
const count = Number(process.env['TERRACE_SCOPE_QUERIES'] ?? 80)
const firstSeed = Number(process.env['TERRACE_SCOPE_SEED'] ?? 20_260_101)

type Outcome =
  | { readonly kind: 'rows'; readonly rows: readonly unknown[] }
  | { readonly kind: 'refused'; readonly code: string; readonly what: string }

interface Found {
  readonly seed: number
  readonly guarded: Outcome
  readonly erased: Outcome
  readonly open: Outcome
}

describeEngines(
  'X1: queries made by chance give in a scope what they give, unguarded, on a copy without other owners and deleted rows',
  (engine) => {
    let full: Shop
    let copy: Shop

    beforeAll(async () => {
      full = await openShop(engine)
      copy = await openShop(engine)
      await fill(full, grammarRows())
      await fill(copy, erasedForAnn(grammarRows()))
    })
    afterAll(async () => {
      await full?.db.close()
      await copy?.db.close()
    })

    test(`${count} queries from seed ${firstSeed}: 0 differences`, { timeout: 60_000 + count * 30 }, async () => {
      const found: Found[] = []
      for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
        const guarded = await outcomeOf(full.db, asAnn, seed)
        const erased = await outcomeOf(copy.unguarded, everything, seed)
        const open = await outcomeOf(full.unguarded, everything, seed)
        found.push({ seed, guarded, erased, open })
      }
      const answered = found.filter(({ guarded }) => guarded.kind === 'rows')
      const differing = found.filter(
        ({ guarded, erased }) => guarded.kind !== 'refused' && !isDeepStrictEqual(guarded, erased),
      )
      expect(differing.slice(0, 3).map((one) => ({ ...one, sql: sqlOf(full.db, one.seed) }))).toEqual([])
      report(engine.name, found)
      // What is found at all, what the guard changes and what it refuses say whether equality proves anything.
      expect(share(found, ({ guarded }) => guarded.kind === 'refused')).toBeLessThanOrEqual(0.1)
      expect(
        share(answered, ({ guarded }) => guarded.kind === 'rows' && guarded.rows.length > 0),
      ).toBeGreaterThanOrEqual(0.55)
      expect(share(answered, ({ guarded, open }) => !isDeepStrictEqual(guarded, open))).toBeGreaterThanOrEqual(0.45)
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

const everything: Scope = unscoped('every row of this copy')

async function outcomeOf(db: Database, scope: Scope, seed: number): Promise<Outcome> {
  try {
    return await db.session(scope, async (session) => {
      const { query, isOrdered } = new QueryMaker(new Random(seed), queries(session), db.capabilities).make()
      const rows = (await query.execute()) as readonly unknown[]
      return {
        kind: 'rows',
        rows: isOrdered ? rows : rows.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1)),
      }
    })
  } catch (error) {
    if (error instanceof TerraceError)
      return {
        kind: 'refused',
        code: error.code,
        what: error.message,
      }
    throw error
  }
}

function sqlOf(db: Database, seed: number): string {
  return new QueryMaker(new Random(seed), treeBuilder, db.capabilities).make().query.compile().sql
}

function share<T>(list: readonly T[], holds: (one: T) => boolean): number {
  return list.filter(holds).length / Math.max(1, list.length)
}

function report(engine: string, found: readonly Found[]): void {
  const refusals = Map.groupBy(
    found.flatMap(({ guarded }) => (guarded.kind === 'refused' ? [`${guarded.code}: ${guarded.what}`] : [])),
    (what) => what,
  )
  const percent = (holds: (one: Found) => boolean) => `${Math.round(share(found, holds) * 1000) / 10} %`
  const lines = [
    `${engine}: ${found.length} queries, with rows ${percent(({ guarded }) => guarded.kind === 'rows' && guarded.rows.length > 0)}`,
    `changed by the guard ${percent(({ guarded, open }) => !isDeepStrictEqual(guarded, open))}`,
    `refused ${percent(({ guarded }) => guarded.kind === 'refused')}`,
  ]
  console.info([lines.join(', '), ...[...refusals].map(([what, all]) => `  ${all.length} × ${what}`)].join('\n'))
}

function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
