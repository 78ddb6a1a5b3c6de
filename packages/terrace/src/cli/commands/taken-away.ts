import type { RowPlace } from '../../connect/index.ts'
import type { Snapshot } from '../../schema/index.ts'
import { withoutComments, type MigrationHistory, type Revision } from '../../sync/index.ts'

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
  return down.flatMap((step): readonly string[] => {
    if ('data' in step) return [`what the data step ${step.data} of ${revision} changes on its way back`]
    const statements = 'sql' in step ? [step.sql].flat().map(withoutComments) : []
    return statements.flatMap((sql) => {
      if (changesRows.test(sql) && !isOfRebuild(sql)) return [`rows that ${revision} changes on its way back`]
      const strange = droppedTables(sql).filter((name) => known.every(({ tables }) => tables[name] === undefined))
      return strange.map((name) => `the table ${name}`)
    })
  })
}

/** Rows that are only added are lost to nobody. */
const changesRows = /^(?:delete|truncate|update|replace|merge|with)\b/i

/** Names without their quotes, and without a schema's. */
function droppedTables(sql: string): readonly string[] {
  const list = /^drop\s+table\s+(?:if\s+exists\s+)?([^;]+)/i.exec(sql)?.[1] ?? ''
  const names = list.match(/(?:"[^"]*"|`[^`]*`|[^\s,."`]+)(?=\s*(?:,|$|cascade|restrict))/gi) ?? []
  return names.map((name) => name.replaceAll(/["`]/g, '')).filter((name) => !/^(?:cascade|restrict)$/i.test(name))
}

/** The number that a table in the making begins with, and no row of anybody. */
function isOfRebuild(sql: string): boolean {
  return sql.includes(`'_terrace_new_`)
}
