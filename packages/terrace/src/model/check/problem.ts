import { errors } from '../../errors/index.ts'

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
  const [first, ...more] = problems
  if (first === undefined) return
  throw errors.MODEL_DECLARATION({ values: more.length === 0 ? { ...first } : summaryOf(problems) })
}

function summaryOf(problems: readonly Problem[]): Problem & Record<string, string> {
  const lines = problems.map(({ where, problem, remedy }) => `\n  ${where}: ${problem} → ${remedy}`)
  return {
    where: 'graph',
    problem: `${problems.length} problems${lines.join('')}`,
    remedy: 'Correct each as its line says',
  }
}
