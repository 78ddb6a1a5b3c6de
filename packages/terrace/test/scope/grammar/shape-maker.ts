import { eb } from './making.ts'
import type { AnySelect, Condition, Demand, Shaped, Value } from './making.ts'
import type { Maker } from './maker.ts'
import type { Cell, Family, Source } from './sources.ts'
import { hasExtreme } from './value-maker.ts'
import type { Place } from './value-maker.ts'

interface Shaping {
  readonly sources: readonly Source[]
  readonly cells: readonly Cell[]
  readonly demand: Demand
}

type Named = readonly [Value, Family]

/** What a query gives of the rows that it has found. */
export function makeShape(maker: Maker, query: AnySelect, shaping: Shaping): Shaped {
  const { making } = maker
  const { demand, cells } = shaping
  if (demand.families !== undefined) {
    const place = { cells, depth: Math.min(1, demand.depth) }
    return projected(
      maker,
      query,
      demand.families.map((family): Named => [maker.values.value(family, place), family]),
    )
  }
  const way = making.choose('shape', (name) => name !== 'distinctOn' || making.capabilities.distinctOn)
  switch (way) {
    case 'plain':
      return ordered(maker, projected(maker, query, chosen(maker, shaping, 4)), shaping)
    case 'distinct':
      return { ...projected(maker, query.distinct(), chosen(maker, shaping, 3)), isClosed: true }
    case 'distinctOn':
      return distinctOn(maker, query, cells)
    case 'grouped':
      return grouped(maker, query, shaping)
    case 'counted':
      return projected(maker, query, aggregates(maker, shaping, 3))
    case 'windowed':
      return projected(maker, query, [...chosen(maker, shaping, 2), ...windows(maker, shaping)])
  }
}

function placeOf({ cells, demand }: Shaping): Place {
  return { cells, depth: Math.min(1, demand.depth) }
}

function chosen(maker: Maker, shaping: Shaping, most: number): readonly Named[] {
  const place = placeOf(shaping)
  return maker.making.random
    .some(shaping.cells, 1, most)
    .map(({ family }): Named => [maker.values.value(family, place), family])
}

function projected(maker: Maker, query: AnySelect, values: readonly Named[]): Shaped {
  const { selected, outputs } = maker.named(values)
  return { query: query.select(selected as never) as AnySelect, outputs, isClosed: false }
}

/** Sometimes sorted by what is not selected, behind which every output makes the order total. */
function ordered(maker: Maker, { query, outputs, isClosed }: Shaped, { cells, demand }: Shaping): Shaped {
  const { making } = maker
  if (!making.random.chance(0.4)) return { query, outputs, isClosed }
  const texts = cells.filter(({ family }) => family === 'text')
  const way = making.choose('order', (name) => {
    if (name === 'collated') return texts.length > 0
    return name === 'subQuery' ? demand.depth > 0 : true
  })
  const outer = { depth: Math.max(0, demand.depth - 1), outer: cells }
  const { family } = making.random.of(cells)
  if (way === 'nulls') return { query: nullsPlaced(maker, query, outputs[0]?.name ?? ''), outputs, isClosed }
  if (way === 'value')
    return { query: query.orderBy(maker.values.value(family, { cells, depth: 0 }) as never), outputs, isClosed }
  if (way === 'subQuery') return { query: query.orderBy(maker.scalar(family, outer) as never), outputs, isClosed }
  if (way === 'collated') {
    const sorted = query.orderBy(making.random.of(texts).ref, (order) => order.collate(making.collation))
    return { query: sorted, outputs, isClosed }
  }
  return { query, outputs, isClosed }
}

function nullsPlaced({ making: { random } }: Maker, query: AnySelect, name: string): AnySelect {
  const [isFirst, isDown] = [random.chance(0.5), random.chance(0.5)]
  return query.orderBy(name, (order) => {
    const directed = isDown ? order.desc() : order.asc()
    return isFirst ? directed.nullsFirst() : directed.nullsLast()
  })
}

