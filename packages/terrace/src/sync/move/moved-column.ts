import type { RuntimeDialect } from '../../database/index.ts'
import { canonicalValue, typeCheck, type ColumnFact, type ColumnKind, type ColumnType } from '../../model/index.ts'
import { rawText } from '../rows/raw-text.ts'
import { movedJson, type MovedJson } from './canonical-json.ts'

/** One column of a table that moves, as one engine has it. Values in between are the model's, and never null. */
export interface MovedColumn {
  readonly name: string
  /** What the driver gave as a value of the model. `UnfitValue` where it is none. */
  read(raw: unknown): unknown
  /** A parameter of the driver. */
  write(value: unknown): unknown
  /** The same text for the same value, whichever engine it was read from. */
  textOf(value: unknown): string
}

/** What stands in the database is no value of what the model declares. */
export class UnfitValue extends Error {}

/** A column of a model, or its companion of folded texts, on one engine. */
export function movedColumn({ codec }: Pick<RuntimeDialect, 'codec'>, column: ColumnFact): MovedColumn {
  const { type, sqlName } = column
  if (type.kind === 'native') {
    return { name: sqlName, read: (raw) => raw, write: (value) => value, textOf: (value) => String(rawText(value)) }
  }
  if (type.kind === 'json') return jsonColumn(sqlName)
  const { encode, decode } = codec(column) as Coding
  const check = typeCheck(type)
  const stray = strayOf[type.kind]
  const textOf = textMaker(type)
  return {
    name: sqlName,
    read: (raw) => {
      const problem = stray?.(raw, type) ?? null
      if (problem !== null) throw new UnfitValue(problem)
      const value = decode === null ? raw : decoded(decode, raw, type)
      const violation = check(value)
      if (violation !== null) throw new UnfitValue(violation.message)
      return canonicalValue(column, value)
    },
    write: encode ?? ((value) => value),
    textOf: (value) => textOf(value as never),
  }
}

interface Coding {
  readonly encode: ((value: unknown) => unknown) | null
  readonly decode: ((value: unknown) => unknown) | null
}

function decoded(decode: (raw: unknown) => unknown, raw: unknown, { kind }: ColumnType): unknown {
  try {
    return decode(raw)
  } catch (error) {
    throw new UnfitValue(`it cannot be read as ${kind}`, { cause: error })
  }
}

function jsonColumn(name: string): MovedColumn {
  const check = typeCheck({ kind: 'json' })
  return {
    name,
    read: (raw) => {
      const json = decoded((text) => movedJson(String(text)), raw, { kind: 'json' }) as MovedJson
      const violation = json.isExact ? check(json.value) : null
      if (violation !== null) throw new UnfitValue(violation.message)
      return json
    },
    write: (value) => (value as MovedJson).written,
    textOf: (value) => (value as MovedJson).canonical,
  }
}

type Stray = (raw: unknown, type: ColumnType) => string | null

/** What a codec would read as a value that says less than what is there. */
const strayOf: Partial<Record<ColumnKind, Stray>> = {
  boolean: (raw) => (typeof raw === 'boolean' || raw === 0 || raw === 1 ? null : 'it is neither true nor false'),
  timestamp: (raw, type) => {
    if (type.kind !== 'timestamp' || type.precision === 6) return null
    const isCut = typeof raw === 'number' ? !Number.isInteger(raw) : /\.\d{3}\d*[1-9]/.test(String(raw))
    return isCut ? 'it has parts of a millisecond: declare it as timestamp({ precision: 6 })' : null
  },
  array: (raw, type) => {
    if (!holdsJson(type) || movedJson(String(raw)).isExact) return null
    return 'a number in it has more digits than JavaScript keeps'
  },
}

function holdsJson(type: ColumnType): boolean {
  return type.kind === 'json' || (type.kind === 'array' && holdsJson(type.item))
}

type TextMakers = {
  readonly [K in Exclude<ColumnKind, 'json' | 'native'>]: (
    type: Extract<ColumnType, { readonly kind: K }>,
  ) => (value: never) => string
}

const asIs = () => (value: string) => value
const printed = () => (value: number | bigint | boolean) => String(value)

const textMakers: TextMakers = {
  uuid: asIs,
  text: asIs,
  integer: printed,
  smallint: printed,
  bigint: printed,
  identity: printed,
  decimal: asIs,
  // The shortest that is read as the same number.
  float: printed,
  boolean: printed,
  timestamp: ({ precision }) => (precision === 3 ? (value: Date) => value.toISOString() : (value: string) => value),
  date: asIs,
  time: asIs,
  array: ({ item }) => {
    const textOf = textMaker(item)
    return (values: readonly unknown[]) => JSON.stringify(values.map((value) => textOf(value as never)))
  },
  bytes: () => (value: Uint8Array) => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
  oneOf: asIs,
}

function textMaker(type: ColumnType): (value: never) => string {
  if (type.kind === 'json') return (value) => movedJson(JSON.stringify(value)).canonical
  if (type.kind === 'native') return (value) => String(rawText(value))
  return (textMakers[type.kind] as (type: ColumnType) => (value: never) => string)(type)
}
