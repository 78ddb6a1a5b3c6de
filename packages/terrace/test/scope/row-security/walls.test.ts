import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unscoped, type Database, type Scope, type Session } from '../../../src/database/index.ts'
import { Random } from '../../../src/testing/structures/random.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { grammarRows } from '../grammar/grammar-rows.ts'
import { QueryMaker } from '../grammar/query-maker.ts'
import { queryShapes } from '../query-shapes.ts'
import { shopGraph } from '../shop-models.ts'
import { asAnn, fill, openShop, queries, type Shop } from '../shop.ts'
import { erasedForAnn, shopRows, type Rows } from '../shop-rows.ts'
import { walledShop, type WalledShop } from './engines.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { ownedByAnn } from './owned-rows.ts'
import { collation, runTree, unguardedQueries } from './unguarded-queries.ts'

/** More by `npm run test:scope`, on both engines; `TERRACE_SCOPE_SEED` repeats a run or begins another. */
const asked = process.env['TERRACE_SCOPE_QUERIES']
const count = Number(asked ?? 16)
const firstSeed = Number(process.env['TERRACE_SCOPE_SEED'] ?? 20_260_407)

const everything: Scope = unscoped('every row of this copy')

interface Query {
  readonly title: string
  readonly isOrdered: boolean
  run(session: Session, guard: 'guarded' | 'unguarded'): Promise<unknown>
}

const shapes: readonly Query[] = queryShapes.map(({ title, isOrdered = false, query }) => ({
  title,
  isOrdered,
  run: (session, guard) => query(guard === 'guarded' ? queries(session) : unguardedQueries(session)).execute(),
}))

describeEngines(
  'X1: a query sees its owner’s rows behind both walls, and behind either alone',
  (engine) => {
    let walled: WalledShop
    let copy: Shop

    beforeAll(async () => {
      walled = await walledShop(engine)
      copy = await openShop(engine)
    }, 60_000)
    afterAll(async () => {
      await walled?.close()
      await copy?.db.close()
    })

    const filled = async (rows: Rows, left: Rows): Promise<void> => {
      await fill(walled.shop, rows)
      await fill(copy, left)
    }

    test('every shape behind both walls gives what it gives on a copy without others’ and deleted rows', async () => {
      await filled(shopRows, erasedForAnn())
      expect(await differences(shapes, behindBoth(walled.shop.db), fromAll(copy.unguarded))).toEqual([])
    })

    test('every shape behind the database alone gives what it gives on a copy without others’ rows', async () => {
      await filled(shopRows, ownedByAnn(shopRows))
      expect(await differences(shapes, behindDatabase(walled.shop.db), unguardedFromAll(copy.db))).toEqual([])
    })

    test('behind the database alone, without a scope, every shape sees every row', async () => {
      await filled(shopRows, shopRows)
      expect(await differences(shapes, unguardedFromAll(walled.shop.db), unguardedFromAll(copy.db))).toEqual([])
    })

    test(
      `${count} queries made by chance from seed ${firstSeed}: 0 differences`,
      { timeout: 120_000 + count * 500 },
      async () => {
        const made = Array.from({ length: count }, (_, at) => chanceQuery(firstSeed + at, walled.shop.db))
        await filled(grammarRows(), ownedByAnn(grammarRows()))
        const alone = await outcomes(made, behindDatabase(walled.shop.db))
        expect(differing(made, alone, await outcomes(made, unguardedFromAll(copy.db)))).toEqual([])
        await fill(copy, grammarRows())
        const open = await outcomes(made, unguardedFromAll(copy.db))
        await fill(copy, erasedForAnn(grammarRows()))
        expect(await differences(made, behindBoth(walled.shop.db), fromAll(copy.unguarded))).toEqual([])
        // Equality proves nothing where nothing is found, or nothing was left out.
        expect(share(alone, (one) => 'rows' in one && one.rows.length > 0)).toBeGreaterThan(0.4)
        const changed = alone.map((one, at) => !isDeepStrictEqual(one, open[at]))
        expect(share(changed, (isChanged) => isChanged)).toBeGreaterThan(count < 100 ? 0.1 : 0.25)
      },
    )
  },
  asked === undefined ? ['postgres'] : ['postgres', 'pglite'],
)

type Ask = (query: Query) => Promise<Outcome>

const asking =
  (db: Database, scope: Scope, guard: 'guarded' | 'unguarded'): Ask =>
  ({ run, isOrdered }) =>
    outcomeOf(() => db.session(scope, (session) => run(session, guard)) as Promise<readonly unknown[]>, isOrdered)

const behindBoth = (db: Database): Ask => asking(db, asAnn, 'guarded')
const fromAll = (db: Database): Ask => asking(db, everything, 'guarded')
const behindDatabase = (db: Database): Ask => asking(db, asAnn, 'unguarded')
const unguardedFromAll = (db: Database): Ask => asking(db, everything, 'unguarded')

function chanceQuery(seed: number, { capabilities }: Database): Query {
  const random = new Random(seed)
  const tables = Object.keys(shopGraph.tables)
  const options = { random, capabilities, tables, collation, taken: new Map(), isTrash: false }
  const { query, isOrdered } = new QueryMaker(options).make()
  const node = query.toOperationNode()
  return {
    title: `seed ${seed}: ${query.compile().sql}`,
    isOrdered,
    run: (session, guard) => runTree(session, node, guard),
  }
}

async function outcomes(all: readonly Query[], ask: Ask): Promise<readonly Outcome[]> {
  const found: Outcome[] = []
  for (const query of all) found.push(await ask(query))
  return found
}

async function differences(all: readonly Query[], one: Ask, other: Ask): Promise<readonly unknown[]> {
  return differing(all, await outcomes(all, one), await outcomes(all, other))
}

function differing(all: readonly Query[], here: readonly Outcome[], there: readonly Outcome[]): readonly unknown[] {
  return all.flatMap(({ title }, at) => {
    const [one, other] = [here[at] as Outcome, there[at] as Outcome]
    const isRefused = 'refusal' in one || 'refusal' in other
    return isRefused || isDeepStrictEqual(one, other) ? [] : [{ title, one, other }]
  })
}

function share<T>(list: readonly T[], holds: (one: T) => boolean): number {
  return list.filter(holds).length / Math.max(1, list.length)
}