/** The first of each, in an order that no two different rows share. */
function distinctOn(maker: Maker, query: AnySelect, cells: readonly Cell[]): Shaped {
  const { random } = maker.making
  const [first, ...others] = random.some(cells, 2, 4) as [Cell, ...Cell[]]
  const shaped = projected(
    maker,
    query.distinctOn(first.ref as never),
    [first, ...others].map(({ ref, family }): Named => [eb.ref(ref) as Value, family]),
  )
  const sorted = [first, ...others].reduce<AnySelect>((built, { ref }) => built.orderBy(ref), shaped.query)
  return { ...shaped, query: sorted, isClosed: true }
}

function grouped(maker: Maker, query: AnySelect, shaping: Shaping): Shaped {
  const { making } = maker
  const { cells, demand } = shaping
  const way = making.choose('group', (name) => name !== 'scalar' || demand.depth > 0)
  const by = making.random.some(cells, 1, 2)
  const figures = aggregates(maker, shaping, 2)
  if (way === 'column') {
    const shaped = projected(maker, query.groupBy(by.map(({ ref }) => ref)), [
      ...by.map(({ ref, family }): Named => [eb.ref(ref) as Value, family]),
      ...figures,
    ])
    // Of what ignores case only the text is grouped by, not what it is compared by.
    const compared = by.filter(({ family }) => family !== 'folded')
    return { ...shaped, query: having(maker, shaped.query, { by: compared, demand }), isClosed: true }
  }
  const { family } = making.random.of(cells)
  const outer = { depth: Math.max(0, demand.depth - 1), outer: cells }
  const value =
    way === 'scalar'
      ? (maker.scalar(family, outer) as unknown as Value)
      : maker.values.value(family, { cells, depth: 0 })
  const shaped = projected(maker, query, [[value, family], ...figures])
  // A bare value would be the position of an output.
  const isBare =
    way === 'value' && (value as { toOperationNode(): { kind: string } }).toOperationNode().kind === 'ValueNode'
  const name = shaped.outputs[0]?.name ?? ''
  const grouping = isBare ? shaped.query.groupBy(by.map(({ ref }) => ref)) : shaped.query.groupBy(name)
  // By what it takes for a constant MariaDB groups no rows to one.
  const some = way === 'scalar' ? grouping.having(eb.fn.countAll(), '>', 0) : grouping
  return { ...shaped, query: having(maker, some, { by: [], demand }), isClosed: true }
}

function having(
  maker: Maker,
  query: AnySelect,
  { by, demand }: { readonly by: readonly Cell[]; readonly demand: Demand },
): AnySelect {
  const { making } = maker
  const way = making.choose('having', (name) =>
    name === 'condition' ? by.length > 0 : name !== 'subQuery' || demand.depth > 0,
  )
  if (way === 'none') return query
  if (way === 'condition') return query.having(maker.values.condition({ cells: by, depth: 0 }))
  if (way === 'count') return query.having(eb.fn.countAll(), '>=', making.random.of([1, 1, 2]))
  // MariaDB gives a sub-query there the value of another group.
  const outer = { depth: Math.max(0, demand.depth - 1), outer: making.capabilities.fullJoin ? by : [] }
  if (making.random.chance(0.5)) return query.having(eb.exists(maker.nested(outer).query) as Condition)
  return query.having(
    eb(eb.fn.countAll() as never, making.random.of(['>=', '<=']), maker.scalar('number', outer) as never) as Condition,
  )
}

