import { eb, Making, outputCells } from './making.ts'
import type { AnySelect, Condition, Demand, Given, MakingOptions, Shaped, Value } from './making.ts'
import { makeJoins } from './join-maker.ts'
import type { Joined } from './join-maker.ts'
import type { From, Maker } from './maker.ts'
import { makeShape } from './shape-maker.ts'
import { tableSource } from './sources.ts'
import type { Cell, Family } from './sources.ts'
import { hasExtreme, plainOf, ValueMaker } from './value-maker.ts'
import { makeWith } from './with-maker.ts'

/** A query, and whether its rows have one order. */
export interface MadeQuery {
  readonly query: AnySelect
  readonly isOrdered: boolean
}

/** Queries through Kysely's builder by chance, as GRAMMAR.md has them. The same `random` gives the same query. */
export class QueryMaker implements Maker {
  readonly making: Making
  readonly values: ValueMaker

  constructor(options: MakingOptions) {
    this.making = new Making(options)
    this.values = new ValueMaker(this.making, this)
  }

  make(): MadeQuery {
    const { making } = this
    const way = making.choose('query', (name) => name !== 'locked' || making.capabilities.rowLocks)
    if (way === 'locked') return this.#locked()
    const start = makeWith(this, 2)
    if (way === 'star') return this.#star(start.db)
    const shaped = way === 'combined' ? this.combined(start.db, { depth: 2 }) : this.select(start.db, { depth: 3 })
    return this.#ended(shaped)
  }

