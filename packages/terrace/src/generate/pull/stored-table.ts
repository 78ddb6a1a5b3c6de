import type { CheckStorage, ForeignKeyStorage, IndexStorage, TableStorage, UniqueStorage } from '../../model/index.ts'
import type {
  CheckShape,
  ForeignKeyShape,
  IndexColumnShape,
  IndexShape,
  SchemaDialect,
  TableShape,
  UniqueShape,
} from '../../schema/index.ts'

/** What a table has otherwise than its model would make it: a kind of which something differs is said whole. */
export function storedTable(live: TableShape, derived: TableShape, { storage }: SchemaDialect): TableStorage | null {
  const options = differingOptions(live, derived)
  const usualNulls = (direction: 'asc' | 'desc'): string | null => storage.indexNulls({ direction, nullable: false })
  const isKnown = live.primaryKey?.name === derived.primaryKey?.name
  const uniques = differing(live.uniques, derived.uniques, storedUnique)
  const indexes = differing(live.indexes, derived.indexes, (index) => storedIndex(index, usualNulls))
  const foreignKeys = differing(live.foreignKeys, derived.foreignKeys, storedForeignKey)
  const checks = differing(live.checks, derived.checks, storedCheck)
  const stored: TableStorage = {
    ...(options === null ? {} : { options }),
    ...(isKnown ? {} : { primaryKey: live.primaryKey?.name ?? null }),
    ...(uniques === null ? {} : { uniques }),
    ...(indexes === null ? {} : { indexes }),
    ...(foreignKeys === null ? {} : { foreignKeys }),
    ...(checks === null ? {} : { checks }),
  }
  return Object.keys(stored).length === 0 ? null : stored
}

/** What models do not ask for is as in any new table, and is said where it is switched off. */
function differingOptions(live: TableShape, { options }: TableShape): Readonly<Record<string, string>> | null {
  const differs = ([name, value]: readonly [string, string]): boolean =>
    name in options ? options[name] !== value : value === 'no'
  const entries = Object.entries(live.options).filter(differs)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** Null where both sides say the same, in whichever order. */
function differing<T, S>(live: readonly T[], derived: readonly T[], store: (shape: T) => S): readonly S[] | null {
  const said = (shapes: readonly T[]): string => JSON.stringify(shapes.map((shape) => inOrder(store(shape))).toSorted())
  return said(live) === said(derived) ? null : live.map(store)
}

/** As text, whatever the order of its properties. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function storedUnique(unique: UniqueShape): UniqueStorage {
  const { name, columns, where, nullsDistinct, heldBy, include, deferrable, enforced } = unique
  return {
    name,
    columns,
    ...(where === null ? {} : { where }),
    ...(nullsDistinct ? {} : { nullsDistinct }),
    ...(heldBy === 'constraint' ? {} : { heldBy }),
    ...(include.length === 0 ? {} : { include }),
    ...(deferrable === 'no' ? {} : { deferrable }),
    ...(enforced ? {} : { enforced }),
  }
}

type UsualNulls = (direction: 'asc' | 'desc') => string | null

/** One that was never built to its end is said as if it had been: the next plan builds it. */
function storedIndex({ name, columns, where, include, method }: IndexShape, usualNulls: UsualNulls): IndexStorage {
  const usual: UsualNulls = method === 'btree' ? usualNulls : () => null
  return {
    name,
    columns: columns.map((column) => storedIndexColumn(column, usual)),
    ...(where === null ? {} : { where }),
    ...(include.length === 0 ? {} : { include }),
    ...(method === 'btree' ? {} : { method }),
  }
}

function storedIndexColumn(
  { name, suffix, direction, nulls }: IndexColumnShape,
  usualNulls: UsualNulls,
): IndexStorage['columns'][number] {
  const isUsual = nulls === usualNulls(direction)
  if (suffix === '' && direction === 'asc' && isUsual) return name
  return {
    name,
    ...(suffix === '' ? {} : { suffix }),
    ...(direction === 'asc' ? {} : { direction }),
    ...(isUsual || nulls === null ? {} : { nulls }),
  }
}

function storedForeignKey(key: ForeignKeyShape): ForeignKeyStorage {
  const { name, columns, targetTable, targetColumns, onDelete, onUpdate, deferrable, enforced } = key
  return {
    name,
    columns,
    target: { table: targetTable, columns: targetColumns },
    ...(onDelete === 'noAction' ? {} : { onDelete }),
    ...(onUpdate === 'noAction' ? {} : { onUpdate }),
    ...(deferrable === 'no' ? {} : { deferrable }),
    ...(enforced ? {} : { enforced }),
  }
}

function storedCheck({ name, expression, enforced }: CheckShape): CheckStorage {
  return { name, expression, ...(enforced ? {} : { enforced }) }
}
