import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexColumnShape,
  IndexShape,
  TableShape,
  UniqueShape,
} from '../../schema/index.ts'

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T

/** A structure while it is made up. */
export type DraftTable = Mutable<TableShape>
export type DraftColumn = Mutable<ColumnShape>
export type DraftUnique = Mutable<UniqueShape>
export type DraftIndex = Mutable<IndexShape>
export type DraftForeignKey = Mutable<ForeignKeyShape>
export type DraftCheck = Mutable<CheckShape>

export interface Draft {
  tables: DraftTable[]
}

export function plainTable(name: string): DraftTable {
  const empty = { columns: [], primaryKey: null, uniques: [], indexes: [], foreignKeys: [], checks: [] }
  return { name, comment: null, options: {}, ...empty, source: null }
}

export function plainColumn(name: string, type: string, facts: Partial<DraftColumn> = {}): DraftColumn {
  return {
    name,
    type,
    nullable: true,
    default: null,
    generated: null,
    identity: null,
    collation: null,
    comment: null,
    isOpaque: false,
    source: null,
    ...facts,
  }
}

export function plainUnique(name: string, columns: readonly string[]): DraftUnique {
  return {
    name,
    columns: [...columns],
    where: null,
    nullsDistinct: true,
    heldBy: 'constraint',
    include: [],
    deferrable: 'no',
    enforced: true,
    source: null,
  }
}

export function plainIndex(name: string, columns: readonly IndexColumnShape[]): DraftIndex {
  return {
    name,
    columns: columns.map((column) => ({ ...column })),
    where: null,
    include: [],
    method: 'btree',
    valid: true,
    source: null,
  }
}

export function plainForeignKey(name: string, columns: readonly string[], target: DraftTable): DraftForeignKey {
  return {
    name,
    columns: [...columns],
    targetTable: target.name,
    targetColumns: [keyOf(target).name],
    onDelete: 'noAction',
    onUpdate: 'noAction',
    deferrable: 'no',
    enforced: true,
    source: null,
  }
}

/** The column that every table begins with, and that tells its rows apart. */
export function keyOf(table: DraftTable): DraftColumn {
  return found(table.columns[0], `${table.name} has no column`)
}

export function tableOf(draft: Draft, name: string): DraftTable {
  return found(
    draft.tables.find((table) => table.name === name),
    `no table ${name}`,
  )
}

export function columnOf(table: DraftTable, name: string): DraftColumn {
  return found(
    table.columns.find((column) => column.name === name),
    `no column ${name}`,
  )
}

/** What the maker itself has put there. */
export function found<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(`The generator of structures lost something: ${message}`)
  return value
}

/** A column with all that is about it: keys, indexes, conditions and what is calculated from it. */
export function removeColumn(table: DraftTable, name: string, quote: (name: string) => string): void {
  const isAbout = (text: string | null): boolean => text?.includes(quote(name)) ?? false
  table.checks = table.checks.filter(({ expression }) => !isAbout(expression))
  table.uniques = table.uniques.filter(
    ({ columns, include, where }) => !columns.includes(name) && !include.includes(name) && !isAbout(where),
  )
  table.indexes = table.indexes.filter(
    ({ columns, include, where }) =>
      !columns.some((column) => column.name === name || isAbout(column.name)) &&
      !include.includes(name) &&
      !isAbout(where),
  )
  table.foreignKeys = table.foreignKeys.filter(({ columns }) => !columns.includes(name))
  const calculated = table.columns.filter(({ generated }) => isAbout(generated?.expression ?? null))
  table.columns = table.columns.filter((column) => column.name !== name)
  for (const column of calculated) removeColumn(table, column.name, quote)
}

/** A table and the foreign keys that lead to it. */
export function removeTable(draft: Draft, name: string): void {
  draft.tables = draft.tables.filter((table) => table.name !== name)
  for (const table of draft.tables)
    table.foreignKeys = table.foreignKeys.filter(({ targetTable }) => targetTable !== name)
}
