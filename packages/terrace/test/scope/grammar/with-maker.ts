import { eb, outputCells } from './making.ts'
import type { AnySelect, Given, Making } from './making.ts'
import type { Maker } from './maker.ts'

type Db = Making['db']

/** Common table expressions in front of a query; they are visible from then on. */
export function makeWith(maker: Maker, depth: number): { readonly db: Db } {
  const { making } = maker
  const way = making.choose('with', (name) => name !== 'recursive' || making.tables.includes('categories'))
  if (way === 'none') return { db: making.db }
  if (way === 'recursive') return { db: recursive(maker) }
  const one = plain(maker, making.db, depth)
  return { db: way === 'two' ? plain(maker, one, depth) : one }
}

function nameOf({ making }: Maker): string {
  const way = making.choose('cteName')
  const free = making.tables.filter((table) => !making.visible.some(({ alias }) => alias === table))
  return way === 'table' && free.length > 0 ? making.random.of(free) : making.newAlias()
}

function plain(maker: Maker, db: Db, depth: number): Db {
  const { making } = maker
  const shaped = maker.select(making.db, { depth: depth - 1 })
  const query = making.random.chance(0.15) ? maker.limited(shaped, 'limited') : shaped.query
  const name = nameOf(maker)
  // No engine but PostgreSQL and SQLite knows the word; a full join tells them from the third.
  const storage = making.choose('cteStorage', (way) => way === 'plain' || making.capabilities.fullJoin)
  const made =
    storage === 'plain'
      ? db.with(name, () => query)
      : db.with(
          (cte) => (storage === 'materialized' ? cte(name).materialized() : cte(name).notMaterialized()),
          () => query,
        )
  learn(maker, name, shaped.outputs)
  return made as unknown as Db
}

function learn({ making }: Maker, name: string, outputs: readonly Given[]): void {
  making.visible = [...making.visible.filter(({ alias }) => alias !== name), outputCells(name, outputs)]
}

/** Categories and those below them; the query that reads itself sees no shadow of the table it starts from. */
function recursive(maker: Maker): Db {
  const { making } = maker
  const { random, db } = making
  const isHidden = (table: string) => making.visible.some(({ alias }) => alias === table)
  const taken = nameOf(maker)
  const name =
    taken === 'categories' || taken === 'products' || isHidden('categories') || isHidden('products')
      ? making.newAlias()
      : taken
  if (isHidden('categories') || isHidden('products')) return db
  const way = making.choose('recursiveStep', (step) => step !== 'joined' || making.tables.includes('products'))
  const [seed, below, above] = ['seed', 'below', 'above']
  const outputs: Given[] = [
    { name: making.newName(), family: 'key' },
    { name: making.newName(), family: 'text' },
  ]
  const [key, title] = outputs.map((output) => output.name) as [string, string]
  const depth = making.newName()
  const isCounted = way === 'counted'
  const start = (db.selectFrom(`categories as ${seed}`) as AnySelect)
    .where(random.chance(0.5) ? `${seed}.parentId` : `${seed}.title`, random.chance(0.6) ? 'is' : 'is not', null)
    .select([`${seed}.id as ${key}`, `${seed}.title as ${title}`])
  const step = (db.selectFrom(`categories as ${below}`) as AnySelect)
    .innerJoin(`${name} as ${above}`, `${above}.${key}`, `${below}.parentId`)
    .select([`${below}.id as ${key}`, `${below}.title as ${title}`])
  const joined = way === 'joined' ? step.innerJoin('products as p', 'p.categoryId', `${below}.id`) : step
  const made = db.withRecursive(name, () =>
    isCounted
      ? start
          .select(eb.cast(eb.lit(0), 'integer').as(depth))
          .unionAll(step.select(eb(`${above}.${depth}`, '+', 1).as(depth)).where(`${above}.${depth}`, '<', 3) as never)
      : start.union(joined as never),
  )
  learn(maker, name, isCounted ? [...outputs, { name: depth, family: 'number' }] : outputs)
  return made as unknown as Db
}
