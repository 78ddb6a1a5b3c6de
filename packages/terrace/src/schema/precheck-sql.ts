import type { Precheck } from './plan/plan.ts'
import type { CheckShape, ForeignKeyShape, TableShape, UniqueShape } from './snapshot.ts'

type Quote = (name: string) => string

/** Groups of rows that a unique rule would refuse. Generated columns that do not exist yet count by their expressions. */
export function duplicatesPrecheck(
  { live, wanted }: { readonly live: TableShape; readonly wanted: TableShape },
  { columns, where }: UniqueShape,
  quoteName: Quote,
): Precheck | null {
  const values = columns.map((name) => valueBefore(live, wanted, { name, quoteName }))
  if (values.includes(null)) return null
  const groups = values.filter((value) => value !== null && value !== '')
  const conditions = [...groups.map((value) => `${value} is not null`), ...(where === null ? [] : [`(${where})`])]
  const grouping = groups.length === 0 ? '' : ` group by ${groups.join(', ')}`
  const filter = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
  return {
    sql:
      `select count(*) as offending from ` +
      `(select 1 as one from ${quoteName(wanted.name)}${filter}${grouping} having count(*) > 1) duplicates`,
    parameters: [],
    offending: `groups of rows with equal (${columns.join(', ')})`,
  }
}

/** The column as rows have it now: null where it will be NULL in all of them, empty where it will be the same in all. */
function valueBefore(
  live: TableShape,
  wanted: TableShape,
  { name, quoteName }: { readonly name: string; readonly quoteName: Quote },
) {
  if (live.columns.some((column) => column.name === name)) return quoteName(name)
  const column = wanted.columns.find((candidate) => candidate.name === name)
  if (column?.generated) return `(${column.generated.expression})`
  return column?.default ? '' : null
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

/** Rows that a check would refuse. Null where one of its columns is new. */
export function violationsPrecheck(live: TableShape, check: CheckShape, quoteName: Quote): Precheck | null {
  const columns = check.source?.columns ?? []
  if (columns.some((name) => !live.columns.some((column) => column.name === name))) return null
  return {
    sql: `select count(*) as offending from ${quoteName(live.name)} where not (${check.expression})`,
    parameters: [],
    offending: `rows that break (${check.expression})`,
  }
}
