import type { ChangeOf } from './change.ts'
import type { Precheck } from './plan/plan.ts'
import type { CheckShape, ColumnShape, ForeignKeyShape, TableShape, UniqueShape } from './snapshot.ts'

type Quote = (name: string) => string

export interface DuplicatesOptions {
  readonly quoteName: Quote
  /** The table's rows before the plan, with its columns under their new names: a table, or a query in parentheses; both take an alias. */
  rowsOf(table: string): string
  /** What rows have in a column that is yet to be added: its default, or NULL, as an expression of the column's type. */
  valueWhenAdded(column: ColumnShape): string
}

/**
 * Groups of rows that a unique rule would refuse; columns that do not exist yet count as rows will have them. Null where one
 * of its columns will be NULL in all rows.
 */
export function duplicatesPrecheck(
  table: Tables,
  { columns, where, nullsDistinct }: UniqueShape,
  options: DuplicatesOptions,
): Precheck | null {
  const isNew = (column: ColumnShape): boolean => columns.includes(column.name) && isNullWhenAdded(column)
  if (nullsDistinct && missingColumns(table).some(isNew)) return null
  const names = columns.map((name) => comparedAsWanted(name, table, options))
  const present = nullsDistinct ? names.map((name) => `${name} is not null`) : []
  const conditions = [...present, ...(where === null ? [] : [`(${where})`])]
  const rows = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  return {
    sql:
      `select count(*) as offending from (select ${names.join(', ')}, count(*) as size from ${rowsAsWanted(table, options)}` +
      `${rows} group by ${names.join(', ')} having count(*) > 1) duplicates`,
    parameters: [],
    offending: `groups of rows with equal (${columns.join(', ')})`,
  }
}

interface Tables {
  readonly live: TableShape
  readonly wanted: TableShape
}

/** Two values that differ now may be equal under the collation that the column is about to have. */
function comparedAsWanted(name: string, { live, wanted }: Tables, { quoteName }: DuplicatesOptions): string {
  if (name.startsWith('(')) return name
  const collationIn = ({ columns }: TableShape): string | null =>
    columns.find((column) => column.name === name)?.collation ?? null
  const collation = collationIn(wanted)
  const isSame = collation === null || collation === collationIn(live)
  return isSame ? quoteName(name) : `${quoteName(name)} collate ${quoteName(collation)}`
}

function missingColumns({ live, wanted }: Tables): readonly ColumnShape[] {
  return wanted.columns.filter(({ name }) => !live.columns.some((column) => column.name === name))
}

function isNullWhenAdded({ default: fallback, generated }: ColumnShape): boolean {
  return fallback === null && generated === null
}

/** The live table, or a query that adds the missing columns to it: plain ones first, as generated ones are made of them. */
function rowsAsWanted(table: Tables, { quoteName, rowsOf, valueWhenAdded }: DuplicatesOptions): string {
  const missing = missingColumns(table)
  const valueOf = (column: ColumnShape): string => column.generated?.expression ?? valueWhenAdded(column)
  const layers = [missing.filter(({ generated }) => !generated), missing.filter(({ generated }) => generated)]
  return layers
    .filter((columns) => columns.length > 0)
    .reduce((source, columns, at) => {
      const added = columns.map((column) => `${valueOf(column)} as ${quoteName(column.name)}`)
      return `(select before${at}.*, ${added.join(', ')} from ${source} before${at})`
    }, rowsOf(table.live.name))
    .concat(' grown')
}

export interface OrphansOptions extends Pick<DuplicatesOptions, 'quoteName' | 'rowsOf'> {
  /** In a table that is yet to be made no key is found. */
  readonly targetExists: boolean
}

/** Rows whose key leads nowhere. Null where one of its columns is new: it will be NULL, or a renderer says otherwise. */
export function orphansPrecheck(
  live: TableShape,
  { columns, targetTable, targetColumns }: ForeignKeyShape,
  { quoteName, rowsOf, targetExists }: OrphansOptions,
): Precheck | null {
  if (columns.some((name) => !live.columns.some((column) => column.name === name))) return null
  const given = columns.map((name) => `child.${quoteName(name)} is not null`).join(' and ')
  const pairs = columns
    .map((name, at) => `parent.${quoteName(targetColumns[at] ?? name)} = child.${quoteName(name)}`)
    .join(' and ')
  const isOrphan = targetExists ? ` and not exists (select 1 from ${rowsOf(targetTable)} parent where ${pairs})` : ''
  return {
    sql: `select count(*) as offending from ${rowsOf(live.name)} child where ${given}${isOrphan}`,
    parameters: [],
    offending: `rows whose (${columns.join(', ')}) is in no row of ${targetTable}`,
  }
}

/** Rows that a check would refuse; columns that do not exist yet count as rows will have them. */
export function violationsPrecheck(table: Tables, check: CheckShape, options: DuplicatesOptions): Precheck {
  const isNew = ({ name }: ColumnShape): boolean => check.source === null || check.source.columns.includes(name)
  const isKnown = !missingColumns(table).some(isNew)
  const rows = isKnown ? `${options.rowsOf(table.live.name)} present` : rowsAsWanted(table, options)
  return {
    sql: `select count(*) as offending from ${rows} where not (${check.expression})`,
    parameters: [],
    offending: `rows that break (${check.expression})`,
  }
}

/** Rows without a value in columns that are to have one. */
export function missingValuesPrecheck(
  table: string,
  columns: readonly string[],
  { quoteName, rowsOf }: Pick<DuplicatesOptions, 'quoteName' | 'rowsOf'>,
): Precheck {
  const conditions = columns.map((name) => `${quoteName(name)} is null`).join(' or ')
  return {
    sql: `select count(*) as offending from ${rowsOf(table)} present where ${conditions}`,
    parameters: [],
    offending: `rows without a value in ${columns.join(', ')}`,
  }
}

/** Rows for which a condition holds that must not. */
export function conditionPrecheck(rows: string, condition: string, offending: string): Precheck {
  return { sql: `select count(*) as offending from ${rows} present where ${condition}`, parameters: [], offending }
}

/** A default that must lead somewhere may lead nowhere for the rows that are there. */
export function defaultKeyPrecheck(
  { table, wanted, foreignKeys }: Pick<ChangeOf<'addColumn'>, 'table' | 'wanted' | 'foreignKeys'>,
  { rowsOf }: Pick<DuplicatesOptions, 'rowsOf'>,
): Precheck | null {
  if (foreignKeys.length === 0 || wanted.default === null) return null
  return {
    sql: `select count(*) as offending from ${rowsOf(table.live.name)} present`,
    parameters: [],
    offending: 'rows, which would all refer to the default',
    remedy: 'Declare it nullable and without a default',
  }
}
