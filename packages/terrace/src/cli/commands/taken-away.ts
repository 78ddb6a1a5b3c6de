import type { RowPlace } from '../../connect/index.ts'
import type { Snapshot } from '../../schema/index.ts'
import type { MigrationHistory, Revision } from '../../sync/index.ts'

export interface TakenAway {
  /** Tables and columns that a revision has brought, and that its way back drops. */
  readonly places: readonly RowPlace[]
  /** Statements that delete rows, in words. */
  readonly byHand: readonly string[]
}

/** What the way back from a revision takes away, by the structures before and after it and the statements of its down. */
export function takenAway(revision: Revision, { byId }: Pick<MigrationHistory, 'byId'>): TakenAway {
  const before = revision.parents.flatMap((parent) => byId.get(parent)?.snapshot ?? [])
  const places = Object.values(revision.snapshot.tables).flatMap(({ name, columns }): readonly RowPlace[] => {
    const former = formerTable(revision, name)
    const tables = before.flatMap((snapshot) => snapshot.tables[former] ?? [])
    if (tables.length === 0) return [{ table: name, column: null }]
    const known = new Set(tables.flatMap((table) => table.columns.map((column) => column.name)))
    return columns
      .filter((column) => column.generated === null && !known.has(formerColumn(revision, name, column.name)))
      .map((column) => ({ table: name, column: column.name }))
  })
  return { places, byHand: deletions(revision, [revision.snapshot, ...before]) }
}

function formerTable({ renames }: Revision, name: string): string {
  return renames.find(({ object, to }) => object === 'table' && to === name)?.from ?? name
}

function formerColumn({ renames }: Revision, table: string, name: string): string {
  const found = renames.find((rename) => rename.object === 'column' && rename.table === table && rename.to === name)
  return found?.from ?? name
}

/** A rebuild drops a table that both structures have; what neither has was somebody's own. */
function deletions({ revision, down }: Revision, known: readonly Snapshot[]): readonly string[] {
  const statements = down.flatMap((step) => ('sql' in step ? [step.sql].flat() : []))
  return statements.flatMap((sql) => {
    if (/^\s*(?:delete\s+from|truncate)\b/i.test(sql) && !isOfRebuild(sql))
      return [`rows that ${revision} deletes on its way back`]
    const dropped = /^\s*drop\s+table\s+(?:if\s+exists\s+)?["`]?([^"`\s;]+)/i.exec(sql)?.[1]
    const isKnown = dropped === undefined || known.some(({ tables }) => tables[dropped] !== undefined)
    return isKnown ? [] : [`the table ${dropped}`]
  })
}

/** The number that a table in the making begins with, and no row of anybody. */
function isOfRebuild(sql: string): boolean {
  return sql.includes(`'_terrace_new_`)
}
