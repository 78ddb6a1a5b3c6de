import { errors } from '../../errors/index.ts'
import type { TerraceError } from '../../errors/index.ts'

/** One wrong declaration: `Product.kcal100g: range(10, 0): the minimum is above the maximum → Swap the bounds`. */
export interface Problem {
  readonly where: string
  readonly problem: string
  readonly remedy: string
}

export function problemAt(where: string, problem: string, remedy: string): Problem {
  return { where, problem, remedy }
}

/** Throws `MODEL_DECLARATION` with every problem in one message; does nothing without any. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw declarationError(problems)
}

/** `MODEL_DECLARATION` of one problem, or of a list with one line for each. */
export function declarationError(problems: readonly Problem[]): TerraceError {
  const [only] = problems.length === 1 ? problems : []
  return errors.MODEL_DECLARATION({ values: only === undefined ? summaryOf(problems) : { ...only } })
}

function summaryOf(problems: readonly Problem[]): Problem {
  const lines = problems.map(({ where, problem, remedy }) => `\n  ${where}: ${problem} → ${remedy}`)
  return {
    where: 'graph',
    problem: `${problems.length} problems${lines.join('')}`,
    remedy: 'Correct each as its line says',
  }
}
