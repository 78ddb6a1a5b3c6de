import {
  snapshotFrom,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexShape,
  type Snapshot,
  type Source,
  type TableShape,
  type UniqueShape,
} from '../../src/schema/index.ts'
import type { CorpusEngine } from './load-corpus.ts'

export { plainColumn as newColumn } from '../../src/testing/structures/draft.ts'

/** The same structure with one table changed; what the engine has printed of that table is forgotten. */
export function editTable(snapshot: Snapshot, name: string, change: (table: TableShape) => TableShape): Snapshot {
  const tables = Object.values(snapshot.tables)
  if (!tables.some((table) => table.name === name)) throw new Error(`there is no table ${name}`)
  return snapshotFrom(tables.map((table) => (table.name === name ? withoutText(change(table)) : table)))
}

export function editColumn(table: TableShape, name: string, facts: Partial<ColumnShape>): TableShape {
  if (!table.columns.some((column) => column.name === name)) throw new Error(`${table.name} has no column ${name}`)
  return {
    ...table,
    columns: table.columns.map((column) => (column.name === name ? withoutText({ ...column, ...facts }) : column)),
  }
}

/** What the engine printed of it says no longer what it is. */
export function withoutText<T extends { readonly definition?: string }>(shape: T): Omit<T, 'definition'> {
  const { definition: _, ...rest } = shape
  return rest
}

/** A declared rename of a column or, without `column`, of a table. */
export function renamedFrom(model: string, former: string, column?: string): Source {
  return {
    model,
    fact: column === undefined ? 'model' : 'column',
    name: column ?? model,
    columns: column === undefined ? [] : [column],
    properties: column === undefined ? [] : [column],
    renamedFrom: former,
  }
}

/** A table's column under another name, with everything in the table that names it. */
export function renameColumn(table: TableShape, from: string, to: string): TableShape {
  const other = (name: string): string => (name === from ? to : name)
  const list = (names: readonly string[]): readonly string[] => names.map(other)
  return {
    ...editColumn(table, from, { name: to, source: renamedFrom(table.name, from, to) }),
    primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, columns: list(table.primaryKey.columns) },
    uniques: table.uniques.map((unique) => ({ ...unique, columns: list(unique.columns) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((column) => ({ ...column, name: other(column.name) })),
    })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: list(key.columns) })),
  }
}

/** A table under another name, with the references of all tables to it. */
export function renameTable(snapshot: Snapshot, from: string, to: string): Snapshot {
  return snapshotFrom(
    Object.values(snapshot.tables).map((table) => ({
      ...(table.name === from ? withoutText({ ...table, name: to, source: renamedFrom(to, from) }) : table),
      foreignKeys: table.foreignKeys.map((key) => (key.targetTable === from ? { ...key, targetTable: to } : key)),
    })),
  )
}

export function newIndex(
  engine: CorpusEngine,
  name: string,
  columns: readonly (readonly [name: string, direction: 'asc' | 'desc'])[],
): IndexShape {
  const nulls = { asc: 'last', desc: 'first' } as const
  return {
    name,
    columns: columns.map(([column, direction]) => ({
      name: column,
      suffix: '',
      direction,
      nulls: engine === 'postgres' ? nulls[direction] : null,
    })),
    where: null,
    include: [],
    method: 'btree',
    valid: true,
    source: null,
  }
}

export function newUnique(name: string, columns: readonly string[], facts: Partial<UniqueShape> = {}): UniqueShape {
  return {
    name,
    columns,
    where: null,
    nullsDistinct: true,
    heldBy: 'constraint',
    include: [],
    deferrable: 'no',
    enforced: true,
    source: null,
    ...facts,
  }
}

export function newForeignKey(
  name: string,
  columns: readonly string[],
  target: { readonly table: string; readonly columns: readonly string[] },
): ForeignKeyShape {
  return {
    name,
    columns,
    targetTable: target.table,
    targetColumns: target.columns,
    onDelete: 'noAction',
    onUpdate: 'noAction',
    deferrable: 'no',
    enforced: true,
    source: null,
  }
}
