import { names, numbers } from './grammar-rows.ts'
import { ann, ben, benUser, category, food, portion, product } from '../shop-rows.ts'
import { eb } from './making.ts'
import type { AnySelect, Condition, Demand, Making, Shaped, Value } from './making.ts'
import type { Cell, Family } from './sources.ts'

/** What makes the queries that stand inside values and conditions. */
export interface QueryInside {
  /** One that sees the columns around it. */
  nested(demand: Demand): Shaped
  /** One row and one column. */
  scalar(family: Family, demand: Demand): AnySelect
}

/** Where a value or condition stands. */
export interface Place {
  readonly cells: readonly Cell[]
  readonly depth: number
  /** How many conditions this one stands in. Default none. */
  readonly level?: number
}

type Plain = string | number | bigint | boolean | Date

const plainValues: { readonly [F in Family]: readonly Plain[] } = {
  key: [product(1), category(2), food(3), portion(4), benUser],
  text: names,
  folded: names,
  number: numbers,
  big: [0n, 1n, 50n, 101n],
  decimal: ['1.50', '2.00', '12.25'],
  float: [0.5, 1.25, 9],
  boolean: [true, false],
  time: [1, 2, 3, 4].map((minute) => new Date(Date.UTC(2026, 0, 2, 3, minute, 5, 678))),
  device: [ann, ben],
  choice: ['small', 'large'],
}

const ordered: ReadonlySet<Family> = new Set(['text', 'number', 'big', 'decimal', 'float', 'time'])

/** Those of which there is a least and a greatest on every engine. */
export const hasExtreme = (family: Family): boolean => ordered.has(family) || family === 'device' || family === 'choice'

/** Values and conditions of the columns at hand. */
export class ValueMaker {
  readonly #making: Making
  readonly #queries: QueryInside

  constructor(making: Making, queries: QueryInside) {
    this.#making = making
    this.#queries = queries
  }

  literal(family: Family): Plain {
    return this.#making.random.of(plainValues[family])
  }

