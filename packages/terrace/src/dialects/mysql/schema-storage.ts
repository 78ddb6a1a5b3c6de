import {
  canonicalValue,
  shortenName,
  type ColumnFact,
  type ColumnKind,
  type ColumnType,
  type ModelFact,
  type UniqueFact,
} from '../../model/index.ts'
import {
  ruleCondition,
  uniqueColumns,
  uniqueCondition,
  type ColumnShape,
  type RuleWriter,
  type StorageRules,
  type StoredColumn,
  type StoredUnique,
} from '../../schema/index.ts'
import { ExactDecimal } from './parameters.ts'
import { quoteName, quoteText, type SchemaFlavour } from './schema-flavour.ts'
import { mysqlCodec } from './types.ts'

type TypeNames = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { readonly kind: K }>) => string }

// As introspect.ts reads them: display widths, which mean nothing and which not every server prints, are left out.
const typeNames: TypeNames = {
  uuid: () => 'char(36)',
  text: ({ maxLength }) => (maxLength === null ? 'longtext' : `varchar(${maxLength})`),
  integer: () => 'int',
  smallint: () => 'smallint',
  bigint: () => 'bigint',
  identity: () => 'bigint',
  decimal: ({ precision, scale }) => `decimal(${precision},${scale})`,
  float: () => 'double',
  boolean: () => 'tinyint(1)',
  timestamp: ({ precision }) => `datetime(${precision})`,
  date: () => 'date',
  time: () => 'time',
  json: () => 'json',
  array: () => 'json',
  bytes: () => 'longblob',
  oneOf: ({ values }) => `varchar(${Math.max(1, ...values.map((value) => [...value].length))})`,
  native: ({ name }) => name,
}

const writer: RuleWriter = { quoteName, quoteText, literal, lengthFunction: 'char_length' }

/** How MySQL and MariaDB store what the models declare. */
export function storageFor({ collation }: SchemaFlavour): StorageRules {
  return {
    tableOptions: { engine: 'InnoDB', collation },
    column: (column) => storedColumn(column, collation),
    check: (rule, column) => ruleCondition(rule, column, writer),
    typeCheck,
    unique,
    indexNulls: () => null,
    // Whatever it is called, it is PRIMARY.
    primaryKeyName: () => null,
  }
}

function storedColumn(column: ColumnFact, collation: string): StoredColumn {
  const { kind } = column.type
  const isText = kind === 'text' || kind === 'oneOf'
  return {
    type: (typeNames[kind] as (type: ColumnType) => string)(column.type),
    default: defaultExpression(column),
    identity: column.stamp === 'identity' ? 'byDefault' : null,
    // Keys and those who refer to them must agree, and a uuid is plain ASCII.
    collation: kind === 'uuid' ? 'ascii_bin' : isText ? collation : null,
    isOpaque: kind === 'native',
  }
}

function defaultExpression(column: ColumnFact): string | null {
  const fact = column.default
  if (fact === null || fact.kind === 'make') return null
  // Not CURRENT_TIMESTAMP, which is in the zone of the session that writes.
  if (fact.kind === 'now') return column.type.kind === 'timestamp' ? `(utc_timestamp(${column.type.precision}))` : null
  if (fact.value === null) return null
  const value = literal(column, fact.value)
  return isOutside(column.type) ? `(${value})` : value
}

/** Types without a bound take an expression for a default, not a literal. */
function isOutside(type: ColumnType): boolean {
  return (
    type.kind === 'json' ||
    type.kind === 'array' ||
    type.kind === 'bytes' ||
    (type.kind === 'text' && type.maxLength === null)
  )
}

function typeCheck(column: ColumnFact): ReturnType<StorageRules['typeCheck']> {
  if (column.type.kind !== 'boolean') return null
  return { rule: 'boolean', expression: `${quoteName(column.sqlName)} in (0, 1)` }
}

/**
 * Rows that a rule is not about have NULL in a generated column of the key, and NULLs do not collide. It stands last, so that
 * the key serves look-ups by the columns before it.
 */
function unique(fact: UniqueFact, model: ModelFact): StoredUnique {
  const columns = uniqueColumns(fact, model)
  const condition = uniqueCondition(fact, model, writer)
  if (condition === null) return { unique: { columns, where: null, heldBy: 'constraint' }, generated: [] }
  const marker = markerColumn(markerName(fact), condition)
  return { unique: { columns: [...columns, marker.name], where: null, heldBy: 'constraint' }, generated: [marker] }
}

/** Shared by all unique rules of a table that are about the rows alive and nothing else. */
export const aliveColumn = 'alive'

function markerName({ name, where }: UniqueFact): string {
  return where === null ? aliveColumn : shortenName(`${name}_rows`)
}

function markerColumn(name: string, condition: string): Omit<ColumnShape, 'source'> {
  return {
    name,
    type: 'tinyint(1)',
    nullable: true,
    default: null,
    generated: { expression: `if(${condition}, 1, null)`, stored: false, invisible: true },
    identity: null,
    comment: null,
    collation: null,
    isOpaque: false,
  }
}

/** A value of a column as an SQL literal. */
function literal(column: ColumnFact, value: unknown): string {
  const encode = mysqlCodec(column).encode as ((value: unknown) => unknown) | null
  const plain = canonicalValue(column, value)
  const stored = encode === null ? plain : encode(plain)
  if (stored instanceof Uint8Array) return `x'${Buffer.from(stored).toString('hex')}'`
  if (stored instanceof ExactDecimal) return stored.text
  return typeof stored === 'string' ? quoteText(stored) : String(stored)
}
