import { objectHasher } from './object-hash.ts'
import type { ObjectPath } from './plan/plan.ts'
import type { Source, TableShape } from './snapshot.ts'

/** One row of the ownership ledger to be. */
export interface LedgerObject extends ObjectPath {
  readonly hash: string
  readonly source: Source | null
}

// A start looks at each table for several reasons, and hashing is most of what that costs.
const objects = new WeakMap<TableShape, readonly LedgerObject[]>()

/** The objects of a table, itself first, each with its hash. Nameless ones go by their columns. */
export function objectsOf(table: TableShape): readonly LedgerObject[] {
  const known = objects.get(table)
  if (known !== undefined) return known
  const hashOf = objectHasher()
  const read = shapesOf(table).map(({ kind, path, shape, source }) => ({ kind, path, hash: hashOf(shape), source }))
  objects.set(table, read)
  return read
}

/** The path of each object that making a table makes with it. */
export function pathsOf(table: TableShape): readonly ObjectPath[] {
  return shapesOf(table).map(({ kind, path }) => ({ kind, path }))
}

interface ShapeAt extends ObjectPath {
  readonly shape: unknown
  readonly source: Source | null
}

function shapesOf(table: TableShape): readonly ShapeAt[] {
  const { name, options, source } = table
  const key = table.primaryKey
  return [
    { kind: 'table', path: name, shape: { name, options }, source },
    ...named(table, 'column', table.columns),
    ...(key === null ? [] : named(table, 'primaryKey', [{ ...key, name: key.name ?? 'primary' }])),
    ...named(table, 'unique', table.uniques),
    ...named(table, 'index', table.indexes),
    ...named(table, 'foreignKey', table.foreignKeys),
    ...named(table, 'check', table.checks),
  ]
}

function named(
  table: TableShape,
  kind: ObjectPath['kind'],
  shapes: readonly { readonly name: string | null; readonly source: Source | null }[],
): readonly ShapeAt[] {
  return shapes.map((shape, at) => {
    const path = `${table.name}.${shape.name ?? `${kind} ${at + 1}`}`
    return { kind, path, shape, source: shape.source }
  })
}
