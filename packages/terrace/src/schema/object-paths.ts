import { objectHash } from './object-hash.ts'
import type { ObjectPath } from './plan/plan.ts'
import type { Source, TableShape } from './snapshot.ts'

/** One row of the ownership ledger to be. */
export interface LedgerObject extends ObjectPath {
  readonly hash: string
  readonly source: Source | null
}

/** The objects of a table, itself first, each with its hash. Nameless ones go by their columns. */
export function objectsOf(table: TableShape): readonly LedgerObject[] {
  const { name, options, source } = table
  const key = table.primaryKey
  return [
    { kind: 'table', path: name, hash: objectHash({ name, options }), source },
    ...named(table, 'column', table.columns),
    ...(key === null ? [] : named(table, 'primaryKey', [{ ...key, name: key.name ?? 'primary' }])),
    ...named(table, 'unique', table.uniques),
    ...named(table, 'index', table.indexes),
    ...named(table, 'foreignKey', table.foreignKeys),
    ...named(table, 'check', table.checks),
  ]
}

/** The path of each object that making a table makes with it. */
export function pathsOf(table: TableShape): readonly ObjectPath[] {
  return objectsOf(table).map(({ kind, path }) => ({ kind, path }))
}

function named(
  table: TableShape,
  kind: ObjectPath['kind'],
  shapes: readonly { readonly name: string | null; readonly source: Source | null }[],
): readonly LedgerObject[] {
  return shapes.map((shape, at) => {
    const path = `${table.name}.${shape.name ?? `${kind} ${at + 1}`}`
    return { kind, path, hash: objectHash(shape), source: shape.source }
  })
}
