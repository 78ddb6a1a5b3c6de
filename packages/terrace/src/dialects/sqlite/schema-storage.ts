import type { ColumnFact, ColumnKind, ColumnType, ModelFact, UniqueFact } from '../../model/index.ts'
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
import { literal } from './schema-literals.ts'

type TypeNames = { readonly [K in ColumnKind]: string }

const typeNames: TypeNames = {
  uuid: 'TEXT',
  text: 'TEXT',
  integer: 'INTEGER',
  smallint: 'INTEGER',
  bigint: 'INTEGER',
  identity: 'INTEGER',
  decimal: 'INTEGER',
  float: 'REAL',
  boolean: 'INTEGER',
  timestamp: 'INTEGER',
  date: 'TEXT',
  time: 'TEXT',
  json: 'TEXT',
  array: 'TEXT',
  bytes: 'BLOB',
  oneOf: 'TEXT',
  native: 'TEXT',
}

const writer: RuleWriter = { quoteName: doubleQuoteName, quoteText, literal, lengthFunction: 'length' }

/** How SQLite stores what the models declare. Tables are STRICT, so that a type is held and not only suggested. */
export const storage: StorageRules = {
  tableOptions: { strict: 'yes' },
  column: storedColumn,
  check: (rule, column) => ruleCondition(rule, column, writer),
  typeCheck,
  unique,
  indexNulls: () => null,
  primaryKeyName: (name) => name,
}

function storedColumn(column: ColumnFact): StoredColumn {
  return {
    type: typeName(column.type),
    default: defaultExpression(column),
    identity: column.stamp === 'identity' ? 'byDefault' : null,
    collation: null,
    isOpaque: column.type.kind === 'native',
  }
}

function typeName(type: ColumnType): string {
  return type.kind === 'timestamp' && type.precision === 6 ? 'TEXT' : typeNames[type.kind]
}

// strftime gives milliseconds at the most; the text form has six digits.
const nowAsText = "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z')"
const nowAsMilliseconds = "(cast(unixepoch('subsec') * 1000 as integer))"

function defaultExpression(column: ColumnFact): string | null {
  const fact = column.default
  if (fact === null || fact.kind === 'make') return null
  if (fact.kind === 'now') return typeName(column.type) === 'TEXT' ? nowAsText : nowAsMilliseconds
  return fact.value === null ? null : literal(column, fact.value)
}

/** Rules that other engines hold by their types. */
function typeCheck(column: ColumnFact): ReturnType<StorageRules['typeCheck']> {
  const name = doubleQuoteName(column.sqlName)
  switch (column.type.kind) {
    case 'integer':
      return { rule: 'int32', expression: `${name} between -2147483648 and 2147483647` }
    case 'smallint':
      return { rule: 'int16', expression: `${name} between -32768 and 32767` }
    case 'boolean':
      return { rule: 'boolean', expression: `${name} in (0, 1)` }
    case 'decimal': {
      // Divided by its smallest unit, so that the CHECK says the scale too, which is written nowhere else.
      const most = 10n ** BigInt(column.type.precision - column.type.scale) - 1n
      return {
        rule: 'decimal',
        expression: `${name} / ${10n ** BigInt(column.type.scale)} between ${-most} and ${most}`,
      }
    }
    case 'json':
    case 'array':
      return { rule: 'json', expression: `json_valid(${name})` }
    default:
      return null
  }
}

function unique(fact: UniqueFact, model: ModelFact): StoredUnique {
  const where = uniqueCondition(fact, model, writer)
  return { unique: { columns: uniqueColumns(fact, model), where, heldBy: 'constraint' }, generated: [] }
}
