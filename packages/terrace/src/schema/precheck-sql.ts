import type { Precheck } from './plan/plan.ts'
import type { CheckShape, ColumnShape, ForeignKeyShape, TableShape, UniqueShape } from './snapshot.ts'

type Quote = (name: string) => string

export interface DuplicatesOptions {
  readonly quoteName: Quote
  /** What rows have in a column that is yet to be added: its default, or NULL, as an expression of the column's type. */
  valueWhenAdded(column: ColumnShape): string
}

/**
 * Groups of rows that a unique rule would refuse; columns that do not exist yet count as rows will have them. Null where one
 * of its columns will be NULL in all rows.
 */
export function duplicatesPrecheck(
  table: Tables,
  { columns, where }: UniqueShape,
  options: DuplicatesOptions,
): Precheck | null {
  if (missingColumns(table).some((column) => columns.includes(column.name) && isNullWhenAdded(column))) return null
  const names = columns.map(options.quoteName)
  const conditions = [...names.map((name) => `${name} is not null`), ...(where === null ? [] : [`(${where})`])]
  return {
    sql:
      `select count(*) as offending from (select count(*) as size from ${rowsAsWanted(table, options)} ` +
      `where ${conditions.join(' and ')} group by ${names.join(', ')} having count(*) > 1) duplicates`,
    parameters: [],
    offending: `groups of rows with equal (${columns.join(', ')})`,
  }
}

interface Tables {
  readonly live: TableShape
  readonly wanted: TableShape
}

function missingColumns({ live, wanted }: Tables): readonly ColumnShape[] {
  return wanted.columns.filter(({ name }) => !live.columns.some((column) => column.name === name))
}

function isNullWhenAdded({ default: fallback, generated }: ColumnShape): boolean {
  return fallback === null && generated === null
}

/** The live table, or a query that adds the missing columns to it: plain ones first, as generated ones are made of them. */
function rowsAsWanted(table: Tables, { quoteName, valueWhenAdded }: DuplicatesOptions): string {
  const missing = missingColumns(table)
  const valueOf = (column: ColumnShape): string => column.generated?.expression ?? valueWhenAdded(column)
  const layers = [missing.filter(({ generated }) => !generated), missing.filter(({ generated }) => generated)]
  return layers
    .filter((columns) => columns.length > 0)
    .reduce((source, columns, at) => {
      const added = columns.map((column) => `${valueOf(column)} as ${quoteName(column.name)}`)
      return `(select before${at}.*, ${added.join(', ')} from ${source} before${at})`
    }, quoteName(table.wanted.name))
    .concat(missing.length > 0 ? ' grown' : '')
}

export interface OrphansOptions {
  readonly quoteName: Quote
  /** In a table that is yet to be made no key is found. */
  readonly targetExists: boolean
}

/** Rows whose key leads nowhere. Null where one of its columns is new: it will be NULL, or a renderer says otherwise. */
export function orphansPrecheck(
  live: TableShape,
  { columns, targetTable, targetColumns }: ForeignKeyShape,
  { quoteName, targetExists }: OrphansOptions,
): Precheck | null {
  if (columns.some((name) => !live.columns.some((column) => column.name === name))) return null
  const given = columns.map((name) => `child.${quoteName(name)} is not null`).join(' and ')
  const pairs = columns
    .map((name, at) => `parent.${quoteName(targetColumns[at] ?? name)} = child.${quoteName(name)}`)
    .join(' and ')
  const isOrphan = targetExists ? ` and not exists (select 1 from ${quoteName(targetTable)} parent where ${pairs})` : ''
  return {
    sql: `select count(*) as offending from ${quoteName(live.name)} child where ${given}${isOrphan}`,
    parameters: [],
    offending: `rows whose (${columns.join(', ')}) is in no row of ${targetTable}`,
  }
}

/** Rows that a check would refuse; columns that do not exist yet count as rows will have them. */
export function violationsPrecheck(table: Tables, check: CheckShape, options: DuplicatesOptions): Precheck {
  const columns = check.source?.columns ?? []
  const isKnown = columns.every((name) => table.live.columns.some((column) => column.name === name))
  const rows = isKnown ? options.quoteName(table.live.name) : rowsAsWanted(table, options)
  return {
    sql: `select count(*) as offending from ${rows} where not (${check.expression})`,
    parameters: [],
    offending: `rows that break (${check.expression})`,
  }
}
