import type { AliasableExpression, Expression, SelectQueryBuilder, SqlBool } from 'kysely'
import type { Capabilities } from '../../../src/database/index.ts'
import type { AnyDb, AnyEb } from '../shop.ts'
import { names, numbers } from './grammar-rows.ts'
import type { Random } from '../../../src/testing/structures/random.ts'
import { links, tables, tableSource } from './sources.ts'
import type { Cell, Family, Source } from './sources.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- any statement that can be written
type AnySelect = SelectQueryBuilder<any, any, any>

/** A query and the families of its columns `o0`, `o1`, …; `isOrdered` when its rows have one order. */
export interface MadeQuery {
  readonly query: AnySelect
  readonly families: readonly Family[]
  readonly isOrdered: boolean
}

interface Shaped {
  readonly query: AnySelect
  readonly families: readonly Family[]
}

interface Demand {
  /** How deep queries may still stand in queries. */
  readonly depth: number
  /** What an outer query lends to this one. */
  readonly outer?: readonly Cell[]
  /** The families of the columns that are wanted; default any. */
  readonly families?: readonly Family[]
}

/**
 * Queries through Kysely's builder by chance: joins of every kind to up to four tables, derived tables, lateral, nested and
 * correlated sub-queries, common table expressions (recursive, shadowing a table), set operations, groups, windows, distinct,
 * limits with a total order. The same `random` gives the same query on each database.
 */
export class QueryMaker {
  readonly #random: Random
  readonly #db: AnyDb
  readonly #capabilities: Capabilities
  #aliases = 0
  #known: Source[] = []

  constructor(random: Random, db: AnyDb, capabilities: Capabilities) {
    this.#random = random
    this.#db = db
    this.#capabilities = capabilities
  }

  make(): MadeQuery {
    const db = this.#random.chance(0.25) ? this.#withCtes() : this.#db
    const { query, families } = this.#random.chance(0.15) ? this.#setOperation(db, 2) : this.#select(db, { depth: 2 })
    return this.#limited(query, families)
  }

  /** By all its columns: rows that are equal in them are equal. */
  #limited(query: AnySelect, families: readonly Family[]): MadeQuery {
    if (!this.#random.chance(0.35)) return { query, families, isOrdered: false }
    const ordered = families.reduce<AnySelect>(
      (sorted, _family, at) => sorted.orderBy(`o${at}`, this.#random.chance(0.5) ? 'asc' : 'desc'),
      query,
    )
    const some = this.#random.chance(0.6) ? ordered.limit(1 + this.#random.below(8)) : ordered
    const limited = some !== ordered && this.#random.chance(0.3) ? some.offset(this.#random.below(3)) : some
    return { query: limited, families, isOrdered: true }
  }

  /** One or two, of which the second may read the first; a name may be a table's own. */
  #withCtes(): AnyDb {
    const first = this.#random.chance(0.25) ? this.#random.of(tables) : 'w0'
    const one = this.#random.chance(0.25) ? this.#recursive(first) : this.#plainCte(this.#db, first)
    return this.#random.chance(0.4) ? this.#plainCte(one, 'w1') : one
  }

