import type { RateLimit } from '../rate/index.ts'
import type { DeclarationProblem } from './declaration-error.ts'

/** What stands against a limit: one that lets nothing through is a mistake. */
export function limitProblems(where: string, { max, windowMs }: RateLimit): readonly DeclarationProblem[] {
  if (Number.isInteger(max) && max > 0 && Number.isFinite(windowMs) && windowMs > 0) return []
  return [{ where, problem: 'its limit allows nothing', remedy: 'Give max and windowMs, both above 0' }]
}
