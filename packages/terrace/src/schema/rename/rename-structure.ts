import type { Rename } from './rename.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import { snapshotFrom } from '../snapshot-from.ts'
import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexColumnShape,
  IndexShape,
  LiveStructure,
  OpaqueObject,
  TableShape,
  UniqueShape,
} from '../snapshot.ts'

type Expressions = Pick<SchemaDialect, 'renameInExpression'>

/** A live structure as it will read once the renames are done: names of constraints stay, as engines keep them. */
export function renameStructure(live: LiveStructure, renames: readonly Rename[], dialect: Expressions): LiveStructure {
  if (renames.length === 0) return live
  const names = new Names(renames, dialect)
  return {
    ...live,
    snapshot: snapshotFrom(Object.values(live.snapshot.tables).map((table) => renamedTable(table, names))),
    estimatedRows: Object.fromEntries(
      Object.entries(live.estimatedRows).map(([table, rows]) => [names.table(table), rows]),
    ),
    opaque: live.opaque.map((object) => renamedOpaque(object, names)),
  }
}

/** Its own text still has the former names: an engine that makes it again from that has to go back to them. */
function renamedOpaque(object: OpaqueObject, names: Names): OpaqueObject {
  const { table, uses, usesColumns = [] } = object
  const renamed: OpaqueObject = {
    ...object,
    table: table === null ? null : names.table(table),
    uses: uses.map((name) => names.table(name)),
    ...(object.usesColumns === undefined ? {} : { usesColumns: usesColumns.map((path) => names.path(path)) }),
  }
  const isSame =
    renamed.table === table &&
    renamed.uses.every((name, at) => name === uses[at]) &&
    (renamed.usesColumns ?? []).every((path, at) => path === usesColumns[at])
  return isSame ? object : { ...renamed, restore: null }
}

class Names {
  private readonly tables: ReadonlyMap<string, string>
  private readonly columns: ReadonlyMap<string, string>
  /** Of columns, by their table's new name. */
  private readonly renames: ReadonlyMap<string, readonly Rename[]>
  private readonly dialect: Expressions

  constructor(renames: readonly Rename[], dialect: Expressions) {
    const of = (object: Rename['object']): readonly Rename[] => renames.filter((rename) => rename.object === object)
    this.tables = new Map(of('table').map(({ from, to }) => [from, to]))
    this.columns = new Map(of('column').map(({ table, from, to }) => [`${table}\0${from}`, to]))
    this.renames = Map.groupBy(of('column'), ({ table }) => table)
    this.dialect = dialect
  }

  table(name: string): string {
    return this.tables.get(name) ?? name
  }

  /** `table` is the new name. */
  column(table: string, name: string): string {
    return this.columns.get(`${table}\0${name}`) ?? name
  }

  /** `products.name`, by the former names of both. */
  path(path: string): string {
    const at = path.indexOf('.')
    const table = this.table(path.slice(0, at))
    return `${table}.${this.column(table, path.slice(at + 1))}`
  }

  /** By way of names that nothing has, so that a swap does not meet itself. */
  expression(table: string, text: string): string {
    const away = (this.renames.get(table) ?? []).map(({ from, to }, at) => ({ from, over: `_terrace_r_${at}`, to }))
    const parted = away.reduce((sql, { from, over }) => this.dialect.renameInExpression(sql, from, over), text)
    return away.reduce((sql, { over, to }) => this.dialect.renameInExpression(sql, over, to), parted)
  }
}

function renamedTable(table: TableShape, names: Names): TableShape {
  const name = names.table(table.name)
  const list = (columns: readonly string[]): readonly string[] => columns.map((column) => names.column(name, column))
  return {
    ...table,
    name,
    columns: table.columns.map((column) => renamedColumn(column, name, names)),
    primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, columns: list(table.primaryKey.columns) },
    uniques: table.uniques.map((unique) => ({
      ...renamedCondition(unique, name, names),
      columns: list(unique.columns),
      include: list(unique.include),
    })),
    indexes: table.indexes.map((index) => ({
      ...renamedCondition(index, name, names),
      columns: index.columns.map((column) => renamedIndexColumn(column, name, names)),
      include: list(index.include),
    })),
    foreignKeys: table.foreignKeys.map((key) => renamedForeignKey(key, name, names)),
    checks: table.checks.map((check) => renamedCheck(check, name, names)),
  }
}

function renamedColumn(column: ColumnShape, table: string, names: Names): ColumnShape {
  const { generated } = column
  return {
    ...column,
    name: names.column(table, column.name),
    generated: generated === null ? null : { ...generated, expression: names.expression(table, generated.expression) },
  }
}

function renamedCondition<T extends UniqueShape | IndexShape>(shape: T, table: string, names: Names): T {
  return { ...shape, where: shape.where === null ? null : names.expression(table, shape.where) }
}

function renamedIndexColumn(column: IndexColumnShape, table: string, names: Names): IndexColumnShape {
  const isExpression = column.name.startsWith('(')
  return { ...column, name: isExpression ? names.expression(table, column.name) : names.column(table, column.name) }
}

function renamedForeignKey(key: ForeignKeyShape, table: string, names: Names): ForeignKeyShape {
  const targetTable = names.table(key.targetTable)
  return {
    ...key,
    columns: key.columns.map((column) => names.column(table, column)),
    targetTable,
    targetColumns: key.targetColumns.map((column) => names.column(targetTable, column)),
  }
}

function renamedCheck(check: CheckShape, table: string, names: Names): CheckShape {
  return { ...check, expression: names.expression(table, check.expression) }
}
