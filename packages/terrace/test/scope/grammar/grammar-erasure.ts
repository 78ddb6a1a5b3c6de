import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EngineName } from '../../../src/testing/servers.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { count, joinNames, newCoverage, placeNames, selectKinds, sortNames } from './coverage.ts'
import type { Coverage, Counts } from './coverage.ts'
import { isSame, runGrammar } from './grammar-run.ts'
import type { Found } from './grammar-run.ts'
import { grammarRows } from './grammar-rows.ts'
import { openGrammarShop } from './grammar-shop.ts'
import type { GrammarShop } from './grammar-shop.ts'
import { grammarRules } from './grammar-rules.ts'

/** Many more by `npm run test:scope`; `TERRACE_SCOPE_SEED` repeats a run or begins another. */
const queries = Number(process.env['TERRACE_SCOPE_QUERIES'] ?? 2000)
const firstSeed = Number(process.env['TERRACE_SCOPE_SEED'] ?? 20_260_101)

interface Tally {
  readonly coverage: Coverage
  readonly taken: Counts
  readonly refusals: Counts
  readonly failures: Counts
  readonly differing: Found[]
  /** Seeds of answers that the engine gives only when it rewrites the query: its own mistakes. */
  readonly rewritten: number[]
  answered: number
  withRows: number
  opened: number
  changed: number
}

/** Declares the tests of one engine: a file each, so that they run beside each other. */
export function grammarErasure(engines: readonly EngineName[]): void {
  describeEngines(
    'X1: queries made by chance give in a scope what they give, unguarded, on a copy without other owners and deleted rows',
    (engine) => {
      let shop: GrammarShop
      let tally: Tally

      beforeAll(
        async () => {
          shop = await openGrammarShop(engine)
          await shop.fillAll(grammarRows())
          tally = await run(shop)
          console.info(reportOf(engine.name, tally))
        },
        120_000 + queries * 30,
      )
      afterAll(() => shop?.close())

      test(`${queries} queries from seed ${firstSeed}: 0 differences`, () => {
        const shown = tally.differing
          .slice(0, 3)
          .map(({ seed, viewer, guarded, erased, sql }) => ({ seed, viewer, guarded, erased, sql }))
        expect(shown).toEqual([])
      })

      test('an engine’s own wrong answers are next to none', () => {
        expect(tally.rewritten.length / queries).toBeLessThanOrEqual(0.0001)
      })

      test('most of them find rows, and find others without the guard', () => {
        expect(tally.withRows / tally.answered).toBeGreaterThanOrEqual(0.6)
        expect(tally.changed / tally.opened).toBeGreaterThanOrEqual(0.5)
      })

      test('few are refused, and next to none is one that the engine does not take, with or without a guard', () => {
        expect(sum(tally.refusals) / queries).toBeLessThanOrEqual(0.1)
        expect(sum(tally.failures) / queries).toBeLessThanOrEqual(0.01)
      })

      test('each kind of node, each place of a sub-query, each join of each sort of table and each way of the grammar is met', () => {
        // A thousand of a hundred thousand, and less of fewer by chance.
        const least = queries >= 50_000 ? queries / 100 : queries / 200
        expect(rare(tally.coverage.kinds, selectKinds, least)).toEqual([])
        expect(
          rare(
            tally.coverage.places,
            placeNames.filter((name) => name !== 'lateral' || shop.guarded.capabilities.lateralJoin),
            least,
          ),
        ).toEqual([])
        const joins = joinNames.filter((name) => name !== 'FullJoin' || shop.guarded.capabilities.fullJoin)
        const pairs = joins.flatMap((name) => sortNames.map((sort) => `${name} · ${sort}`))
        expect(rare(tally.coverage.joins, pairs, least / 5)).toEqual([])
        expect(
          rare(
            tally.taken,
            Object.entries(grammarRules)
              .flatMap(([rule, ways]) => Object.keys(ways).map((way) => `${rule}.${way}`))
              .filter(isWayOf(shop)),
            least / 5,
          ),
        ).toEqual([])
      })
    },
    engines,
  )
}

/** Ways that an engine does not have. */
const isWayOf =
  ({ guarded: { capabilities } }: GrammarShop) =>
  (way: string): boolean => {
    if (way === 'join.lateral') return capabilities.lateralJoin
    if (way === 'shape.distinctOn') return capabilities.distinctOn
    if (way === 'query.locked') return capabilities.rowLocks
    if (way === 'join.full' || way === 'aggregate.ordered' || way.includes('aterialized')) return capabilities.fullJoin
    return true
  }

function rare(counts: Counts, names: readonly string[], least: number): readonly string[] {
  return names.filter((name) => (counts.get(name) ?? 0) < least).map((name) => `${name}: ${counts.get(name) ?? 0}`)
}

async function run(shop: GrammarShop): Promise<Tally> {
  const tally: Tally = {
    coverage: newCoverage(),
    taken: new Map(),
    refusals: new Map(),
    failures: new Map(),
    differing: [],
    rewritten: [],
    answered: 0,
    withRows: 0,
    opened: 0,
    changed: 0,
  }
  await runGrammar(shop, {
    firstSeed,
    count: queries,
    openEvery: queries > 20_000 ? 20 : 5,
    taken: tally.taken,
    report: (found) => tell(tally, found),
  })
  return tally
}

const add = (counts: Counts, name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1)

const sum = (counts: Counts): number => [...counts.values()].reduce((total, one) => total + one, 0)

function tell(tally: Tally, found: Found): void {
  const { seed, guarded, erased, plain, open, tree } = found
  count(tree, tally.coverage)
  if (guarded.kind === 'refused')
    return void add(tally.refusals, `${guarded.code}: ${guarded.what.replace(/ \(select from \w+\)/, '')}`)
  if (!isSame(guarded, erased)) {
    if (plain !== null && isSame(plain, erased)) tally.rewritten.push(seed)
    else if (tally.differing.length < 20) tally.differing.push(found)
  }
  if (!('rows' in guarded))
    return void add(tally.failures, `${found.seed}: ${guarded.code}: ${guarded.what.slice(0, 150)}`)
  tally.answered += 1
  if (guarded.rows.length > 0) tally.withRows += 1
  if (open === null) return
  tally.opened += 1
  if (!isSame(guarded, open)) tally.changed += 1
}

function reportOf(
  engine: string,
  { coverage, taken, refusals, failures, answered, withRows, opened, changed, differing, rewritten }: Tally,
): string {
  const percent = (part: number, whole: number) => `${Math.round((part / Math.max(1, whole)) * 1000) / 10} %`
  const listed = (title: string, counts: Counts) =>
    `${title}: ${[...counts]
      .toSorted(([, one], [, other]) => one - other)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ')}`
  return [
    `${engine}: ${queries} queries from seed ${firstSeed}, ${differing.length} differences, with rows ${percent(withRows, answered)}`,
    `changed by the guard ${percent(changed, opened)} of ${opened}, refused ${percent(sum(refusals), queries)}`,
    ...(rewritten.length === 0
      ? []
      : [`answered wrongly by the engine, rightly without semijoins: ${rewritten.join(', ')}`]),
    listed('refusals', refusals),
    listed('failures', failures),
    ...(process.env['TERRACE_SCOPE_COUNTS'] === undefined
      ? []
      : [
          listed('kinds', coverage.kinds),
          listed('joins', coverage.joins),
          listed('places', coverage.places),
          listed('ways', taken),
        ]),
  ].join('\n')
}
