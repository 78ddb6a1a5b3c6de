import { columnsIn } from '../../../schema/index.ts'
import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  TableShape,
  UniqueShape,
} from '../../../schema/index.ts'
import { columnOf, impliedIndexName, isOfColumn } from './clauses.ts'

export interface Pair<T> {
  readonly from: T
  readonly to: T
}

/** What one ALTER TABLE has to say to make one table of another. Objects that are the same on both sides are the same values. */
export interface TableDelta extends Pair<TableShape> {
  readonly dropped: {
    readonly columns: readonly ColumnShape[]
    readonly foreignKeys: readonly ForeignKeyShape[]
    readonly checks: readonly CheckShape[]
    /** Unique keys and indexes, and indexes that were made for foreign keys. */
    readonly keys: readonly string[]
    readonly primaryKey: boolean
  }
  readonly added: {
    readonly columns: readonly ColumnShape[]
    readonly foreignKeys: readonly ForeignKeyShape[]
    readonly checks: readonly CheckShape[]
    readonly uniques: readonly UniqueShape[]
    readonly indexes: readonly IndexShape[]
    readonly primaryKey: boolean
  }
  readonly modified: readonly Pair<ColumnShape>[]
  /** From and to virtual there is no way but to drop the column and add it: its values are calculated anyway. */
  readonly replaced: readonly Pair<ColumnShape>[]
  readonly renamedKeys: readonly Pair<string>[]
  readonly options: readonly ('engine' | 'collation' | 'comment')[]
}

/** `droppedIndexes`: of foreign keys that go for good. */
export function deltaOf({ from, to }: Pair<TableShape>, droppedIndexes: readonly string[] = []): TableDelta {
  const shared = to.columns.flatMap((column): readonly Pair<ColumnShape>[] => {
    const before = from.columns.find(({ name }) => name === column.name)
    return before === undefined ? [] : [{ from: before, to: column }]
  })
  const replaced = shared.filter(isReplaced)
  const modified = shared.filter((pair) => !isReplaced(pair) && isModified(pair, { from, to }))
  const gone = new Set(replaced.map((pair) => pair.to.name))
  const uniques = changedKeys(from.uniques, to.uniques, ({ columns }) => columns.some((name) => gone.has(name)))
  const onReplaced = ({ columns }: IndexShape): boolean => columns.some(({ name }) => gone.has(name))
  const indexes = changedKeys(from.indexes, to.indexes, onReplaced)
  const namesReplaced = (check: CheckShape): boolean =>
    columnsIn(check.expression, to).some(({ name }) => gone.has(name))
  const checks = changed(from.checks, to.checks, namesReplaced)
  const foreignKeys = changed(from.foreignKeys, to.foreignKeys, () => false)
  const keyColumns = ({ primaryKey }: TableShape): string => primaryKey?.columns.join('\0') ?? ''
  const keepsKey =
    keyColumns(from) === keyColumns(to) && !(to.primaryKey?.columns.some((name) => gone.has(name)) ?? false)
  const isOfTable = (check: CheckShape): boolean => !isOfColumn(check)
  return {
    from,
    to,
    dropped: {
      columns: from.columns.filter(({ name }) => !shared.some((pair) => pair.to.name === name)),
      foreignKeys: foreignKeys.dropped,
      checks: checks.dropped.filter(isOfTable),
      keys: [...[...uniques.dropped, ...indexes.dropped].map(({ name }) => name ?? ''), ...droppedIndexes],
      primaryKey: !keepsKey && from.primaryKey !== null,
    },
    added: {
      columns: to.columns.filter(({ name }) => !shared.some((pair) => pair.to.name === name)),
      foreignKeys: foreignKeys.added,
      checks: checks.added.filter(isOfTable),
      uniques: uniques.added,
      indexes: [...indexes.added, ...neededIndexes({ from, to }, droppedIndexes)],
      primaryKey: !keepsKey && to.primaryKey !== null,
    },
    modified,
    replaced,
    renamedKeys: [...uniques.renamed, ...indexes.renamed],
    options: changedOptions({ from, to }),
  }
}

export function isEmpty({ dropped, added, modified, replaced, renamedKeys, options }: TableDelta): boolean {
  const lists = [...Object.values(dropped), ...Object.values(added), modified, replaced, renamedKeys, options]
  return lists.every((list) => (typeof list === 'boolean' ? !list : list.length === 0))
}

