import type { LiveStructure, TableShape } from '../../src/schema/index.ts'
import { comparable } from '../laws/comparable-snapshot.ts'

/**
 * What models of these tables declare of a structure, to be compared: no comments, no keys that lead to other tables, no indexes that
 * are switched off, and no names that an engine has made up.
 */
export function declaredPart({ snapshot }: LiveStructure, tables: readonly string[]): unknown {
  const declared = tables.flatMap((name) => snapshot.tables[name] ?? [])
  const parts = declared.map((table) => [table.name, partOf(table, tables)] as const)
  return comparable({ tables: Object.fromEntries(parts) })
}

function partOf(table: TableShape, tables: readonly string[]): TableShape {
  return {
    ...table,
    comment: null,
    columns: table.columns.map((column) => ({ ...column, comment: null })),
    foreignKeys: table.foreignKeys.filter(({ targetTable }) => tables.includes(targetTable)),
    indexes: table.indexes.filter(({ valid }) => valid),
    checks: table.checks.map((check) => ({
      ...check,
      name: /^CONSTRAINT_\d+$/.test(check.name ?? '') ? null : check.name,
    })),
  }
}
