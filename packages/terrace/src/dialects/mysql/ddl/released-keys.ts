import type { ColumnShape, ForeignKeyShape, RenderContext, TableAlteration, TableShape } from '../../../schema/index.ts'

/** Foreign keys that stand in the way of an alteration: each goes before it, and comes back behind it where it stays. */
export interface ReleasedKeys {
  /** Of the table itself. */
  readonly own: readonly ForeignKeyShape[]
  /** Of other tables that refer to it, with the shape that comes back; null for none. */
  readonly others: readonly OtherKey[]
}

export interface OtherKey {
  /** The table that has the key, before the plan. */
  readonly table: TableShape
  readonly key: ForeignKeyShape
  readonly isRestored: boolean
}

/**
 * The server refuses to retype a column that a foreign key is about, on either side (1832, 1833). A key of another table is
 * released by that table where its own columns change too, else by the table it refers to.
 */
export function releasedKeys({ live, target }: TableAlteration, { before, after }: RenderContext): ReleasedKeys {
  const targetOf = ({ targetTable }: ForeignKeyShape): readonly [TableShape | undefined, TableShape | undefined] =>
    targetTable === live.name ? [live, target] : [before.tables[targetTable], after.tables[targetTable]]
  const isTargetReshaped = (key: ForeignKeyShape): boolean => {
    const [from, to] = targetOf(key)
    return from !== undefined && to !== undefined && isReshaped(key.targetColumns, from, to)
  }
  const own = live.foreignKeys.filter((key) => {
    if (!target.foreignKeys.includes(key)) return true
    if (isReshaped(key.columns, live, target)) return true
    // Else the table it refers to sees to it.
    return key.targetTable === live.name && isTargetReshaped(key)
  })
  const others = Object.values(before.tables).flatMap((table): readonly OtherKey[] => {
    if (table.name === live.name) return []
    const later = after.tables[table.name]
    return table.foreignKeys
      .filter((key) => key.targetTable === live.name && isReshaped(key.targetColumns, live, target))
      .filter((key) => later === undefined || isUntouched(key, table, later))
      .map((key) => ({ table, key, isRestored: later !== undefined }))
  })
  return { own, others }
}

function isUntouched(key: ForeignKeyShape, from: TableShape, to: TableShape): boolean {
  return to.foreignKeys.includes(key) && !isReshaped(key.columns, from, to)
}

/** Whether one of the columns goes, or gets another type. */
function isReshaped(columns: readonly string[], from: TableShape, to: TableShape): boolean {
  const find = (table: TableShape, name: string): ColumnShape | undefined =>
    table.columns.find((column) => column.name === name)
  return columns.some((name) => shapeOf(find(from, name), from) !== shapeOf(find(to, name), to))
}

function shapeOf(column: ColumnShape | undefined, { options }: TableShape): string {
  if (column === undefined) return 'gone'
  const { type, collation, generated } = column
  const isText = /char|text|enum|set/.test(type)
  return JSON.stringify([type, isText ? (collation ?? options['collation'] ?? null) : null, generated])
}