  #locked(): MadeQuery {
    const { random, tables, db } = this.making
    const { cells, alias, table } = tableSource(random.of(tables), 't0')
    const start = db.selectFrom(`${table} as ${alias}`) as AnySelect
    const limited = random.chance(0.6) ? start.where(this.values.condition({ cells, depth: 0 })) : start
    const query = limited.select(random.some(cells, 1, 3).map(({ ref }) => ref))
    return { query: random.chance(0.5) ? query.forUpdate() : query.forShare(), isOrdered: false }
  }

  #star(db: Making['db']): MadeQuery {
    const { from, source } = this.source({ depth: 2 })
    const start = db.selectFrom(from as never) as AnySelect
    const limited = this.making.random.chance(0.6)
      ? start.where(this.values.condition({ cells: source.cells, depth: 1 }))
      : start
    const outputs = source.cells.map(({ ref, family }) => ({ name: ref.slice(ref.indexOf('.') + 1), family }))
    return this.#ended({ query: limited.selectAll(source.alias), outputs, isClosed: true })
  }

  #ended(shaped: Shaped): MadeQuery {
    const way = this.making.choose('ending')
    if (way === 'none') return { query: shaped.query, isOrdered: false }
    // MariaDB skips too little of distinct rows that it takes for one.
    const isSkipped = way === 'offset' && (!shaped.isClosed || this.making.capabilities.fullJoin)
    return { query: this.limited(shaped, way === 'offset' && !isSkipped ? 'limited' : way), isOrdered: true }
  }

  /** By all its columns: rows that are equal in them are equal. */
  limited(
    { query, outputs }: Pick<Shaped, 'query' | 'outputs'>,
    way: 'ordered' | 'limited' | 'offset' | 'fetch',
  ): AnySelect {
    const { random } = this.making
    const ordered = outputs.reduce<AnySelect>(
      (sorted, { name }) => sorted.orderBy(name, random.chance(0.5) ? 'asc' : 'desc'),
      query,
    )
    if (way === 'ordered') return ordered
    const count = 1 + random.below(9)
    if (way === 'fetch') return ordered.fetch(count)
    const some = ordered.limit(count)
    return way === 'offset' ? some.offset(random.below(3)) : some
  }

  combined(db: Making['db'], { depth, outer = [] }: Demand): Shaped {
    const { making } = this
    const first = this.select(db, { depth: depth - 1, outer })
    const families = first.outputs.map(({ family }) => family)
    let { query } = first
    const count = making.random.of([1, 1, 2, 3])
    for (let at = 0; at < count; at += 1) {
      const other = making.within(() => this.select(making.db, { depth: depth - 1, outer, families })).query
      query = query[making.choose('setOperator')](other as never) as AnySelect
    }
    return { query, outputs: first.outputs, isClosed: true }
  }

  /** As it stands inside a value or condition, with common table expressions of its own at times. */
  nested(demand: Demand): Shaped {
    return this.making.within(() => {
      const depth = Math.max(0, demand.depth)
      const { db } = depth > 0 && this.making.random.chance(0.12) ? makeWith(this, 1) : this.making
      return this.select(db, { ...demand, depth })
    })
  }

  scalar(family: Family, { depth, outer = [] }: Demand): AnySelect {
    return this.making.within(() => {
      const { random, db } = this.making
      const { from, source } = this.#sourceWith(family, { depth: Math.max(0, depth) })
      const start = db.selectFrom(from as never) as AnySelect
      const lent = this.#correlation(source.cells, outer)
      const limited = lent === null ? start : start.where(eb(lent[0], '=', eb.ref(lent[1])) as Condition)
      const cells = source.cells.filter((cell) => cell.family === family)
      const name = this.making.newName()
      if (family === 'number' && random.chance(0.3)) return limited.select(eb.fn.countAll().as(name))
      const [first] = cells
      if (first !== undefined && hasExtreme(family))
        return limited.select((random.chance(0.5) ? eb.fn.min(first.ref) : eb.fn.max(first.ref)).as(name))
      const value = first === undefined ? (plainOf(family) ?? (eb.lit(null) as Value)) : (eb.ref(first.ref) as Value)
      const ordered = first === undefined ? limited : limited.orderBy(first.ref)
      return ordered.select(value.as(name)).limit(1)
    })
  }

  /** Anything that has a column of the family, else a table that has. */
  #sourceWith(family: Family, demand: Demand): From {
    const { making } = this
    const has = ({ source }: From): boolean => source.cells.some((cell) => cell.family === family)
    const any = this.source(demand)
    if (has(any)) return any
    const tables = making.tables
      .filter((table) => !making.visible.some(({ alias }) => alias === table))
      .map((table) => tableSource(table, making.newAlias()))
      .map((source) => ({ from: `${source.table ?? ''} as ${source.alias}`, source }))
      .filter(has)
    return tables.length === 0 ? any : making.random.of(tables)
  }

  select(db: Making['db'], demand: Demand): Shaped {
    const first = this.source(demand)
    const start: Joined = { query: db.selectFrom(first.from as never) as AnySelect, sources: [first.source] }
    const { query, sources } = makeJoins(this, start, demand)
    const cells = sources.flatMap((source) => source.cells)
    const limited = this.#where(query, cells, demand)
    return makeShape(this, limited, { sources, cells, demand })
  }

  /** A table, a common table expression or a query in their place; `taken`: names that are in the FROM already. */
  source({ depth, outer = [] }: Demand, taken: readonly string[] = []): From {
    const { making } = this
    const { random, visible } = making
    const hidden = new Set(visible.map(({ alias }) => alias))
    const tables = making.tables.filter((table) => !hidden.has(table))
    const bare = tables.filter(
      (table) => !taken.includes(table) && !outer.some(({ ref }) => ref.startsWith(`${table}.`)),
    )
    const way = making.choose('source', (name) => {
      if (name === 'derived' || name === 'derivedUnion') return depth > 0
      if (name === 'cte') return visible.length > 0
      return name === 'bare' ? bare.length > 0 : tables.length > 0
    })
    if (way === 'bare') {
      const table = random.of(bare)
      return { from: table, source: tableSource(table, table) }
    }
    const alias = making.newAlias()
    if (way === 'table') {
      const table = random.of(tables)
      return { from: `${table} as ${alias}`, source: tableSource(table, alias) }
    }
    if (way === 'cte') {
      const known = random.of(visible)
      const cells = known.cells.map((cell) => ({ ...cell, ref: `${alias}.${cell.ref.slice(known.alias.length + 1)}` }))
      return { from: `${known.alias} as ${alias}`, source: { alias, table: null, cells } }
    }
    return this.#derived(way, alias, depth)
  }

  #derived(way: 'derived' | 'derivedUnion', alias: string, depth: number): From {
    const { making } = this
    const shaped = making.within(() =>
      way === 'derivedUnion' ? this.combined(making.db, { depth: depth - 1 }) : this.nested({ depth: depth - 1 }),
    )
    const query = making.random.chance(0.2) ? this.limited(shaped, 'limited') : shaped.query
    return { from: query.as(alias), source: outputCells(alias, shaped.outputs) }
  }

  #where(query: AnySelect, cells: readonly Cell[], { outer = [], depth }: Demand): AnySelect {
    const { random } = this.making
    const lent = this.#correlation(cells, outer)
    const start = lent === null ? query : query.where(eb(lent[0], '=', eb.ref(lent[1])) as Condition)
    const around = random.chance(0.15) ? [...cells, ...outer] : cells
    const count = random.of(depth > 1 ? [0, 0, 0, 1, 1] : [0, 0, 0, 0, 0, 1])
    let limited = start
    for (let at = 0; at < count; at += 1)
      limited = limited.where(this.values.condition({ cells: around, depth: Math.min(depth, 2) }))
    return limited
  }

  #correlation(cells: readonly Cell[], outer: readonly Cell[]): readonly [string, string] | null {
    const alike = cells.flatMap((cell) =>
      outer
        .filter(({ family, isOwn }) => family === cell.family && (family !== 'folded' || (isOwn && cell.isOwn)))
        .map(({ ref }) => [cell.ref, ref] as const),
    )
    return alike.length > 0 && this.making.random.chance(0.75) ? this.making.random.of(alike) : null
  }

  /** Values under names of their own. */
  named(values: readonly (readonly [Value, Family])[]): {
    readonly selected: readonly unknown[]
    readonly outputs: readonly Given[]
  } {
    const outputs = values.map(([, family]) => ({ name: this.making.newName(), family }))
    return { selected: values.map(([value], at) => value.as(outputs[at]?.name ?? '')), outputs }
  }
}
