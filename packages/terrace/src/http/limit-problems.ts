import { letsThrough } from '../rate/index.ts'
import type { RateLimit } from '../rate/index.ts'
import type { DeclarationProblem } from './declaration-error.ts'

/** What stands against a limit. */
export function limitProblems(where: string, limit: RateLimit): readonly DeclarationProblem[] {
  if (letsThrough(limit)) return []
  return [{ where, problem: 'its limit allows nothing', remedy: 'Give max and windowMs, both above 0' }]
}
