import { inWire } from '../../dto/index.ts'
import type { ObjectShape } from '../../dto/index.ts'
import type { ColumnFact, ColumnKind, ModelFact } from '../../model/index.ts'
import type { WireContext } from '../wire-context.ts'
import { columnFields } from '../column-fields.ts'

/** A column whose values a client may know, and its names on the wire. */
export interface ReadableColumn {
  readonly column: ColumnFact
  /** The property in which it is answered, by which lists are sorted. */
  readonly key: string
  /** The parameter by which lists are filtered. */
  readonly filterName: string
}

/**
 * The one gate of what a query may name: columns of the model that the answers of its resource hold. A hidden column, one that
 * is only written and one that a hand-made shape leaves out are as unknown as any other name. Of one in several shapes, the
 * first gives the name.
 */
export function readableColumns(
  model: ModelFact,
  shapes: readonly ObjectShape[],
  names: WireContext['names'],
): readonly ReadableColumn[] {
  const found = new Map<string, ReadableColumn>()
  for (const field of shapes.flatMap((shape) => columnFields(inWire(shape, names)))) {
    const column = model.column[field.name]
    if (column === undefined || column.hidden || column.writeOnly || found.has(field.name)) continue
    found.set(field.name, { column, key: field.key, filterName: column.filterAs ?? field.key })
  }
  return [...found.values()]
}

const unordered: ReadonlySet<ColumnKind> = new Set(['json', 'array', 'bytes', 'native'])

/** Whether every engine orders its values, and alike. */
export function isSortable({ column }: Pick<ReadableColumn, 'column'>): boolean {
  return !unordered.has(column.type.kind)
}
