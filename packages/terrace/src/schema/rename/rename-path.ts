import type { Rename } from './rename.ts'

interface NewNames {
  readonly tables: ReadonlyMap<string, string>
  /** By path, the table by its new name. */
  readonly columns: ReadonlyMap<string, string>
}

// A ledger has a path for each object of the database, and all are asked for with the same renames.
const newNames = new WeakMap<readonly Rename[], NewNames>()

/** A path of the ledger, `products.name`, under the new names. */
export function renamePath(path: string, kind: string, renames: readonly Rename[]): string {
  if (renames.length === 0) return path
  const { tables, columns } = newNamesOf(renames)
  const moved = renamedTablePath(path, tables)
  return kind === 'column' ? (columns.get(moved) ?? moved) : moved
}

function newNamesOf(renames: readonly Rename[]): NewNames {
  const known = newNames.get(renames)
  if (known !== undefined) return known
  const of = (kind: Rename['object']): readonly Rename[] => renames.filter(({ object }) => object === kind)
  const made: NewNames = {
    tables: new Map(of('table').map(({ from, to }) => [from, to])),
    columns: new Map(of('column').map(({ table, from, to }) => [`${table}.${from}`, `${table}.${to}`])),
  }
  newNames.set(renames, made)
  return made
}

/** A table's name may have dots of its own. */
function renamedTablePath(path: string, tables: ReadonlyMap<string, string>): string {
  if (tables.size === 0) return path
  for (let end = path.indexOf('.'); end !== -1; end = path.indexOf('.', end + 1)) {
    const renamed = tables.get(path.slice(0, end))
    if (renamed !== undefined) return renamed + path.slice(end)
  }
  return tables.get(path) ?? path
}
