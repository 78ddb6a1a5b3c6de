import { errors } from '../../errors/index.ts'
import type { ColumnFact, ColumnKind, ColumnType, ModelFact } from '../../model/index.ts'

/**
 * What the values of an expression are: a column's, then the column's codec encodes what stands beside it and decodes what
 * comes out; or one of a few plain kinds. `bigint` and `integer` differ only in JavaScript.
 */
export type Meaning = ColumnMeaning | PlainMeaning | TupleMeaning | RowsMeaning

export interface ColumnMeaning {
  readonly kind: 'column'
  readonly column: ColumnFact
  /** The model whose rows the values are of, each the column of one visible row; null where they may come from elsewhere too. */
  readonly model: ModelFact | null
}

export interface PlainMeaning {
  readonly kind: 'boolean' | 'integer' | 'bigint' | 'number' | 'text' | 'json' | 'null' | 'unknown'
}

export interface TupleMeaning {
  readonly kind: 'tuple'
  readonly items: readonly Meaning[]
}

/** Rows of a nested query, as JSON. */
export interface RowsMeaning {
  readonly kind: 'rows'
  /** Equal where their values come out alike. */
  readonly signature: string
  readonly isMany: boolean
  /** Of the parsed JSON. `output`: for messages. */
  decode(json: unknown, output: string): unknown
}

/** How values are held: two expressions are compared only when theirs is the same. `any` fits all. */
export type Storage = string

type StorageOfType = {
  readonly [K in ColumnKind]: Storage | ((type: Extract<ColumnType, { readonly kind: K }>) => Storage)
}

const storageByKind: StorageOfType = {
  uuid: 'uuid',
  text: 'text',
  integer: 'integer',
  smallint: 'integer',
  bigint: 'integer',
  identity: 'integer',
  // Scaled integers on some engines: equal digits only under an equal scale.
  decimal: ({ scale }) => `decimal:${scale}`,
  float: 'float',
  boolean: 'boolean',
  timestamp: ({ precision }) => `timestamp:${precision}`,
  date: 'date',
  time: 'time',
  json: 'json',
  array: 'array',
  bytes: 'bytes',
  oneOf: 'text',
  native: ({ name }) => `native:${name}`,
}

const storageByPlain = {
  boolean: 'boolean',
  integer: 'integer',
  bigint: 'integer',
  number: 'float',
  text: 'text',
  json: 'json',
  null: 'any',
  unknown: 'any',
} as const satisfies Record<PlainMeaning['kind'], Storage>

export function storageOfType(type: ColumnType): Storage {
  const storage = storageByKind[type.kind] as Storage | ((type: ColumnType) => Storage)
  return typeof storage === 'string' ? storage : storage(type)
}

export function storageOf(meaning: Meaning): Storage {
  if (meaning.kind === 'column') return storageOfType(meaning.column.type)
  if (meaning.kind === 'rows') return `rows:${meaning.signature}`
  return meaning.kind === 'tuple' ? 'tuple' : storageByPlain[meaning.kind]
}

/** The same for messages. */
export function heldAs(meaning: Meaning): string {
  return meaning.kind === 'rows' ? 'nested rows' : storageOf(meaning)
}

const isNumeric = (storage: Storage): boolean => storage === 'integer' || storage === 'float'

export function isComparable(left: Meaning, right: Meaning): boolean {
  const [one, other] = [storageOf(left), storageOf(right)]
  if (one === other || one === 'any' || other === 'any') return true
  return isNumeric(one) && isNumeric(other)
}

/** Types that engines compare differently or not at all, each with the reason. */
const incomparable: ReadonlyMap<string, string> = new Map([
  ['json', 'it is json'],
  ['array', 'it is an array'],
  ['native', 'its type is the database’s own'],
  ['tuple', 'it is several values'],
  ['rows', 'it is made of rows'],
])

/** Why values may not be compared, sorted or grouped; null when they may. */
export function reasonNotComparable(meaning: Meaning): string | null {
  const kind = meaning.kind === 'column' ? meaning.column.type.kind : meaning.kind
  return incomparable.get(kind) ?? null
}

export type NumericKind = 'integer' | 'bigint' | 'float' | 'decimal'

const numericByColumn: Partial<Record<ColumnKind, NumericKind>> = {
  integer: 'integer',
  smallint: 'integer',
  identity: 'integer',
  bigint: 'bigint',
  float: 'float',
  decimal: 'decimal',
}

const numericByPlain: Partial<Record<Meaning['kind'], NumericKind>> = {
  integer: 'integer',
  bigint: 'bigint',
  number: 'float',
}

/** What sort of number an expression gives; null when it is none, or not known to be one. */
export function numericKindOf(meaning: Meaning): NumericKind | null {
  const kind = meaning.kind === 'column' ? numericByColumn[meaning.column.type.kind] : numericByPlain[meaning.kind]
  return kind ?? null
}

/** What an expression gives whose value is that of either: `coalesce`, `case`, `union`. */
export function unite(left: Meaning, right: Meaning, what: string): Meaning {
  if (isVoid(left)) return detached(right)
  if (isVoid(right) || isSameColumn(left, right)) return detached(left)
  if (!isComparable(left, right)) throw mixed(what, left, right)
  const numeric = unitedNumber(numericKindOf(left), numericKindOf(right))
  if (numeric !== null) return { kind: numeric }
  return storageOf(left) === 'text' ? { kind: 'text' } : detached(left)
}

function unitedNumber(left: NumericKind | null, right: NumericKind | null): PlainMeaning['kind'] | null {
  if (left === null || right === null || left === 'decimal' || right === 'decimal') return null
  if (left === 'float' || right === 'float') return 'number'
  return left === 'bigint' || right === 'bigint' ? 'bigint' : 'integer'
}

function isVoid({ kind }: Meaning): boolean {
  return kind === 'null' || kind === 'unknown'
}

function isSameColumn(left: Meaning, right: Meaning): boolean {
  return left.kind === 'column' && right.kind === 'column' && left.column === right.column
}

/** The same values, no longer known to be those of one visible row. */
export function detached(meaning: Meaning): Meaning {
  return meaning.kind === 'column' && meaning.model !== null ? { ...meaning, model: null } : meaning
}

export function mixed(what: string, left: Meaning, right: Meaning): Error {
  const why = `${heldAs(left)} and ${heldAs(right)} are held differently`
  return errors.SCOPE_NOT_COMPARABLE({ values: { what, why, remedy: 'Compare or combine values of one type' } })
}
