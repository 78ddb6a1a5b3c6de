import type { BoundModel } from '../model/index.ts'
import type { Where } from './dao-types.ts'
import type { Quantifier, RelatedBy } from './related-types.ts'

/**
 * At least one row of a relation matches; without a condition, there is one. By the model of the related rows and the relation's include
 * name, of either side:
 *
 * ```ts
 * posts.list({ where: { related: some(models.Comment, 'comments', { body: { contains: 'thanks' } }) } })
 * posts.list({ where: { related: [some(models.User, 'author', { name: 'Ann' }), none(models.Comment, 'comments')] } })
 * ```
 *
 * Related rows are those that the session sees, and not those in the trash: to a condition they are as if they were not there.
 */
export function some<N extends BoundModel, const K extends string>(
  of: N,
  relation: K,
  where: Where<N> = {},
): RelatedBy<N, K> {
  return related('some', { of, relation, where })
}

/** Not one row of a relation matches; otherwise as `some`. */
export function none<N extends BoundModel, const K extends string>(
  of: N,
  relation: K,
  where: Where<N> = {},
): RelatedBy<N, K> {
  return related('none', { of, relation, where })
}

/** Each row of a relation matches; it holds where there is none. A row whose condition is neither true nor false does not match. */
export function every<N extends BoundModel, const K extends string>(
  of: N,
  relation: K,
  where: Where<N>,
): RelatedBy<N, K> {
  return related('every', { of, relation, where })
}

interface Asked {
  readonly of: BoundModel
  readonly relation: string
  readonly where: object
}

function related<N extends BoundModel, K extends string>(quantifier: Quantifier, asked: Asked): RelatedBy<N, K> {
  return Object.freeze({ quantifier, ...asked })
}