/** Over numbers of tables alone: sums of sums would grow beyond what a number holds. */
function aggregates(maker: Maker, { cells, demand }: Shaping, most: number): readonly Named[] {
  const { making } = maker
  const { random } = making
  const numbers = cells.filter(({ family, isOwn }) => family === 'number' && isOwn)
  const extremes = cells.filter(({ family }) => hasExtreme(family))
  const one = (): Named => {
    const way = making.choose('aggregate', (name) => {
      if (name === 'extreme') return extremes.length > 0
      if (name === 'computed') return numbers.length > 0 && demand.depth > 0
      if (name === 'ordered') return numbers.length > 0 && making.capabilities.fullJoin
      return name === 'sum' || name === 'average' ? numbers.length > 0 : true
    })
    const cell = random.of(cells)
    switch (way) {
      case 'countAll':
        return [eb.fn.countAll() as never, 'number']
      case 'count':
        return [eb.fn.count(cell.ref) as never, 'number']
      case 'countDistinct':
        return [eb.fn.count(cell.ref).distinct() as never, 'number']
      case 'extreme': {
        const { ref, family } = random.of(extremes)
        return [(random.chance(0.5) ? eb.fn.min(ref) : eb.fn.max(ref)) as never, family]
      }
      case 'sum':
        return [eb.fn.sum(random.of(numbers).ref) as never, 'number']
      case 'average':
        return [eb.fn.avg(random.of(numbers).ref) as never, 'float']
      case 'filtered': {
        const condition = maker.values.condition({ cells, depth: Math.min(1, demand.depth) })
        return [eb.fn.count(cell.ref).filterWhere(condition as never) as never, 'number']
      }
      case 'ordered':
        return [eb.fn.sum(random.of(numbers).ref).orderBy(cell.ref as never) as never, 'number']
      case 'computed': {
        const value = random.chance(0.5)
          ? maker.scalar('number', { depth: 0 })
          : maker.values.value('number', { cells: numbers, depth: 0 })
        return [eb.fn.max(value as never) as never, 'number']
      }
    }
  }
  return Array.from({ length: 1 + random.below(most) }, one)
}

function windows(maker: Maker, shaping: Shaping): readonly Named[] {
  return Array.from({ length: maker.making.random.of([1, 1, 2]) }, () => windowOf(maker, shaping))
}

function windowOf(maker: Maker, { cells, demand }: Shaping): Named {
  const { making } = maker
  const { random } = making
  const extremes = cells.filter(({ family }) => hasExtreme(family))
  const way = making.choose('window')
  const part = making.choose('part', (name) => name !== 'subQuery' || demand.depth > 0)
  const by =
    part === 'column'
      ? random.of(cells).ref
      : part === 'subQuery'
        ? maker.scalar('number', { depth: 0, outer: cells })
        : null
  const isTotal = way === 'number' || way === 'tile' || way === 'beside'
  const sorted = isTotal ? cells.map(({ ref }) => ref) : random.some(cells, 1, 2).map(({ ref }) => ref)
  const over = (call: unknown): Value =>
    (call as Over).over((window: never) => {
      const begun = by === null ? window : (window as Window).partitionBy(by)
      return sorted.reduce<Window>((built, ref) => built.orderBy(ref), begun as Window)
    }) as Value
  const cell = random.of(cells)
  switch (way) {
    case 'place':
      return [over(eb.fn.agg(random.of(['rank', 'dense_rank']))), 'number']
    case 'number':
      return [over(eb.fn.agg('row_number')), 'number']
    case 'share':
      return [over(eb.fn.agg(random.of(['percent_rank', 'cume_dist']))), 'float']
    case 'tile':
      return [over(eb.fn.agg('ntile', [eb.lit(3)])), 'number']
    case 'beside':
      return [over(eb.fn.agg(random.of(['lag', 'lead', 'first_value', 'last_value']), [cell.ref])), cell.family]
    case 'figure': {
      const extreme = extremes.length === 0 ? null : random.of(extremes)
      if (extreme === null || random.chance(0.4)) return [over(eb.fn.count(cell.ref)), 'number']
      return [over(random.chance(0.5) ? eb.fn.min(extreme.ref) : eb.fn.max(extreme.ref)), extreme.family]
    }
  }
}

interface Over {
  over(build: (window: never) => unknown): unknown
}

interface Window {
  partitionBy(by: unknown): Window
  orderBy(ref: string): Window
}
