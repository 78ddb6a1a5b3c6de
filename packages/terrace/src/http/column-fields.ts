import type { ColumnField, ObjectShape } from '../dto/index.ts'

/** The columns of a shape, which alone can be read from the text of a path or a query. */
export function columnFields({ fields }: ObjectShape): readonly ColumnField[] {
  return [...fields.values()].filter((field) => field.kind === 'column')
}
