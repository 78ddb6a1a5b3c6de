import type { TablePart } from '../change.ts'
import type { TableShape } from '../snapshot.ts'

/**
 * A table after some of its changes: what they make or change is as declared, the rest as the engine printed it. Columns keep
 * their order; new ones come last.
 */
export function targetOf(live: TableShape, changes: readonly TablePart[]): TableShape {
  return changes.reduce(changed, live)
}

function changed(table: TableShape, change: TablePart): TableShape {
  switch (change.kind) {
    case 'alterTable':
      return { ...table, options: { ...table.options, ...change.wanted.options }, comment: change.wanted.comment }
    case 'addColumn':
      return {
        ...table,
        columns: [...table.columns, change.wanted],
        checks: [...table.checks, ...change.checks],
        foreignKeys: [...table.foreignKeys, ...change.foreignKeys],
      }
    case 'dropColumn':
      return { ...table, columns: without(table.columns, change.live) }
    case 'alterColumn':
      return { ...table, columns: replaced(table.columns, change) }
    case 'alterPrimaryKey':
      return { ...table, primaryKey: change.wanted }
    case 'addUnique':
      return { ...table, uniques: [...table.uniques, change.wanted] }
    case 'dropUnique':
      return { ...table, uniques: without(table.uniques, change.live) }
    case 'alterUnique':
      return { ...table, uniques: replaced(table.uniques, change) }
    case 'addIndex':
      return { ...table, indexes: [...table.indexes, change.wanted] }
    case 'dropIndex':
      return { ...table, indexes: without(table.indexes, change.live) }
    case 'alterIndex':
      return { ...table, indexes: replaced(table.indexes, change) }
    case 'addForeignKey':
      return { ...table, foreignKeys: [...table.foreignKeys, change.wanted] }
    case 'dropForeignKey':
      return { ...table, foreignKeys: without(table.foreignKeys, change.live) }
    case 'alterForeignKey':
      return { ...table, foreignKeys: replaced(table.foreignKeys, change) }
    case 'addCheck':
      return { ...table, checks: [...table.checks, change.wanted] }
    case 'dropCheck':
      return { ...table, checks: without(table.checks, change.live) }
    case 'alterCheck':
      return { ...table, checks: replaced(table.checks, change) }
  }
}

function without<T>(shapes: readonly T[], gone: T): readonly T[] {
  return shapes.filter((shape) => shape !== gone)
}

function replaced<T>(shapes: readonly T[], { live, wanted }: { readonly live: T; readonly wanted: T }): readonly T[] {
  return shapes.map((shape) => (shape === live ? wanted : shape))
}
