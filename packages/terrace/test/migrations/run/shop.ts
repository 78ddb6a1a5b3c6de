import { dialectOf } from '../../../src/connect/dialect-of.ts'
import type { Driver } from '../../../src/database/index.ts'
import type { DataStep, MigrationHistory, MigrationStep, Revision } from '../../../src/sync/index.ts'
import type { EngineName } from '../../../src/testing/servers.ts'
import { historyOf, plannedBetween, revisionFrom, stepsFrom, type Planned } from './revisions.ts'
import { shopModels } from './shop-models.ts'

/** Not the same when it is done twice. */
const restock: DataStep = {
  data: 'restock',
  version: 1,
  run: async (rows) => {
    await rows.run('update products set stock = stock + 10')
  },
}

const unstock: DataStep = {
  data: 'unstock',
  version: 1,
  run: async (rows) => {
    await rows.run('update products set stock = stock - 10')
  },
}

/** By a key that every row has, read by the step itself. */
const fillBarcodes: DataStep = {
  data: 'fill-barcodes',
  version: 1,
  run: async (rows) => {
    const missing = await rows.all('select id from products where barcode is null')
    for (const { id } of missing) {
      await rows.run(`update products set barcode = 'B${Number(id)}', stock = stock + 1 where id = ${Number(id)}`)
    }
  },
}

export interface Shop {
  readonly planned: readonly Planned[]
  readonly first: Revision
  readonly second: Revision
  readonly third: Revision
  readonly history: MigrationHistory
}

const shops = new Map<EngineName, Promise<Shop>>()

/**
 * Four revisions of one line: two tables; a rename, a longer column and a step of rows by code; another name of a table, a step of
 * rows by code and one by a statement, and what needs them; an index outside of transactions, between two steps of rows.
 */
export function shopOn(engine: EngineName): Promise<Shop> {
  const known = shops.get(engine) ?? madeShop(engine)
  shops.set(engine, known)
  return known
}

async function madeShop(engine: EngineName): Promise<Shop> {
  const states = [shopModels.first(), shopModels.second(), shopModels.third()]
  // One connection cannot hold the lock apart from what runs outside of transactions.
  return shopFrom(await plannedBetween(engine, engine === 'pglite' ? states : [...states, shopModels.fourth()]))
}

/** The same where it was planned already, as by another process. */
export function shopFrom(planned: readonly Planned[]): Shop {
  const [one, two, three, four] = planned as [Planned, Planned, Planned, Planned | undefined]
  const first = revisionFrom(one, { revision: 'aa01', parents: [], ...stepsFrom(one) })
  const changed = stepsFrom(two)
  const second = revisionFrom(two, {
    revision: 'bb02',
    parents: ['aa01'],
    up: [...changed.up, restock],
    down: [unstock, ...changed.down],
  })
  const grown = stepsFrom(three)
  const third = revisionFrom(three, {
    revision: 'cc03',
    parents: ['bb02'],
    up: [fillBarcodes, { sql: 'update products set stock = stock + 100' }, ...grown.up],
    down: [...grown.down, { sql: 'update products set stock = stock - 101, barcode = null' }],
  })
  const fourth = four && revisionFrom(four, { revision: 'dd04', parents: ['cc03'], ...aloneSteps(four) })
  const revisions = [first, second, third, ...(fourth === undefined ? [] : [fourth])]
  return { planned, first, second, third, history: historyOf(revisions) }
}

/** An index as it is made while others write, so that it can be begun again from its beginning. */
function aloneSteps({ plan, dialect }: Planned): {
  readonly up: readonly MigrationStep[]
  readonly down: readonly MigrationStep[]
} {
  const [create = '', drop = ''] = plan.steps.flatMap(({ statements, inverse }) => [...statements, ...(inverse ?? [])])
  const concurrently = dialect === 'postgres' ? ' concurrently' : ''
  const removing = drop
    .replace('drop index', `drop index${concurrently} if exists`)
    .replace('drop key', 'drop key if exists')
  const making = create.replace('create index', `create index${concurrently}`)
  return {
    up: [restock, { sql: [removing, making], transaction: false }, { ...restock, data: 'restock-again' }],
    down: [{ ...unstock, data: 'unstock-again' }, { sql: removing, transaction: false }, unstock],
  }
}

/** Rows of the first revision. */
export const shopRows: readonly string[] = [
  `insert into products (name, label, stock) values ('Bread', 'brown', 5), ('Milk', null, 7), ('Ham', 'smoked', 0)`,
  'insert into portions (product_id, grams) values (1, 50), (1, 100), (3, 20)',
]

/** Work with the two contracts of a database. */
export async function withParts<T>(
  url: string,
  work: (parts: {
    readonly driver: Driver
    readonly schema: Awaited<ReturnType<typeof dialectOf>>['schema']
  }) => Promise<T>,
  through: (driver: Driver) => Driver = (driver) => driver,
): Promise<T> {
  const { runtime, schema } = await dialectOf(url)
  const driver = through(await runtime.open({ url, pool: {} }))
  try {
    return await work({ driver, schema })
  } finally {
    await driver.close()
  }
}
