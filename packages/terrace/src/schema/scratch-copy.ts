import { scratchPrefix } from './schema-dialect.ts'
import type { CheckShape, ColumnShape, Snapshot, TableShape } from './snapshot.ts'
import { snapshotFrom } from './snapshot-from.ts'

/** Tables to build only so that the engine prints them, and the way back to their own names. */
export interface ScratchCopy {
  readonly tables: readonly TableShape[]
  /** The structure that was read from the copies, as if it had been read from the originals; without those that were not built. */
  restore(read: Snapshot): Snapshot
}

/**
 * Copies of tables under names of their own, without foreign keys, whose printed form holds nothing that depends on the
 * engine. Names of checks are changed too: some engines want them distinct over all tables.
 */
export function scratchCopy(tables: readonly TableShape[]): ScratchCopy {
  const copies = tables.map((table, at) => copyOf(table, `${scratchPrefix}${at}`))
  return {
    tables: copies,
    restore: (read) =>
      snapshotFrom(
        tables.flatMap((table, at) => {
          const printed = read.tables[`${scratchPrefix}${at}`]
          return printed === undefined ? [] : [restored(table, printed)]
        }),
      ),
  }
}

function copyOf(table: TableShape, name: string): TableShape {
  return {
    ...table,
    name,
    foreignKeys: [],
    checks: table.checks.map((check, at) => ({ ...check, name: checkName(name, at) })),
  }
}

function checkName(scratch: string, at: number): string {
  return `${scratch}_${at}`
}

function restored(table: TableShape, printed: TableShape): TableShape {
  const original = (check: CheckShape): CheckShape => {
    const at = table.checks.findIndex((_, index) => checkName(printed.name, index) === check.name)
    return { ...check, name: table.checks[at]?.name ?? check.name }
  }
  return {
    ...printed,
    name: table.name,
    comment: table.comment === null ? null : printed.comment,
    options: Object.fromEntries(Object.entries(printed.options).filter(([option]) => option in table.options)),
    columns: printed.columns.map((column) => asAskedFor(column, table)),
    foreignKeys: table.foreignKeys,
    checks: printed.checks.map(original),
  }
}

/** What is not asked for is none of the engine's answer. */
function asAskedFor(column: ColumnShape, { columns }: TableShape): ColumnShape {
  const isAsked = columns.find(({ name }) => name === column.name)?.comment !== null
  return isAsked ? column : { ...column, comment: null }
}
