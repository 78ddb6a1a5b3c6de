import {
  canonicalValue,
  type CheckFact,
  type ColumnFact,
  type ColumnKind,
  type ColumnType,
  type ModelFact,
  type UniqueFact,
} from '../../model/index.ts'
import {
  boundsCondition,
  doubleQuoteName,
  quoteText,
  uniqueColumns,
  uniqueCondition,
  type StorageRules,
  type StoredColumn,
  type StoredUnique,
} from '../../schema/index.ts'
import { postgresCodec } from './types.ts'

type TypeNames = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { readonly kind: K }>) => string }

// As format_type() prints them, so that declared and live types are the same texts.
const typeNames: TypeNames = {
  uuid: () => 'uuid',
  text: ({ maxLength }) => (maxLength === null ? 'text' : `character varying(${maxLength})`),
  integer: () => 'integer',
  smallint: () => 'smallint',
  bigint: () => 'bigint',
  identity: () => 'bigint',
  decimal: ({ precision, scale }) => `numeric(${precision},${scale})`,
  float: () => 'double precision',
  boolean: () => 'boolean',
  timestamp: ({ precision }) => `timestamp(${precision}) with time zone`,
  date: () => 'date',
  time: () => 'time without time zone',
  json: () => 'jsonb',
  array: () => 'jsonb',
  bytes: () => 'bytea',
  oneOf: () => 'text',
  native: ({ name }) => name,
}

/** How PostgreSQL stores what the models declare. */
export const storage: StorageRules = {
  tableOptions: {},
  column: storedColumn,
  check,
  typeCheck: () => null,
  unique,
  // NULL is the smallest value in our order; PostgreSQL's own has it as the largest.
  indexNulls: ({ direction, nullable }) => ((direction === 'asc') === nullable ? 'first' : 'last'),
  primaryKeyName: (name) => name,
}

function storedColumn(column: ColumnFact): StoredColumn {
  const { kind } = column.type
  return {
    type: (typeNames[kind] as (type: ColumnType) => string)(column.type),
    default: defaultExpression(column),
    identity: column.stamp === 'identity',
    // By code point, whatever the database's own collation is.
    collation: kind === 'text' || kind === 'oneOf' ? 'C' : null,
    isOpaque: kind === 'native',
  }
}

function defaultExpression(column: ColumnFact): string | null {
  const fact = column.default
  if (fact === null || fact.kind === 'make') return null
  if (fact.kind === 'now') return 'now()'
  return fact.value === null ? null : literal(column, fact.value)
}

function check(rule: CheckFact['rule'], column: ColumnFact): string {
  const name = doubleQuoteName(column.sqlName)
  if (rule.kind === 'oneOf') return `${name} in (${rule.values.map(quoteText).join(', ')})`
  if (rule.kind === 'length') {
    return boundsCondition(`char_length(${name})`, String(rule.min), rule.max === null ? null : String(rule.max))
  }
  const bound = (value: unknown): string | null => (value === null ? null : literal(column, value))
  return boundsCondition(name, bound(rule.min), bound(rule.max))
}

function unique(fact: UniqueFact, model: ModelFact): StoredUnique {
  const where = uniqueCondition(fact, model, { quoteName: doubleQuoteName, literal })
  return {
    unique: { columns: uniqueColumns(fact, model), where, heldBy: where === null ? 'constraint' : 'index' },
    generated: [],
  }
}

const bareKinds: ReadonlySet<ColumnKind> = new Set([
  'integer',
  'smallint',
  'bigint',
  'identity',
  'decimal',
  'float',
  'boolean',
])

/** A value of a column as an SQL literal; texts take the type of the column they meet. */
function literal(column: ColumnFact, value: unknown): string {
  const encode = postgresCodec(column).encode as ((value: unknown) => unknown) | null
  const plain = canonicalValue(column, value)
  const stored = encode === null ? plain : encode(plain)
  if (stored instanceof Uint8Array) return `'\\x${Buffer.from(stored).toString('hex')}'::bytea`
  return bareKinds.has(column.type.kind) ? String(stored) : quoteText(String(stored))
}
