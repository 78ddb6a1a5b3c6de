import type { ColumnType } from '../../model/index.ts'
import {
  declaredNumber,
  declaredValue,
  doubleQuoteName,
  type ColumnShape,
  type DeclaredAs,
  type DeclaredDefault,
  type LiveStructure,
  type OpaqueObject,
  type TableShape,
} from '../../schema/index.ts'
import { typeFacts, type TypeFacts } from './conversion/type-facts.ts'
import { sequenceIn } from './render/sequences.ts'

interface Read {
  readonly type: ColumnType
  readonly offending?: string
  readonly note?: string
}

/** By the type as `format_type` prints it; enums and domains by what they were made as. */
export function declaredAs(
  column: ColumnShape,
  table: TableShape,
  { opaque }: Pick<LiveStructure, 'opaque'>,
): DeclaredAs {
  if (column.generated !== null) return { kind: 'native', name: column.type, note: 'computed by the database' }
  const read = readOf(column, table, opaque)
  if (read === null) return { kind: 'native', name: column.type, note: `${column.type} can be read only` }
  const { type, offending = null, note = null } = read
  return { kind: 'column', type, default: declaredDefault(type, column.default), offending, note }
}

function readOf(column: ColumnShape, table: TableShape, opaque: readonly OpaqueObject[]): Read | null {
  const name = doubleQuoteName(column.name)
  const facts = typeFacts(column.type)
  if (facts.family !== 'other') return isNumberedKey(column, table, facts) ? identity : plain[facts.family](facts, name)
  const own = opaque.find((object) => isType(object) && doubleQuoted(object.name).includes(column.type))
  if (own?.kind === 'enum') return enumOf(own)
  if (own?.kind === 'domain') return domainOf(column, table, own)
  return others[column.type] ?? null
}

function isType({ kind }: OpaqueObject): boolean {
  return kind === 'enum' || kind === 'domain'
}

/** The forms in which a type's name is printed. */
function doubleQuoted(name: string): readonly string[] {
  return [name, doubleQuoteName(name)]
}

const identity: Read = { type: { kind: 'identity' } }

/** Also by a sequence that belongs to no column, which programs make by hand. */
function isNumberedKey(
  { name, identity: kind, default: fallback }: ColumnShape,
  { primaryKey }: TableShape,
  { family }: TypeFacts,
): boolean {
  const isWhole = family === 'smallint' || family === 'integer' || family === 'bigint'
  const isNumbered = kind !== null || sequenceIn(fallback) !== null
  return isWhole && isNumbered && primaryKey?.columns.length === 1 && primaryKey.columns[0] === name
}

type Family = Exclude<TypeFacts['family'], 'other'>

const plain: { readonly [K in Family]: (facts: TypeFacts, name: string) => Read } = {
  smallint: () => ({ type: { kind: 'smallint' } }),
  integer: () => ({ type: { kind: 'integer' } }),
  bigint: () => ({ type: { kind: 'bigint' } }),
  numeric: numericOf,
  real: (_, name) => ({
    type: { kind: 'float' },
    offending: noNumber(name),
    note: 'real rounds what is written to six digits or a few more',
  }),
  double: (_, name) => ({ type: { kind: 'float' }, offending: noNumber(name) }),
  boolean: () => ({ type: { kind: 'boolean' } }),
  text: ({ size }) => ({ type: { kind: 'text', maxLength: size } }),
  padded: ({ size }) => ({
    type: { kind: 'text', maxLength: size },
    note: `character(${size}) is read with spaces up to its length`,
  }),
  uuid: () => ({ type: { kind: 'uuid' } }),
  date: (_, name) => ({ type: { kind: 'date' }, offending: noYear(name) }),
  time: (_, name) => ({
    type: { kind: 'time' },
    offending: `${name} = '24:00' or extract(microseconds from ${name})::int % 1000000 <> 0`,
  }),
  timestamp: () => ({
    type: { kind: 'text', maxLength: longestTimestamp },
    note: 'timestamp without time zone kept as text: it is no instant',
  }),
  instant: ({ scale }, name) => ({
    type: { kind: 'timestamp', precision: scale <= 3 ? 3 : 6 },
    offending: noYear(name),
    ...(scale === 3 || scale === 6 ? {} : { note: `rounds what is written to ${scale} digits of a second` }),
  }),
  jsonb: () => ({ type: { kind: 'json' } }),
  json: () => ({
    type: { kind: 'json' },
    note: 'json is written without the spaces and repeated keys that it may have',
  }),
  bytes: () => ({ type: { kind: 'bytes' } }),
}

