import { renamePath, type Rename, type SchemaDialect, type Snapshot, type TableShape } from '../../../schema/index.ts'
import { RowChecksum } from '../../rows/row-checksum.ts'
import type { StatementRunner } from '../../statement-runner.ts'

/** A column that both structures have, by its names in both. */
export interface SurvivingColumn {
  readonly before: string
  readonly after: string
  /** Its values mean the same and may be written otherwise. */
  readonly isRetyped: boolean
}

/** A table that both structures have, and its columns whose values have to be the same in both. */
export interface SurvivingTable {
  readonly before: string
  readonly after: string
  readonly columns: readonly SurvivingColumn[]
}

/** By identity: what is renamed is the same. A column whose values the database calculates, before or after, is none of them. */
export function survivingTables(
  before: Snapshot,
  after: Snapshot,
  renames: readonly Rename[],
): readonly SurvivingTable[] {
  return Object.values(before.tables).flatMap((table) => {
    const partner = after.tables[renamePath(table.name, 'table', renames)]
    if (partner === undefined) return []
    const columns = survivingColumns(table, partner, renames)
    return columns.length === 0 ? [] : [{ before: table.name, after: partner.name, columns }]
  })
}

function survivingColumns(
  table: TableShape,
  partner: TableShape,
  renames: readonly Rename[],
): readonly SurvivingColumn[] {
  return table.columns.flatMap((column) => {
    const name = renamePath(`${table.name}.${column.name}`, 'column', renames).slice(partner.name.length + 1)
    const survivor = partner.columns.find((each) => each.name === name)
    if (survivor === undefined || column.generated !== null || survivor.generated !== null) return []
    return [{ before: column.name, after: name, isRetyped: survivor.type !== column.type }]
  })
}

/** What went: `drop-column products.kcal`, by the names before. */
export function lostObjects(before: Snapshot, after: Snapshot, renames: readonly Rename[]): readonly string[] {
  return Object.values(before.tables).flatMap((table) => {
    const partner = after.tables[renamePath(table.name, 'table', renames)]
    if (partner === undefined) return [`drop-table ${table.name}`]
    const kept = new Set(survivingColumns(table, partner, renames).map((column) => column.before))
    const gone = table.columns.filter(({ name, generated }) => generated === null && !kept.has(name))
    return gone.map(({ name }) => `drop-column ${table.name}.${name}`)
  })
}

/** Every value of every table, as a text that means the same whatever its type. */
export type TableValues = ReadonlyMap<string, readonly ReadonlyMap<string, string>[]>

export async function tableValues(
  { runner, dialect }: { readonly runner: StatementRunner; readonly dialect: SchemaDialect },
  { tables }: Snapshot,
): Promise<TableValues> {
  const values = new Map<string, readonly ReadonlyMap<string, string>[]>()
  for (const { name, columns } of Object.values(tables)) {
    const list = columns.map((column, at) => `${dialect.quoteName(column.name)} as v${at}`).join(', ')
    const rows = await runner.rows({ sql: `select ${list} from ${dialect.quoteName(name)}`, parameters: [] })
    values.set(
      name,
      rows.map((row) => new Map(columns.map((column, at) => [column.name, textOf(row[`v${at}`])]))),
    )
  }
  return values
}

/** As what it says: a truth value as a number, a number without the zeros behind it, a day as the instant it begins. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '\0null'
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'boolean') return value ? '1' : '0'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (/^-?\d+\.\d+$/.test(text)) return text.replace(/\.?0+$/, '')
  if (/^[[{]/.test(text)) return text.replaceAll(/\s/g, '')
  return text.replace(/(:\d\d\.\d*?)0+(?=$|[+-])/, '$1').replace(/\.?(?=$|[+-]\d\d$)/, '')
}

export interface ChangedValues {
  /** By its name now. */
  readonly table: string
  /** `products.price`, or what has become of the rows. */
  readonly what: string
  readonly isRetyped: boolean
}

/** Columns whose values are others now, and tables that have other rows. Rows are told apart by all their surviving values. */
export function changedValues(
  tables: readonly SurvivingTable[],
  before: TableValues,
  now: TableValues,
): readonly ChangedValues[] {
  return tables.flatMap((table): readonly ChangedValues[] => {
    const [rows, others] = [before.get(table.before) ?? [], now.get(table.after) ?? []]
    const about = { table: table.after, isRetyped: false }
    if (rows.length !== others.length)
      return [{ ...about, what: `${table.after} (${rows.length} rows, now ${others.length})` }]
    const isSame = (columns: readonly SurvivingColumn[]): boolean =>
      sumOf(rows, columns, 'before') === sumOf(others, columns, 'after')
    if (isSame(table.columns)) return []
    const changed = table.columns.filter((column) => !isSame([column]))
    if (changed.length === 0)
      return [{ ...about, what: `${table.after} (its rows have changed values with each other)` }]
    return changed.map(({ after, isRetyped }) => ({ ...about, isRetyped, what: `${table.after}.${after}` }))
  })
}

function sumOf(
  rows: readonly ReadonlyMap<string, string>[],
  columns: readonly SurvivingColumn[],
  side: 'before' | 'after',
): string {
  const checksum = new RowChecksum()
  for (const row of rows) checksum.add(columns.map((column) => row.get(column[side]) ?? null))
  return checksum.result().checksum
}
