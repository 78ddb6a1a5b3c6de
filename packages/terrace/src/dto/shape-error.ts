import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'

/** What is wrong with the declaration of a shape: where, what, and what to write instead. */
export interface ShapeProblem {
  readonly where: string
  readonly problem: string
  readonly remedy: string
}

/** All that is wrong with a declaration, at once, as `SHAPE_DECLARATION`. */
export function shapeError(problems: readonly ShapeProblem[], cause?: unknown): TerraceError {
  const lines = problems.map(({ where, problem, remedy }) => `${where}: ${problem}. ${remedy}`)
  return errors.SHAPE_DECLARATION({ values: { problems: lines.join('; ') }, cause })
}