/** Where a column's values are: in the row as written, in the row as calculated, or nowhere. */
export function storageOf({ generated }: ColumnShape): 'plain' | 'stored' | 'virtual' {
  if (generated === null) return 'plain'
  return generated.stored ? 'stored' : 'virtual'
}

function isReplaced({ from, to }: Pair<ColumnShape>): boolean {
  const [before, after] = [storageOf(from), storageOf(to)]
  return before !== after && (before === 'virtual' || after === 'virtual')
}

function isModified(column: Pair<ColumnShape>, table: Pair<TableShape>): boolean {
  const clauses = (shape: TableShape, name: string): string =>
    JSON.stringify(shape.checks.filter((check) => columnOf(check, shape) === name).map(({ expression }) => expression))
  return column.from !== column.to || clauses(table.from, column.from.name) !== clauses(table.to, column.to.name)
}

interface Changed<T> {
  readonly dropped: readonly T[]
  readonly added: readonly T[]
}

function changed<T>(from: readonly T[], to: readonly T[], isTouched: (shape: T) => boolean): Changed<T> {
  const stays = (shape: T): boolean => from.includes(shape) && to.includes(shape) && !isTouched(shape)
  return { dropped: from.filter((shape) => !stays(shape)), added: to.filter((shape) => !stays(shape)) }
}

/** Keys that are equal but for their names are renamed, unless the new name is only just given up. */
function changedKeys<T extends UniqueShape | IndexShape>(
  from: readonly T[],
  to: readonly T[],
  isTouched: (shape: T) => boolean,
): Changed<T> & { readonly renamed: readonly Pair<string>[] } {
  const { dropped, added } = changed(from, to, isTouched)
  const taken = new Set(from.map(({ name }) => name))
  const pairs = added.flatMap((wanted) => {
    const former = dropped.find((live) => !isTouched(live) && contentOf(live) === contentOf(wanted))
    return former === undefined || isTouched(wanted) || taken.has(wanted.name) ? [] : [{ former, wanted }]
  })
  const distinct = pairs.filter((pair, at) => pairs.findIndex(({ former }) => former === pair.former) === at)
  return {
    dropped: dropped.filter((live) => !distinct.some(({ former }) => former === live)),
    added: added.filter((each) => !distinct.some(({ wanted }) => wanted === each)),
    renamed: distinct.map(({ former, wanted }) => ({ from: former.name ?? '', to: wanted.name ?? '' })),
  }
}

function contentOf({
  name: _name,
  source: _source,
  definition: _definition,
  ...content
}: UniqueShape | IndexShape): string {
  return JSON.stringify(Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function changedOptions({ from, to }: Pair<TableShape>): TableDelta['options'] {
  const differs = (option: 'engine' | 'collation'): boolean =>
    to.options[option] !== undefined && from.options[option] !== to.options[option]
  return [
    ...(['engine', 'collation'] as const).filter(differs),
    ...(to.comment === null || to.comment === (from.comment ?? '') ? [] : (['comment'] as const)),
  ]
}

/** A foreign key must have an index, or the server refuses to drop the one it uses (1553): then it gets one of its own. */
function neededIndexes({ from, to }: Pair<TableShape>, droppedIndexes: readonly string[]): readonly IndexShape[] {
  const staying = to.foreignKeys.filter((key) => from.foreignKeys.includes(key))
  return staying
    .filter((key) => serves(from, key, []) && !serves(to, key, droppedIndexes))
    .filter((key, at, all) => all.findIndex((other) => other.columns.join('\0') === key.columns.join('\0')) === at)
    .map((key) => ({
      name: impliedIndexName({ ...key, definition: key.name ?? '' }),
      columns: key.columns.map((name) => ({ name, suffix: '', direction: 'asc', nulls: null })),
      where: null,
      include: [],
      method: 'btree',
      valid: true,
      source: null,
    }))
}

/** Whether an index of the table begins with the key's columns, in their order. */
export function serves(table: TableShape, { columns }: ForeignKeyShape, droppedIndexes: readonly string[]): boolean {
  const implied = table.foreignKeys.filter(
    ({ definition }) => definition !== undefined && !droppedIndexes.includes(definition),
  )
  const lists = [
    table.primaryKey?.columns ?? [],
    ...table.uniques.map((unique) => unique.columns),
    ...table.indexes
      .filter(({ method }) => method === 'btree')
      .map((index) => index.columns.map(({ name, suffix }) => `${name}${suffix}`)),
    ...implied.map((key) => key.columns),
  ]
  return lists.some((list) => columns.every((name, at) => list[at] === name))
}
