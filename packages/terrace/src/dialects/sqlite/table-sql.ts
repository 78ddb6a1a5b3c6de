import {
  constraintName,
  doubleQuoteName as quote,
  foreignKeyClause,
  quotedList,
  referencesClause,
  type ChangeOf,
  type ColumnShape,
  type PrimaryKeyShape,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { canonicalCollation } from './canonical-expression.ts'
import { isIndex } from './index-sql.ts'
import { parseColumnDefinition } from './parse-column.ts'
import { parseCreateTable } from './parse-create-table.ts'

/** CREATE TABLE with all that stands in a table's own text. What was read and has not changed keeps its own wording. */
export function createTableSql(table: TableShape, name = table.name): string {
  return `create table ${quote(name)} (\n  ${tableParts(table).join(',\n  ')}\n)${tableSuffix(table)}`
}

function tableSuffix({ options }: TableShape): string {
  const parts = [
    ...(options['rowid'] === 'no' ? ['without rowid'] : []),
    ...(options['strict'] === 'yes' ? ['strict'] : []),
  ]
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`
}

function tableParts(table: TableShape): readonly string[] {
  const key = keyClause(table)
  const columns = table.columns.map((column) => {
    const ownKey = key?.column === column.name ? ` ${key.sql}` : ''
    return `${columnClause(column, table)}${ownKey}`
  })
  return [
    ...columns,
    ...(key === null || key.column !== null ? [] : [key.sql]),
    ...table.uniques.filter((unique) => !isIndex(unique)).map((unique) => uniqueClause(unique, table)),
    ...table.foreignKeys.map((foreignKey) => foreignKeyClause(foreignKey, quote)),
    ...table.checks.map(({ name, expression }) => `${constraintName(name, quote)}check (${expression})`),
  ]
}

interface KeyClause {
  readonly sql: string
  /** The column that it stands with; null for a line of its own. */
  readonly column: string | null
}

/** AUTOINCREMENT stands on the column alone, and never hands out the number of a deleted row again. */
function keyClause(table: TableShape): KeyClause | null {
  const { primaryKey: key } = table
  if (key === null) return null
  const name = constraintName(key.name, quote)
  const [only = ''] = key.columns
  const written = exactKey(key, table)
  if (written !== null) {
    const isOnColumn = !/^primary\s+key\s*\(/i.test(written)
    return { sql: `${name}${written}`, column: isOnColumn ? only : null }
  }
  const isNumbered = table.columns.some((column) => column.identity !== null && column.name === only)
  if (isNumbered) return { sql: `${name}primary key autoincrement`, column: only }
  return { sql: `${name}primary key (${quotedList(key.columns, quote)})`, column: null }
}

/** The clause as it was written, if it is about these columns still. */
function exactKey({ definition, columns }: PrimaryKeyShape, table: TableShape): string | null {
  if (definition === undefined) return null
  const isOnColumn = !/^primary\s+key\s*\(/i.test(definition)
  if (isOnColumn) {
    const isNumbered = table.columns.some(({ identity, name }) => identity !== null && columns.includes(name))
    return columns.length === 1 && /\bautoincrement\b/i.test(definition) === isNumbered ? definition : null
  }
  return isAbout(definition, table, columns) ? definition : null
}

/** Whether a key clause names these columns, each of which the table has. */
function isAbout(clause: string, table: TableShape, columns: readonly string[]): boolean {
  const names = table.columns.map(({ name }) => quote(name))
  const { primaryKey, uniques } = parseCreateTable(`create table t (${names.join(', ')}, ${clause})`)
  const parsed = primaryKey?.columns ?? uniques[0]?.columns ?? []
  return parsed.join('\0') === columns.join('\0')
}

function uniqueClause({ name, columns, definition }: UniqueShape, table: TableShape): string {
  const isExact = definition !== undefined && isAbout(definition, table, columns)
  return `${constraintName(name, quote)}${isExact ? definition : `unique (${quotedList(columns, quote)})`}`
}

/** `"name" TEXT not null default 'x'` */
export function columnClause(column: ColumnShape, table: TableShape): string {
  const written = exactColumn(column, table)
  if (written !== null) return `${quote(column.name)} ${written}`
  const { name, type, nullable, default: fallback, collation, generated } = column
  const parts = [
    quote(name),
    ...(type === '' ? [] : [type]),
    ...(collation === null ? [] : [`collate ${canonicalCollation(collation)}`]),
    ...(nullable ? [] : ['not null']),
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(generated === null
      ? []
      : [`generated always as (${generated.expression}) ${generated.stored ? 'stored' : 'virtual'}`]),
  ]
  return parts.join(' ')
}

/** The column's own wording, if it says what the shape does. */
function exactColumn(column: ColumnShape, { primaryKey }: TableShape): string | null {
  const { name, definition } = column
  if (definition === undefined) return null
  const parsed = parseColumnDefinition(name, definition)
  if (parsed === undefined) return null
  const isKey = primaryKey?.columns.includes(name) === true
  const sayNull = parsed.nullable === column.nullable || (isKey && !column.nullable)
  const sameRest =
    parsed.type === column.type &&
    parsed.default === column.default &&
    parsed.collation === column.collation &&
    JSON.stringify(parsed.generated) === JSON.stringify(column.generated)
  return sayNull && sameRest ? definition : null
}

/** ADD COLUMN with the rules that are about the new column alone. */
export function addColumnSql({ table, wanted, checks, foreignKeys }: AddedColumn): string {
  const rules = [
    ...foreignKeys.map(
      (foreignKey) => ` ${constraintName(foreignKey.name, quote)}${referencesClause(foreignKey, quote)}`,
    ),
    ...checks.map(({ name, expression }) => ` ${constraintName(name, quote)}check (${expression})`),
  ]
  return `alter table ${quote(table.name)} add column ${columnClause(wanted, table)}${rules.join('')}`
}

export interface AddedColumn extends Pick<ChangeOf<'addColumn'>, 'wanted' | 'checks' | 'foreignKeys'> {
  readonly table: TableShape
}
