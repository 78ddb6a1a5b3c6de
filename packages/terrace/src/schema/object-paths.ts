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

/** The objects of a table, itself first, each with its hash. */
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
  const { name, options, comment, source } = table
  const key = table.primaryKey
  return [
    { kind: 'table', path: name, shape: { name, options, comment }, source },
    ...within(table, 'column', table.columns),
    ...(key === null ? [] : within(table, 'primaryKey', [{ ...key, name: key.name ?? 'primary' }])),
    ...within(table, 'unique', table.uniques),
    ...within(table, 'index', table.indexes),
    ...within(table, 'foreignKey', table.foreignKeys),
    ...within(table, 'check', table.checks),
  ]
}

type PartShape = PathShape & { readonly source: Source | null }

function within({ name }: TableShape, kind: ObjectPath['kind'], shapes: readonly PartShape[]): readonly ShapeAt[] {
  const taken = new Set<string>()
  return shapes.map((shape, at) => {
    const own = pathWithin(name, kind, shape)
    const path = taken.has(own) ? `${own} ${at + 1}` : own
    taken.add(path)
    return { kind, path, shape, source: shape.source }
  })
}

/** What says where an object of a table stands in the ledger. */
export interface PathShape {
  readonly name: string | null
  readonly columns?: readonly unknown[]
  readonly expression?: string
}

/**
 * `products.uq_products_name`; of what has no name by what it is about: `products.unique (name, brand)`. A key without a name is
 * `products.primary`.
 */
export function pathWithin(table: string, kind: ObjectPath['kind'], shape: PathShape): string {
  if (shape.name !== null) return `${table}.${shape.name}`
  if (kind === 'primaryKey') return `${table}.primary`
  // A ledger's path is no place for an expression of any length.
  if (shape.expression !== undefined) return `${table}.${kind} ${objectHasher()(shape.expression).slice(0, 12)}`
  return `${table}.${kind} (${(shape.columns ?? []).join(', ')})`
}
