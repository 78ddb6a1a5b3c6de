import { canonicalValue, type ColumnFact, type ColumnKind } from '../../src/model/index.ts'

/** A row of the in-memory model: what the databases must agree with. */
export interface KnownRow {
  readonly id: number
  /** In its one spelling; null is NULL. */
  readonly value: unknown
}

export type Operator = 'equals' | 'not' | 'gt' | 'gte' | 'lt' | 'lte'
export type Found = 'contains' | 'startsWith'

type Order = (one: never, other: never) => number

const byNumber = (one: number | bigint, other: number | bigint): number => (one < other ? -1 : Number(one > other))

/** UTF-8 keeps the order of code points, which UTF-16, and so `<`, does not beyond U+FFFF. */
const byCodePoint = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))

const byBytes = (one: Uint8Array, other: Uint8Array): number => Buffer.compare(one, other)

const byInstant = (one: Date, other: Date): number => byNumber(one.getTime(), other.getTime())

/** Canonical decimals of one column have the same number of digits after the point. */
const byDecimal = (one: string, other: string): number => byNumber(scaled(one), scaled(other))

const scaled = (decimal: string): bigint => BigInt(decimal.replace('.', ''))

const orders: Partial<Record<ColumnKind, Order>> = {
  uuid: byCodePoint,
  text: byCodePoint,
  integer: byNumber,
  smallint: byNumber,
  bigint: byNumber,
  identity: byNumber,
  decimal: byDecimal,
  float: byNumber,
  boolean: (one: boolean, other: boolean) => Number(one) - Number(other),
  date: byCodePoint,
  time: byCodePoint,
  bytes: byBytes,
  oneOf: byCodePoint,
}

/** One column's rows in memory, and what a database must answer about them. */
export class ValueArbiter {
  readonly rows: readonly KnownRow[]
  readonly #order: Order | null

  constructor({ type }: ColumnFact, values: readonly unknown[]) {
    this.rows = values.map((value, index) => ({ id: index + 1, value: canonicalValue({ type }, value) }))
    const instants = type.kind === 'timestamp' && type.precision === 3 ? byInstant : byCodePoint
    this.#order = type.kind === 'timestamp' ? instants : (orders[type.kind] ?? null)
  }

  /** False for json and arrays, which are not compared at all. */
  get isComparable(): boolean {
    return this.#order !== null
  }

  /** Ids by value, NULL first ascending and last descending; equal values by id. */
  sorted(direction: 'asc' | 'desc'): readonly number[] {
    const sign = direction === 'asc' ? 1 : -1
    return this.rows
      .toSorted((one, other) => sign * this.#compare(one.value, other.value) || one.id - other.id)
      .map(({ id }) => id)
  }

  /** Ids of the rows for which `value operator probe` is true: never where the value is NULL. */
  matching(operator: Operator, probe: unknown): readonly number[] {
    return this.#idsWhere((value) => holds[operator](this.#compare(value, probe)))
  }

  /** A value that is null is in no list and not outside of one either, but for the empty list, outside of which is all. */
  within(probes: readonly unknown[], isNegated = false): readonly number[] {
    if (probes.length === 0) return isNegated ? this.rows.map(({ id }) => id) : []
    return this.#idsWhere((value) => probes.some((probe) => this.#compare(value, probe) === 0) !== isNegated)
  }

  finding(found: Found, part: string): readonly number[] {
    return this.#idsWhere((value) =>
      found === 'contains' ? String(value).includes(part) : String(value).startsWith(part),
    )
  }

  withNull(isNull: boolean): readonly number[] {
    return this.rows.filter(({ value }) => (value === null) === isNull).map(({ id }) => id)
  }

  /** Values without repetition, NULL left out, ascending. */
  distinct(): readonly unknown[] {
    const values = this.sorted('asc').map((id) => this.rows[id - 1]?.value)
    const known = values.filter((value) => value !== null)
    return known.filter((value, at) => at === 0 || this.#compare(value, known[at - 1]) !== 0)
  }

  #idsWhere(test: (value: unknown) => boolean): readonly number[] {
    return this.rows.filter(({ value }) => value !== null && test(value)).map(({ id }) => id)
  }

  #compare(one: unknown, other: unknown): number {
    if (one === null || other === null) return Number(one !== null) - Number(other !== null)
    if (this.#order === null) throw new Error('Values of this type are not compared')
    return this.#order(one as never, other as never)
  }
}

const holds: Readonly<Record<Operator, (order: number) => boolean>> = {
  equals: (order) => order === 0,
  not: (order) => order !== 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
}
