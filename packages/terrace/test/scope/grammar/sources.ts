import type { ColumnFact, ReferenceFact } from '../../../src/model/index.ts'
import { shopGraph } from '../shop-models.ts'

/** What values of a column are alike with: only those are compared. */
export type Family =
  | 'key'
  | 'text'
  | 'folded'
  | 'number'
  | 'big'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'time'
  | 'device'
  | 'choice'

/** A column of something that a query reads, as it is written: `t0.name`. */
export interface Cell {
  readonly ref: string
  readonly family: Family
  /** A table's own column: only those are multiplied, so that numbers stay small, or compared without case. */
  readonly isOwn: boolean
}

/** Something that a query reads under an alias. */
export interface Source {
  readonly alias: string
  /** Null for what is no table. */
  readonly table: string | null
  readonly cells: readonly Cell[]
}

export function tableSource(table: string, alias: string): Source {
  const columns = (shopGraph.tables[table]?.columns ?? []).flatMap((column) => {
    const family = familyOf(column)
    return family === null ? [] : [{ ref: `${alias}.${column.name}`, family, isOwn: true }]
  })
  return { alias, table, cells: columns }
}

function familyOf({ type, name, reference, foldedInto }: ColumnFact): Family | null {
  if (name === 'deletionId') return null
  if (foldedInto !== null) return 'folded'
  switch (type.kind) {
    case 'uuid':
      return 'key'
    case 'text':
      return name === 'id' || name === 'deviceId' || reference !== null ? 'device' : 'text'
    case 'integer':
      return 'number'
    case 'bigint':
      return 'big'
    case 'decimal':
    case 'float':
    case 'boolean':
      return type.kind
    case 'timestamp':
      return type.precision === 3 ? 'time' : null
    case 'oneOf':
      return 'choice'
    default:
      return null
  }
}

/** `portions.productId` and `products.id`: how two tables hang together, from either side. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly fromColumn: string
  readonly toColumn: string
}

export const links: readonly Link[] = Object.values(shopGraph.models).flatMap(({ table, references }) =>
  references.flatMap((reference: ReferenceFact) => {
    const [fromColumn = '', toColumn = ''] = [reference.columns[0], reference.targetColumns[0]]
    const one = { from: table, to: reference.targetTable, fromColumn, toColumn }
    return [one, { from: one.to, to: one.from, fromColumn: toColumn, toColumn: fromColumn }]
  }),
)
