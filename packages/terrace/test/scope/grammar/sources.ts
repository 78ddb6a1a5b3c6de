import type { ColumnFact, ReferenceFact } from '../../../src/model/index.ts'
import { shopGraph } from '../shop-models.ts'

/** What values of a column are alike with: only those are compared. */
export type Family = 'key' | 'text' | 'folded' | 'number'

/** A column of something that a query reads, as it is written: `t0.name`. */
export interface Cell {
  readonly ref: string
  readonly family: Family
}

/** Something that a query reads under an alias. */
export interface Source {
  readonly alias: string
  /** Null for what is no table. */
  readonly table: string | null
  readonly cells: readonly Cell[]
  /** The key of its rows, which orders them; null where there is none. */
  readonly key: string | null
}

export const tables = [
  'devices',
  'foods',
  'tags',
  'categories',
  'products',
  'portions',
  'servings',
  'posts',
  'comments',
] as const

export function tableSource(table: string, alias: string): Source {
  const columns = (shopGraph.tables[table]?.columns ?? []).flatMap((column) => {
    const family = familyOf(column)
    return family === null ? [] : [{ ref: `${alias}.${column.name}`, family }]
  })
  return { alias, table, cells: columns, key: `${alias}.id` }
}

function familyOf({ type, name, reference, foldedInto }: ColumnFact): Family | null {
  if (name === 'deletionId') return null
  if (type.kind === 'uuid') return 'key'
  if (foldedInto !== null) return 'folded'
  if (type.kind === 'text') return name === 'id' || name === 'deviceId' || reference !== null ? null : 'text'
  return type.kind === 'integer' ? 'number' : null
}

/** `portions.productId` and `products.id`: how two tables hang together, from either side. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly fromColumn: string
  readonly toColumn: string
}

export const links: readonly Link[] = Object.values(shopGraph.models)
  .flatMap(({ table, references }) =>
    references.flatMap((reference: ReferenceFact) => {
      const [fromColumn = '', toColumn = ''] = [reference.columns[0], reference.targetColumns[0]]
      const one = { from: table, to: reference.targetTable, fromColumn, toColumn }
      return [one, { from: one.to, to: one.from, fromColumn: toColumn, toColumn: fromColumn }]
    }),
  )
  .filter(({ from, to }) => tables.some((table) => table === from) && tables.some((table) => table === to))
