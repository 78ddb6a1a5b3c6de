import { errors, issueText } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import type { ColumnName } from './dao-types.ts'

/**
 * The error that a reference is refused with when the session does not see its target: `REFERENCE_MISSING`. For whoever looks the
 * target up before a row is written, so that both refuse in the same words.
 *
 * ```ts
 * const product = await session.use(ProductDao).get(productId)
 * if (product === null) throw referenceMissing(models.FoodEntry, 'productId')
 * ```
 */
export function referenceMissing<M extends BoundModel>({ fact, name }: M, column: ColumnName<M>): Error {
  const reference = fact.references.find(({ columns }) => columns.includes(column))
  if (reference === undefined) throw new TypeError(`${name}.${column} refers to nothing`)
  return missingTarget({ model: name, columns: reference.columns, target: reference.target })
}

export interface MissingTarget {
  readonly model: string
  readonly columns: readonly string[]
  readonly target: string
}

export function missingTarget({ model, columns, target }: MissingTarget): Error {
  const issues = columns.map((column) => ({
    in: 'row' as const,
    path: `/${column}`,
    ...issueText('reference', { target }),
  }))
  return errors.REFERENCE_MISSING({ values: { model, fields: columns.join(', '), target }, fields: columns, issues })
}
