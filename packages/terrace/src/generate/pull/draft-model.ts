import { reservedQueryNames } from '../../model/index.ts'
import type { ColumnShape, LiveStructure, SchemaDialect, TableShape } from '../../schema/index.ts'
import type { ColumnDraft, ModelDraft } from './model-draft.ts'
import { fileName, freeName, propertyNames } from './pulled-names.ts'

/** A table with its columns named and typed, without what it has to do with others; or why no model can hold it. */
export type Drafted =
  | { readonly kind: 'model'; readonly draft: ModelDraft }
  | { readonly kind: 'left'; readonly reason: string }

export interface Drafting {
  readonly live: LiveStructure
  readonly dialect: SchemaDialect
}

export function draftModel(table: TableShape, name: string, drafting: Drafting): Drafted {
  if (table.primaryKey === null) {
    return { kind: 'left', reason: 'it has no primary key, by which a model tells its rows apart' }
  }
  const names = propertyNames(table.columns.map((column) => column.name))
  const columns: ColumnDraft[] = []
  for (const column of inKeyOrder(table, table.primaryKey.columns)) {
    const as = drafting.dialect.declaredAs(column, table, drafting.live)
    if (as.kind === 'none') return { kind: 'left', reason: `its column ${column.name}: ${as.reason}` }
    const isKey = table.primaryKey.columns.includes(column.name)
    if (isKey && as.kind === 'native') {
      return { kind: 'left', reason: `its key ${column.name} is ${column.type}, which a model can only read` }
    }
    const type = as.kind === 'native' ? ({ kind: 'native', name: as.name } as const) : as.type
    const property = names.get(column.name) ?? column.name
    columns.push({ ...unrelated, live: column, property, as, type, isKey, filterAs: filterName(property, names) })
  }
  const nothing = { uniques: [], indexes: [], references: [], stored: null }
  return { kind: 'model', draft: { live: table, name, file: fileName(name), columns, ...nothing } }
}

const unrelated = { reference: null, isUnique: false, isIndexed: false, stored: null } as const

/** A model's key is over its columns in the order in which they stand. */
function inKeyOrder({ columns }: TableShape, key: readonly string[]): readonly ColumnShape[] {
  const ordered = key.flatMap((name) => columns.filter((column) => column.name === name))
  let at = 0
  return columns.map((column) => (key.includes(column.name) ? (ordered[at++] ?? column) : column))
}

function filterName(property: string, names: ReadonlyMap<string, string>): string | null {
  if (!reservedQueryNames.includes(property)) return null
  const taken = new Set([...names.values()].map((name) => name.toLowerCase()))
  return freeName(`${property}Value`, (folded) => taken.has(folded))
}
