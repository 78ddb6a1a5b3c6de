import {
  canonicalValue,
  type ColumnFact,
  type ColumnKind,
  type ColumnType,
  type ModelFact,
  type UniqueFact,
} from '../../model/index.ts'
import {
  doubleQuoteName,
  quoteText,
  ruleCondition,
  uniqueColumns,
  uniqueCondition,
  type RuleWriter,
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

const writer: RuleWriter = { quoteName: doubleQuoteName, quoteText, literal, lengthFunction: 'char_length' }

/** How PostgreSQL stores what the models declare. */
export const storage: StorageRules = {
  tableOptions: {},
  column: storedColumn,
  check: (rule, column) => ruleCondition(rule, column, writer),
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
    identity: column.stamp === 'identity' ? 'byDefault' : null,
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

function unique(fact: UniqueFact, model: ModelFact): StoredUnique {
  const where = uniqueCondition(fact, model, writer)
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
