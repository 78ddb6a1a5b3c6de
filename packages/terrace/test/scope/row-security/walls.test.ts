import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unscoped, type Database, type Scope, type Session } from '../../../src/database/index.ts'
import { Random } from '../../../src/testing/structures/random.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { grammarRows } from '../grammar/grammar-rows.ts'
import { QueryMaker } from '../grammar/query-maker.ts'
import { queryShapes } from '../query-shapes.ts'
import { asAnn, fill, openShop, queries, treeBuilder, type AnyDb, type Shop } from '../shop.ts'
import { erasedForAnn, shopRows, type Rows } from '../shop-rows.ts'
import { walledShop, type WalledShop } from './engines.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { ownedByAnn } from './owned-rows.ts'
import { unguardedQueries } from './unguarded-queries.ts'

/** More by `npm run test:scope`, on both engines; `TERRACE_SCOPE_SEED` repeats a run or begins another. */
const asked = process.env['TERRACE_SCOPE_QUERIES']
const count = Number(asked ?? 24)
const firstSeed = Number(process.env['TERRACE_SCOPE_SEED'] ?? 20_260_401)

const everything: Scope = unscoped('every row of this copy')

interface Query {
  readonly title: string
  readonly isOrdered: boolean
  build(db: AnyDb): ReturnType<(typeof queryShapes)[number]['query']>
}

const shapes: readonly Query[] = queryShapes.map(({ title, isOrdered = false, query }) => ({
  title,
  isOrdered,
  build: query,
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

    const title = `${count} queries made by chance from seed ${firstSeed}: 0 differences`
    test(title, { timeout: 60_000 + count * 60 }, async () => {
      const made = Array.from({ length: count }, (_, at) => chanceQuery(firstSeed + at, walled.shop.db))
      await filled(grammarRows(), ownedByAnn(grammarRows()))
      expect(await differences(made, behindDatabase(walled.shop.db), unguardedFromAll(copy.db))).toEqual([])
      const alone = await outcomes(made, behindDatabase(walled.shop.db))
      await fill(copy, grammarRows())
      const open = await outcomes(made, unguardedFromAll(copy.db))
      await fill(copy, erasedForAnn(grammarRows()))
      expect(await differences(made, behindBoth(walled.shop.db), fromAll(copy.unguarded))).toEqual([])
      // Equality proves nothing where nothing is found, or nothing was left out.
      expect(share(alone, (one) => 'rows' in one && one.rows.length > 0)).toBeGreaterThan(0.5)
      const changed = alone.map((one, at) => !isDeepStrictEqual(one, open[at]))
      expect(share(changed, (isChanged) => isChanged)).toBeGreaterThan(0.3)
    })
  },
  asked === undefined ? ['postgres'] : ['postgres', 'pglite'],
)

type Ask = (query: Query) => Promise<Outcome>

const behindBoth =
  (db: Database): Ask =>
  ({ build, isOrdered }) =>
    outcomeOf(() => db.session(asAnn, (session) => build(queries(session)).execute()), isOrdered)

const fromAll =
  (db: Database): Ask =>
  ({ build, isOrdered }) =>
    outcomeOf(() => db.session(everything, (session) => build(queries(session)).execute()), isOrdered)

const behindDatabase =
  (db: Database, scope: Scope = asAnn): Ask =>
  ({ build, isOrdered }) =>
    outcomeOf(() => db.session(scope, (session: Session) => build(unguardedQueries(session)).execute()), isOrdered)

const unguardedFromAll = (db: Database): Ask => behindDatabase(db, everything)

function chanceQuery(seed: number, { capabilities }: Database): Query {
  const make = (db: AnyDb) => new QueryMaker(new Random(seed), db, capabilities).make()
  return { title: `seed ${seed}`, isOrdered: make(treeBuilder).isOrdered, build: (db) => make(db).query }
}

async function outcomes(all: readonly Query[], ask: Ask): Promise<readonly Outcome[]> {
  const found: Outcome[] = []
  for (const query of all) found.push(await ask(query))
  return found
}

async function differences(all: readonly Query[], one: Ask, other: Ask): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (const query of all) {
    const [here, there] = [await one(query), await other(query)]
    const isRefused = 'refusal' in here || 'refusal' in there
    if (!isRefused && !isDeepStrictEqual(here, there)) found.push({ title: query.title, here, there })
  }
  return found
}

function share<T>(list: readonly T[], holds: (one: T) => boolean): number {
  return list.filter(holds).length / Math.max(1, list.length)
}
