import { eb, outputCells } from './making.ts'
import type { AnySelect, Condition, Demand } from './making.ts'
import type { From, Maker } from './maker.ts'
import { links, tableSource } from './sources.ts'
import type { Cell, Source } from './sources.ts'

export interface Joined {
  readonly query: AnySelect
  readonly sources: readonly Source[]
}

interface JoinBuilder {
  onRef(left: string, operator: string, right: string): JoinBuilder
  on(condition: Condition): JoinBuilder
  onTrue(): JoinBuilder
}

const counts = { none: 0, one: 1, two: 2, three: 3, same: 3 } as const

/** Joins to as many as four tables. */
export function makeJoins(maker: Maker, start: Joined, demand: Demand): Joined {
  const { making } = maker
  const table = start.sources[0]?.table ?? null
  // Each level of queries multiplies what its joins give.
  const way = making.choose('joins', (name) => {
    if (name === 'same') return table !== null && demand.depth > 1
    return demand.depth > 1 || (name !== 'three' && (demand.depth > 0 || name !== 'two'))
  })
  let joined = start
  for (let at = 0; at < counts[way]; at += 1)
    joined = join(maker, joined, { demand, again: way === 'same' ? table : null })
  return joined
}

interface JoinOptions {
  readonly demand: Demand
  /** The table to join once more; null for any. */
  readonly again: string | null
}

function join(maker: Maker, { query, sources }: Joined, { demand, again }: JoinOptions): Joined {
  const { making } = maker
  const { capabilities } = making
  const table = sources[0]?.table ?? null
  const kind = making.choose('join', (name) => {
    if (name === 'full') return capabilities.fullJoin
    if (name === 'lateral') return capabilities.lateralJoin && again === null
    return name === 'cross' ? sources.length === 1 && table !== null && again === null : true
  })
  if (kind === 'lateral') return lateral(maker, { query, sources }, demand)
  const { from, source } = again === null ? joinable(maker, sources, demand) : repeated(maker, again)
  const joined = [...sources, source]
  const on = kind === 'cross' ? null : linkOf(maker, sources, source)
  // Every row with every row only of two tables: more of them would be too many.
  if (on === null && (sources.length > 1 || table === null || source.table === null)) return { query, sources }
  if (on === null) return { query: query.crossJoin(from as never) as AnySelect, sources: joined }
  const more = kind === 'full' ? null : moreOf(maker, joined, demand)
  const build = (builder: unknown): never => {
    const first = (builder as JoinBuilder).onRef(on[0], '=', on[1])
    return (more === null ? first : first.on(more)) as never
  }
  return { query: query[`${kind as 'inner'}Join`](from as never, build) as AnySelect, sources: joined }
}

/** A table that hangs together with one that is there, else anything. */
function joinable(maker: Maker, sources: readonly Source[], demand: Demand): From {
  const { making } = maker
  const isFree = (table: string): boolean =>
    making.tables.includes(table) && !making.visible.some(({ alias }) => alias === table)
  const near = sources.flatMap(({ table }) => links.filter(({ from, to }) => from === table && isFree(to)))
  if (near.length > 0 && making.random.chance(0.88)) return repeated(maker, making.random.of(near).to)
  return maker.source(
    { ...demand, depth: demand.depth - 1 },
    sources.map(({ alias }) => alias),
  )
}

function repeated({ making }: Maker, table: string): From {
  const alias = making.newAlias()
  return { from: `${table} as ${alias}`, source: tableSource(table, alias) }
}

/** By their reference where they have one, else by values of one family; null where there is none. */
function linkOf(
  { making: { random } }: Maker,
  sources: readonly Source[],
  source: Source,
): readonly [string, string] | null {
  const referring = links
    .filter(({ to }) => to === source.table)
    .flatMap(({ from, fromColumn, toColumn }) =>
      sources
        .filter(({ table }) => table === from)
        .map(({ alias }) => [`${alias}.${fromColumn}`, `${source.alias}.${toColumn}`] as const),
    )
  if (referring.length > 0 && random.chance(0.92)) return random.of(referring)
  const cells = sources.flatMap((one) => one.cells)
  const alike = cells.flatMap((cell) =>
    source.cells
      .filter((other) => other.family === cell.family && !isCoarse.has(cell.family) && isComparable(cell, other))
      .map(({ ref }) => [cell.ref, ref] as const),
  )
  // Keys of other tables are seldom equal.
  const loose = alike.filter(([ref]) => cells.find((cell) => cell.ref === ref)?.family !== 'key')
  return alike.length === 0 ? null : random.of(loose.length > 0 ? loose : alike)
}

/** So few values that nearly every row would meet every row. */
const isCoarse: ReadonlySet<string> = new Set(['boolean', 'device', 'choice'])

const isComparable = (one: Cell, other: Cell): boolean => one.family !== 'folded' || (one.isOwn && other.isOwn)

function moreOf(maker: Maker, sources: readonly Source[], { depth }: Demand): Condition | null {
  const way = maker.making.choose('on', (name) => name !== 'subQuery' || depth > 1)
  if (way === 'link') return null
  const cells = sources.flatMap((source) => source.cells)
  if (way === 'condition') return maker.values.condition({ cells, depth: 0 })
  const { query } = maker.nested({ depth: 0, outer: cells })
  return (maker.making.random.chance(0.6) ? eb.exists(query) : eb.not(eb.exists(query))) as Condition
}

function lateral(maker: Maker, { query, sources }: Joined, { depth }: Demand): Joined {
  const { making } = maker
  const outer = sources.flatMap((source) => source.cells)
  const shaped = making.within(() => maker.select(making.db, { depth: Math.max(0, depth - 1), outer }))
  const inner = making.random.chance(0.4) ? maker.limited(shaped, 'limited') : shaped.query
  const alias = making.newAlias()
  // The two have one signature; the compiler does not see it for any database.
  const method = making.random.of(['innerJoinLateral', 'leftJoinLateral']) as 'innerJoinLateral'
  return {
    query: query[method](
      () => inner.as(alias) as never,
      (builder) => (builder as unknown as JoinBuilder).onTrue() as never,
    ) as AnySelect,
    sources: [...sources, outputCells(alias, shaped.outputs)],
  }
}