/** `294276-12-31 23:59:59.999999 BC` */
const longestTimestamp = 32

/** Without a limit, or with digits far from the point, it is exact as the text that the server writes. */
function numericOf({ size, scale }: TypeFacts, name: string): Read {
  if (size !== null && scale >= 0 && scale <= size) {
    return { type: { kind: 'decimal', precision: size, scale }, offending: `${name} = 'NaN'` }
  }
  return { type: { kind: 'text', maxLength: null }, note: 'numeric without a limit kept as text' }
}

function noNumber(name: string): string {
  return `${name} in ('NaN', 'Infinity', '-Infinity')`
}

function noYear(name: string): string {
  return `${name} < '0001-01-01' or ${name} >= '10000-01-01'`
}

const spelled = (maxLength: number, note: string): Read => ({ type: { kind: 'text', maxLength }, note })

const others: Readonly<Record<string, Read>> = {
  citext: { type: { kind: 'text', maxLength: null }, note: 'citext compares without case' },
  inet: spelled(49, 'inet kept as text, as the server spells it'),
  cidr: spelled(49, 'cidr kept as text, as the server spells it'),
  macaddr: spelled(17, 'macaddr kept as text, as the server spells it'),
  macaddr8: spelled(23, 'macaddr8 kept as text, as the server spells it'),
}

/** `create type mood as enum ('sad', 'ok')`; a backslash makes the server write E'…\\…'. */
function enumOf({ definition }: OpaqueObject): Read | null {
  const [, list = ''] = / as enum \((.*)\)$/s.exec(definition ?? '') ?? []
  const values = [...list.matchAll(/(E?)'((?:[^']|'')*)'/g)].map(([, escaped = '', text = '']) => {
    const value = text.replaceAll("''", "'")
    return escaped === '' ? value : value.replaceAll('\\\\', '\\')
  })
  return values.length === 0 ? null : { type: { kind: 'oneOf', values } }
}

/** As the type below it: what its own rules refuse, the server does. */
function domainOf(column: ColumnShape, table: TableShape, { name, definition }: OpaqueObject): Read | null {
  const [, base] =
    /^create domain (?:"(?:[^"]|"")*"|\S+) as (.+?)(?: default .*| not null.*| constraint .*)?$/s.exec(
      definition ?? '',
    ) ?? []
  const read = base === undefined ? null : readOf({ ...column, type: base, identity: null }, table, [])
  return read === null ? null : { ...read, note: `domain ${name}, with rules of its own` }
}

function declaredDefault(type: ColumnType, expression: string | null): DeclaredDefault | null {
  if (expression === null) return null
  if (type.kind === 'timestamp' && /^(?:now\(\)|current_timestamp(?:\(\d\))?)$/i.test(expression))
    return { kind: 'now' }
  const cast = "(?:::[^']+)?"
  const [, text] = new RegExp(`^'((?:[^'\\\\]|'')*)'${cast}$`).exec(expression) ?? []
  if (text !== undefined) return declaredValue(type, text.replaceAll("''", "'"))
  const [, bare] = new RegExp(`^\\(?(-?[\\w.]+)\\)?${cast}$`).exec(expression) ?? []
  return bare === undefined ? null : declaredNumber(type, bare)
}
