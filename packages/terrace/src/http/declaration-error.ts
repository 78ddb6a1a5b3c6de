import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'

/** What is wrong with the declaration of an app: where, what, and what to write instead. */
export interface DeclarationProblem {
  readonly where: string
  readonly problem: string
  readonly remedy: string
}

/** All that is wrong with a declaration, at once, as `APP_DECLARATION`. */
export function declarationError(...problems: readonly DeclarationProblem[]): TerraceError {
  const lines = problems.map(({ where, problem, remedy }) => `${where}: ${problem}. ${remedy}`)
  return errors.APP_DECLARATION({ values: { problems: lines.join('; ') } })
}