  #plainCte(db: AnyDb, name: string): AnyDb {
    const { query, families } = this.#select(db, { depth: 1 })
    const withCte = db.with(name, () => query) as unknown as AnyDb
    this.#learn(name, families)
    return withCte
  }

  #recursive(name: string): AnyDb {
    const withCte = this.#db.withRecursive(name, (cte) =>
      cte
        .selectFrom('categories as seed')
        .where(
          this.#random.chance(0.5) ? 'seed.parentId' : 'seed.title',
          this.#random.chance(0.5) ? 'is' : 'is not',
          null,
        )
        .select(['seed.id as o0', 'seed.title as o1'])
        .union(
          cte
            .selectFrom('categories as below')
            .innerJoin(`${name} as above`, 'above.o0', 'below.parentId')
            .select(['below.id as o0', 'below.title as o1']),
        ),
    ) as unknown as AnyDb
    this.#learn(name, ['key', 'text'])
    return withCte
  }

  #learn(name: string, families: readonly Family[]): void {
    this.#known = [...this.#known.filter(({ alias }) => alias !== name), outputs(name, families)]
  }

  #setOperation(db: AnyDb, depth: number): Shaped {
    const one = this.#select(db, { depth: depth - 1 })
    const other = this.#select(this.#db, { depth: depth - 1, families: one.families }).query
    const operation = this.#random.of(['union', 'unionAll', 'intersect', 'except'] as const)
    return { query: one.query[operation](other as never) as AnySelect, families: one.families }
  }

  #select(db: AnyDb, demand: Demand): Shaped {
    const first = this.#source(demand)
    const start = db.selectFrom(first.from as never) as AnySelect
    const { query, sources } = this.#joined({ query: start, sources: [first.source] }, demand)
    const cells = sources.flatMap((source) => source.cells)
    const limited = this.#where(query, { cells, demand })
    if (demand.families !== undefined) return this.#project(limited, this.#cellsOf(cells, demand.families))
    switch (this.#random.weighted({ plain: 5, grouped: 3, counted: 1, windowed: 2, distinct: 1 })) {
      case 'plain':
        return this.#project(limited, this.#chosen(cells))
      case 'distinct':
        return this.#project(limited.distinct(), this.#chosen(cells))
      case 'grouped':
        return this.#grouped(limited, cells)
      case 'counted':
        return this.#aggregated(limited, cells, [])
      case 'windowed':
        return this.#windowed(limited, { cells, sources })
    }
  }

  /** A table, a common table expression or a query in their place. */
  #source({ depth }: Demand): { readonly from: unknown; readonly source: Source } {
    const alias = `t${this.#aliases++}`
    if (depth > 0 && this.#random.chance(0.15)) {
      const { query, families } = this.#random.chance(0.2)
        ? this.#setOperation(this.#db, depth)
        : this.#select(this.#db, { depth: depth - 1 })
      return { from: query.as(alias), source: outputs(alias, families) }
    }
    if (this.#known.length > 0 && this.#random.chance(0.5)) {
      const known = this.#random.of(this.#known)
      const cells = known.cells.map(({ ref, family }) => ({ family, ref: `${alias}.${ref.split('.')[1]}` }))
      return { from: `${known.alias} as ${alias}`, source: { alias, table: null, cells, key: null } }
    }
    const table = this.#random.of(tables.filter((name) => !this.#known.some((known) => known.alias === name)))
    return { from: `${table} as ${alias}`, source: tableSource(table, alias) }
  }

  #joined(start: Joining, demand: Demand): Joining {
    const count = this.#random.of([0, 0, 1, 1, 2, 3])
    let joining = start
    for (let at = 0; at < count; at += 1) joining = this.#join(joining, demand)
    return joining
  }

  #join({ query, sources }: Joining, demand: Demand): Joining {
    const full = this.#capabilities.fullJoin ? 1 : 0
    const kind = this.#random.weighted({
      inner: 4,
      left: 4,
      right: 1,
      full,
      cross: 1,
      lateral: this.#capabilities.lateralJoin ? 1 : 0,
    })
    if (kind === 'lateral') return this.#lateral({ query, sources }, demand)
    const { from, source } = this.#linked(sources) ?? this.#source(demand)
    const joined = { sources: [...sources, source] }
    const cells = sources.flatMap((one) => one.cells)
    const areAlike = cells.some(({ family }) => source.cells.some((cell) => cell.family === family))
    if (kind === 'cross' || !areAlike) return { ...joined, query: query.crossJoin(from as never) as AnySelect }
    const method = `${kind}Join` as 'innerJoin'
    const on = this.#on(sources, source)
    // A full join is possible only over equality.
    const more = kind !== 'full' && this.#random.chance(0.3) ? this.#comparison(source.cells) : null
    return {
      ...joined,
      query: query[method](from as never, (join) => {
        const first = (join as unknown as JoinBuilder).onRef(on[0], '=', on[1])
        return (more === null ? first : first.on((eb: AnyEb) => more(eb))) as never
      }) as AnySelect,
    }
  }

  /** A table that hangs together with one that is there. */
  #linked(sources: readonly Source[]): { readonly from: unknown; readonly source: Source } | null {
    const near = sources.flatMap(({ table }) => links.filter(({ from }) => from === table))
    const free = near.filter(({ to }) => !this.#known.some(({ alias }) => alias === to))
    if (free.length === 0 || !this.#random.chance(0.8)) return null
    const alias = `t${this.#aliases++}`
    const { to } = this.#random.of(free)
    return { from: `${to} as ${alias}`, source: tableSource(to, alias) }
  }

  /** By their reference where they have one, else by values of one family. */
  #on(sources: readonly Source[], source: Source): readonly [string, string] {
    const cells = sources.flatMap((one) => one.cells)
    const referring = links
      .filter(({ to }) => to === source.table)
      .flatMap(({ from, fromColumn, toColumn }) =>
        sources
          .filter(({ table }) => table === from)
          .map(({ alias }) => [`${alias}.${fromColumn}`, `${source.alias}.${toColumn}`] as const),
      )
    if (referring.length > 0 && this.#random.chance(0.9)) return this.#random.of(referring)
    const alike = cells.flatMap((cell) =>
      source.cells.filter(({ family }) => family === cell.family).map(({ ref }) => [cell.ref, ref] as const),
    )
    const loose = alike.filter(([ref]) => !ref.endsWith('.id'))
    return this.#random.of(loose.length > 0 ? loose : alike)
  }

  #lateral({ query, sources }: Joining, { depth }: Demand): Joining {
    const outer = sources.flatMap((source) => source.cells)
    const { query: inner, families } = this.#select(this.#db, { depth: Math.max(0, depth - 1), outer })
    const alias = `t${this.#aliases++}`
    // The two have one signature; the compiler does not see it for any database.
    const method = this.#random.of(['innerJoinLateral', 'leftJoinLateral']) as 'innerJoinLateral'
    return {
      query: query[method](
        () => inner.as(alias) as never,
        (join) => (join as unknown as JoinBuilder).onTrue() as never,
      ) as AnySelect,
      sources: [...sources, outputs(alias, families)],
    }
  }

  #where(query: AnySelect, { cells, demand }: { readonly cells: readonly Cell[]; readonly demand: Demand }): AnySelect {
    const { outer = [], depth } = demand
    const lent = this.#correlation(cells, outer)
    const start = lent === null ? query : query.whereRef(lent[0], '=', lent[1])
    const count = this.#random.of([0, 0, 1, 1, 2])
    let limited = start as AnySelect
    for (let at = 0; at < count; at += 1) {
      const condition =
        depth > 0 && this.#random.chance(0.35) ? this.#subQuery({ cells, depth }) : this.#condition(cells)
      limited = limited.where((eb: AnyEb) => condition(eb)) as AnySelect
    }
    return limited
  }

  #correlation(cells: readonly Cell[], outer: readonly Cell[]): readonly [string, string] | null {
    const alike = cells.flatMap((cell) =>
      outer.filter(({ family }) => family === cell.family).map(({ ref }) => [cell.ref, ref] as const),
    )
    return alike.length > 0 && this.#random.chance(0.8) ? this.#random.of(alike) : null
  }

  #condition(cells: readonly Cell[]): Condition {
    const one = this.#comparison(cells)
    if (this.#random.chance(0.6)) return one
    const other = this.#comparison(cells)
    return this.#random.of<Condition>([
      (eb) => eb.or([one(eb), other(eb)]),
      (eb) => eb.and([one(eb), other(eb)]),
      (eb) => eb.not(one(eb)),
    ])
  }

  #comparison(cells: readonly Cell[]): Condition {
    const { ref, family } = this.#random.of(cells)
    if (family === 'key' || this.#random.chance(0.2)) {
      const test = this.#random.chance(0.75) ? 'is not' : 'is'
      return (eb) => eb(ref, test, null)
    }
    const value = this.#random.of<string | number>(family === 'number' ? numbers : names)
    const another = this.#random.of<string | number>(family === 'number' ? numbers : names)
    const operator = this.#random.of(['=', '!=', '<=', '>=', 'in', 'not in', 'between'] as const)
    if (operator === 'between') return (eb) => eb.between(ref, value, another)
    if (operator === 'in' || operator === 'not in') return (eb) => eb(ref, operator, [value, another])
    return (eb) => eb(ref, operator, value)
  }

  #subQuery({ cells, depth }: { readonly cells: readonly Cell[]; readonly depth: number }): Condition {
    const kind = this.#random.of(['exists', 'not exists', 'in', 'not in', 'scalar'] as const)
    const cell = this.#random.of(cells)
    const { ref, family } = cell
    const isExtreme = kind === 'scalar' && (family === 'number' || family === 'text')
    if (kind === 'exists' || kind === 'not exists' || (kind === 'scalar' && !isExtreme)) {
      const { query } = this.#select(this.#db, { depth: depth - 1, outer: cells })
      return (eb) => (kind === 'not exists' ? eb.not(eb.exists(query)) : eb.exists(query))
    }
    if (kind === 'scalar') {
      const { query } = this.#scalar({ family, depth, cells })
      return (eb) => eb(ref, '=', query as never)
    }
    const { query } = this.#select(this.#db, { depth: depth - 1, outer: cells, families: [family] })
    return (eb) => eb(ref, kind, query as never)
  }

  /** The least or the greatest, so that there is one row. */
  #scalar({
    family,
    depth,
    cells,
  }: {
    readonly family: Family
    readonly depth: number
    readonly cells: readonly Cell[]
  }): Shaped {
    const { from, source } = this.#source({ depth: depth - 1 })
    const lent = this.#correlation(source.cells, cells)
    const start = this.#db.selectFrom(from as never) as AnySelect
    const limited = (lent === null ? start : start.whereRef(lent[0], '=', lent[1])) as AnySelect
    const cell = source.cells.find((other) => other.family === family)
    const least = this.#random.chance(0.5)
    const query = limited.select((eb: AnyEb) => [
      (cell === undefined ? constant(eb, family) : least ? eb.fn.min(cell.ref) : eb.fn.max(cell.ref)).as('o0'),
    ]) as AnySelect
    return { query: cell === undefined ? query.limit(1) : query, families: [family] }
  }

  #chosen(cells: readonly Cell[]): readonly Cell[] {
    return this.#random.some(cells, 1, 4)
  }

  #cellsOf(cells: readonly Cell[], families: readonly Family[]): readonly Cell[] {
    return families.map((family) => {
      const fitting = cells.filter((cell) => cell.family === family)
      return fitting.length > 0 ? this.#random.of(fitting) : { ref: '', family }
    })
  }

  #project(query: AnySelect, cells: readonly Cell[]): Shaped {
    const projected = query.select((eb: AnyEb) =>
      cells.map(({ ref, family }, at) =>
        (ref === '' ? constant(eb, family) : (eb.ref(ref) as AliasableExpression<unknown>)).as(`o${at}`),
      ),
    ) as AnySelect
    return { query: projected, families: cells.map(({ family }) => family) }
  }

  #grouped(query: AnySelect, cells: readonly Cell[]): Shaped {
    const by = this.#random.some(cells, 1, 2)
    const grouped = query.groupBy(by.map(({ ref }) => ref)) as AnySelect
    const kept = this.#random.chance(0.3)
      ? (grouped.having((eb: AnyEb) => eb.fn.countAll(), '>=', this.#random.of([1, 2])) as AnySelect)
      : grouped
    return this.#aggregated(kept, cells, by)
  }

  #aggregated(query: AnySelect, cells: readonly Cell[], by: readonly Cell[]): Shaped {
    const counted = this.#random.of(cells)
    const numeric = cells.filter(({ family }) => family === 'number')
    const texts = cells.filter(({ family }) => family === 'text')
    const extreme = [...this.#random.some(numeric, 1, 1), ...this.#random.some(texts, 1, 1)].at(0) ?? null
    const isDistinct = this.#random.chance(0.4)
    const named = this.#random.of(['min', 'max', 'sum'] as const)
    const extremeOf = ({ fn }: AnyEb, { ref, family }: Cell) => {
      if (named === 'sum' && family === 'number') return fn.sum(ref)
      return named === 'max' ? fn.max(ref) : fn.min(ref)
    }
    const aggregated = query.select((eb: AnyEb) => [
      ...by.map(({ ref }, at) => eb.ref(ref).as(`o${at}`)),
      (isDistinct ? eb.fn.count(counted.ref).distinct() : eb.fn.countAll()).as(`o${by.length}`),
      ...(extreme === null ? [] : [extremeOf(eb, extreme).as(`o${by.length + 1}`)]),
    ]) as AnySelect
    const families = [...by.map(({ family }) => family), 'number' as const]
    return { query: aggregated, families: extreme === null ? families : [...families, extreme.family] }
  }

  /** Over an order that no two rows share; without keys there is none, and the rows are projected. */
  #windowed(
    query: AnySelect,
    { cells, sources }: { readonly cells: readonly Cell[]; readonly sources: readonly Source[] },
  ): Shaped {
    const keys = sources.flatMap(({ key }) => (key === null ? [] : [key]))
    const chosen = this.#random.some(cells, 1, 2)
    if (keys.length < sources.length) return this.#project(query, chosen)
    const part = this.#random.of(cells)
    const rank = this.#random.of(['row_number', 'rank', 'dense_rank'] as const)
    const windowed = query.select((eb: AnyEb) => [
      ...chosen.map(({ ref }, at) => eb.ref(ref).as(`o${at}`)),
      eb.fn
        .agg<number>(rank)
        .over((over) =>
          keys.reduce((ordered, key) => ordered.orderBy(key as never), over.partitionBy(part.ref as never)),
        )
        .as(`o${chosen.length}`),
    ]) as AnySelect
    return { query: windowed, families: [...chosen.map(({ family }) => family), 'number'] }
  }
}

interface Joining {
  readonly query: AnySelect
  readonly sources: readonly Source[]
}

type Condition = (eb: AnyEb) => Expression<SqlBool>

interface JoinBuilder {
  onRef(left: string, operator: string, right: string): JoinBuilder
  on(condition: (eb: AnyEb) => Expression<SqlBool>): JoinBuilder
  onTrue(): JoinBuilder
}

/** Where no column of the family is at hand. A bare parameter would be text to PostgreSQL, whatever it stands for. */
function constant(eb: AnyEb, family: Family): AliasableExpression<unknown> {
  if (family === 'number') return eb.lit(1)
  return family === 'key' ? eb.lit(null) : eb.val('Apple')
}

function outputs(alias: string, families: readonly Family[]): Source {
  return { alias, table: null, cells: families.map((family, at) => ({ ref: `${alias}.o${at}`, family })), key: null }
}
