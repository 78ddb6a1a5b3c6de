import { parseText } from '../dto/index.ts'
import type { ColumnField, ObjectShape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'
import { columnFields } from './column-fields.ts'
import { pathNames } from './path-pattern.ts'

/** Reads the parameters of a path. A value of the wrong form names nothing that exists, so it is not found. */
export interface PathReader {
  /** The columns that the parameters follow from; null where they are plain text. */
  readonly fields: readonly ColumnField[] | null
  read(texts: Readonly<Record<string, string>>): unknown
}

/** Parameters as the text between the slashes. */
export function textPath(path: string): PathReader | null {
  return pathNames(path).length === 0 ? null : { fields: null, read: (texts) => ({ ...texts }) }
}

/** Parameters as values of a shape; `notFound` is thrown for the wrong form. */
export function shapePath(shape: ObjectShape, notFound = (): TerraceError => errors.ROUTE_NOT_FOUND()): PathReader {
  const fields = columnFields(shape)
  const read = (texts: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> => {
    // `/products/` is no product without a name: nothing stands at such a path.
    if (fields.some(({ name }) => texts[name] === '')) throw errors.ROUTE_NOT_FOUND()
    const values: Record<string, unknown> = {}
    for (const field of fields) {
      const parsed = parseText(field, texts[field.name] ?? '', 'path')
      if (!parsed.ok) throw notFound()
      values[field.name] = parsed.value
    }
    return values
  }
  return { fields, read }
}