  /** A value of the family; without a column of it, a plain one. */
  value(family: Family, { cells, depth, level = 0 }: Place): Value {
    const { random } = this.#making
    const alike = cells.filter((cell) => cell.family === family)
    const own = alike.filter(({ isOwn }) => isOwn)
    const [first] = alike
    if (first === undefined) return this.#alone(family)
    const column = (): Value => eb.ref(random.of(alike).ref) as Value
    const isNumber = family === 'number'
    const mayCalculate = isNumber && own.length > 0 && !this.#making.isTrash
    const isText = family === 'text' || family === 'folded'
    const way = this.#making.choose('value', (name) => {
      if (name === 'case') return level < 3
      if (name === 'arithmetic' || name === 'minus' || name === 'abs') return mayCalculate
      if (name === 'text') return family === 'text' && cells.some((cell) => isTextual(cell.family))
      if (name === 'cast') return (family === 'text' || isNumber || family === 'float') && !this.#making.isTrash
      if (name === 'simpleCase') return cells.some((cell) => cell.family === 'number' || cell.family === 'choice')
      if (name === 'literal') return family === 'text' || isNumber || family === 'boolean'
      if (name === 'scalar') return depth > 0
      return name === 'nullif' ? !isText || family === 'text' : true
    })
    switch (way) {
      case 'column':
        return column()
      case 'literal':
        return eb.val(this.literal(family)) as Value
      case 'case':
        return this.#case(column, { cells, depth, level: level + 1 })
      case 'simpleCase':
        return this.#simpleCase(column, cells)
      case 'coalesce':
        return eb.fn.coalesce(column() as never, this.#instead(family, column, { cells, depth }) as never)
      case 'nullif':
        return eb.fn('nullif', [column(), random.chance(0.5) ? column() : (eb.val(this.literal(family)) as never)])
      case 'text':
        return this.#text(cells)
      case 'cast':
        return this.#cast(family, cells, column)
      case 'arithmetic':
        return this.#arithmetic(own, alike)
      case 'minus':
        return eb.neg(column() as never) as unknown as Value
      case 'abs':
        return eb.fn('abs', [column()])
      case 'scalar':
        return this.#queries.scalar(family, { depth: depth - 1, outer: cells }) as unknown as Value
    }
  }

  #instead(family: Family, column: () => Value, { cells, depth }: Place): Value {
    const { random } = this.#making
    if (depth > 0 && random.chance(0.35)) {
      const query = this.#queries.scalar(family, { depth: depth - 1, outer: cells })
      return query as unknown as Value
    }
    return random.chance(0.5) ? column() : (eb.val(this.literal(family)) as Value)
  }

  #alone(family: Family): Value {
    return plainOf(family) ?? (this.#queries.scalar(family, { depth: 0 }) as unknown as Value)
  }

  #case(column: () => Value, place: Place): Value {
    const { random } = this.#making
    const first = eb
      .case()
      .when(this.condition(place))
      .then(column() as never)
    const more = random.chance(0.4) ? first.when(this.condition(place)).then(column() as never) : first
    return (random.chance(0.7) ? more.else(column() as never).end() : more.end()) as Value
  }

  #simpleCase(column: () => Value, cells: readonly Cell[]): Value {
    const { random } = this.#making
    const by = random.of(cells.filter(({ family }) => family === 'number' || family === 'choice'))
    const first = eb.case(eb.ref(by.ref) as never).when(eb.val(this.literal(by.family)) as never)
    return first
      .then(column() as never)
      .else(column() as never)
      .end() as unknown as Value
  }

  #text(cells: readonly Cell[]): Value {
    const { random } = this.#making
    const text = eb.ref(random.of(cells.filter(({ family }) => isTextual(family))).ref)
    const name = random.of(['lower', 'upper', 'trim', 'substr', 'replace'] as const)
    if (name === 'substr' && !this.#making.isTrash) return eb.fn('substr', [text, eb.lit(1), eb.lit(3)])
    if (name === 'replace') return eb.fn('replace', [text, eb.val('a'), eb.val('b')])
    return eb.fn(name === 'substr' ? 'lower' : name, [text])
  }

  #cast(family: Family, cells: readonly Cell[], column: () => Value): Value {
    const from = cells.filter((cell) =>
      family === 'text' ? cell.family === 'number' || cell.family === 'key' : cell.family === 'number',
    )
    if (from.length === 0) return column()
    const type = family === 'text' ? 'text' : family === 'float' ? 'double precision' : 'integer'
    return eb.cast(this.#making.random.of(from).ref as never, type) as unknown as Value
  }

  /** Small enough for visible rows, too large for some that are hidden. */
  #arithmetic(own: readonly Cell[], all: readonly Cell[]): Value {
    const { random } = this.#making
    const operator = random.of(['+', '-', '*', '%'] as const)
    const left = random.of(operator === '*' ? own : all).ref
    const right = random.chance(0.5)
      ? eb.ref(random.of(operator === '*' ? own : all).ref)
      : eb.val(random.of([2, 3, 7]))
    if (operator === '%') return eb(left, '%', eb.val(7)) as unknown as Value
    const once = eb(left, operator, right as never)
    return (operator === '*' && random.chance(0.4)
      ? eb(once, '*', eb.ref(random.of(own).ref))
      : once) as unknown as Value
  }

  condition(place: Place): Condition {
    const { random } = this.#making
    const { cells, depth, level = 0 } = place
    const inner = { ...place, level: level + 1 }
    const comparable = cells.filter(({ family, isOwn }) => family !== 'folded' || isOwn)
    const lists = comparable.filter(({ family }) => family !== 'folded')
    const way = this.#making.choose('condition', (name) => {
      if (isNesting.has(name)) return depth > 0 && (name === 'exists' || name === 'notExists' || lists.length > 0)
      if (name === 'isTrue') return cells.some(({ family }) => family === 'boolean')
      if (name === 'tuples') return lists.length > 1
      if (name === 'between') return lists.some(({ family }) => ordered.has(family))
      if (name === 'and' || name === 'or' || name === 'not' || name === 'parens') return level < 3
      if (name === 'isNull') return true
      return lists.length > 0
    })
    switch (way) {
      case 'compare':
      case 'isNull':
      case 'isTrue':
      case 'between':
        return this.#plain(way, way === 'compare' ? comparable : cells)
      case 'columns':
        return this.#columns(comparable)
      case 'inList':
      case 'inValues':
        return this.#list(way, lists)
      case 'tuples':
        return this.#tuples(lists)
      case 'distinctFrom': {
        const { ref, family } = random.of(lists)
        const operator = random.chance(0.5) ? 'is distinct from' : 'is not distinct from'
        return eb(ref, operator, eb.val(this.literal(family)) as never) as Condition
      }
      case 'computed': {
        const { family } = random.of(lists)
        return eb(
          this.value(family, inner) as never,
          random.chance(0.8) ? '!=' : '=',
          this.literal(family) as never,
        ) as Condition
      }
      case 'and':
        return eb.and([this.condition(inner), this.condition(inner)])
      case 'or':
        return eb.or([this.condition(inner), this.condition(inner)])
      case 'not':
        return eb.not(this.condition(inner))
      case 'parens':
        return eb.parens(this.condition(inner) as never) as unknown as Condition
      case 'exists':
      case 'notExists':
      case 'inQuery':
      case 'tupleInQuery':
      case 'scalar':
        return this.#nested(way, lists, place)
    }
  }

  #plain(way: 'compare' | 'isNull' | 'isTrue' | 'between', cells: readonly Cell[]): Condition {
    const { random } = this.#making
    if (way === 'isTrue') {
      const { ref } = random.of(cells.filter(({ family }) => family === 'boolean'))
      return eb(ref, random.chance(0.5) ? 'is' : 'is not', random.chance(0.5)) as Condition
    }
    if (way === 'isNull') return eb(random.of(cells).ref, random.chance(0.8) ? 'is not' : 'is', null) as Condition
    if (way === 'between') {
      const { ref, family } = random.of(cells.filter((cell) => ordered.has(cell.family)))
      return eb.between(ref, this.literal(family) as never, this.literal(family) as never) as Condition
    }
    const { ref, family } = random.of(cells)
    const operators = ordered.has(family)
      ? (['=', '!=', '<=', '>=', '>=', '>', '!='] as const)
      : (['=', '!=', '!='] as const)
    return eb(ref, random.of(operators), this.literal(family) as never) as Condition
  }

  #columns(cells: readonly Cell[]): Condition {
    const { random } = this.#making
    const one = random.of(cells)
    const other = random.of(cells.filter(({ family }) => family === one.family))
    return eb(one.ref, random.chance(0.5) ? '=' : '!=', eb.ref(other.ref)) as Condition
  }

  #list(way: 'inList' | 'inValues', cells: readonly Cell[]): Condition {
    const { random } = this.#making
    const { ref, family } = random.of(cells)
    const operator = random.chance(0.4) ? 'in' : 'not in'
    if (way === 'inValues') {
      const other = random.of(cells.filter((cell) => cell.family === family))
      return eb(ref, operator, [eb.ref(other.ref), eb.val(this.literal(family))] as never) as Condition
    }
    const values = Array.from({ length: random.of([0, 1, 2, 3, 3]) }, () => this.literal(family))
    return eb(ref, operator, values as never) as Condition
  }

  #tuples(cells: readonly Cell[]): Condition {
    const { random } = this.#making
    const [one, other] = random.some(cells, 2, 2) as [Cell, Cell]
    const pair = () => eb.tuple(this.literal(one.family) as never, this.literal(other.family) as never)
    const left = eb.refTuple(one.ref as never, other.ref as never)
    if (random.chance(0.3)) return eb(left, '!=', pair() as never) as unknown as Condition
    return eb(
      left,
      random.chance(0.5) ? 'in' : 'not in',
      (random.chance(0.5) ? [pair()] : [pair(), pair()]) as never,
    ) as unknown as Condition
  }

  #nested(
    way: 'exists' | 'notExists' | 'inQuery' | 'tupleInQuery' | 'scalar',
    lists: readonly Cell[],
    { cells, depth }: Place,
  ): Condition {
    const { random } = this.#making
    const demand = { depth: depth - 1, outer: cells }
    if (way === 'exists') return eb.exists(this.#queries.nested(demand).query) as Condition
    if (way === 'notExists') return eb.not(eb.exists(this.#queries.nested(demand).query)) as Condition
    const { ref, family } = random.of(lists)
    if (way === 'scalar')
      return eb(ref, random.chance(0.5) ? '=' : '!=', this.#queries.scalar(family, demand) as never) as Condition
    if (way === 'inQuery') {
      const { query } = this.#queries.nested({ ...demand, families: [family] })
      return eb(ref, random.chance(0.5) ? 'in' : 'not in', query as never) as Condition
    }
    const other = random.of(lists)
    const { query } = this.#queries.nested({ ...demand, families: [family, other.family] })
    return eb(eb.refTuple(ref as never, other.ref as never), 'in', query as never) as unknown as Condition
  }
}

const isNesting: ReadonlySet<string> = new Set(['exists', 'notExists', 'inQuery', 'tupleInQuery', 'scalar'])

const isTextual = (family: Family): boolean => family === 'text' || family === 'folded'

/** Where no column of the family is at hand. A bare NULL would be text to PostgreSQL, whatever it stands for. */
export function plainOf(family: Family): Value | null {
  if (family === 'number') return eb.lit(1) as Value
  if (family === 'boolean') return eb.val(true) as Value
  if (family === 'float') return eb.val(0.5) as Value
  return family === 'text' ? (eb.val('Apple') as Value) : null
}
