import { errors } from '../errors/index.ts'
import { allowanceProblem } from '../schema/index.ts'

/**
 * `off`: the database is not looked at. `check`: nothing is changed; any difference is `STRUCTURE_DRIFT`. `safe`: what is
 * missing is created, what differs is aligned where nothing is lost, and empty tables are seeded; any other difference is
 * `STRUCTURE_DRIFT`.
 */
export type SyncPolicy = 'off' | 'check' | 'safe'

/** What a start does about the structure. */
export interface StructureOptions {
  /**
   * `safe` (default): what is missing is created, the rest is aligned where the rows that are there prove that nothing is lost, and
   * anything else refuses the start. `check`: any difference refuses it. `off`: nobody looks.
   */
  readonly policy?: SyncPolicy
  /** Changes that lose or break something and are wanted all the same, each by name: `drop-column products.kcal`. */
  readonly allow?: readonly string[]
  /** Nobody else is at work: what breaks other releases, or blocks them for long, is done too. Default false. */
  readonly maintenance?: boolean
  /**
   * When models' seeds are inserted: `empty` (default), whenever a table has no row; `once`, unless they were before, also when the
   * rows are gone. A table with rows is never touched.
   */
  readonly seed?: 'empty' | 'once'
  /** A step that blocks a table of more rows than this is refused. Default 100,000. */
  readonly blockingLimitRows?: number
  /** How long to wait while another process works on the structure, in milliseconds; then `STRUCTURE_LOCK_TIMEOUT`. Default 60,000. */
  readonly lockTimeoutMs?: number
}

/** `STRUCTURE_OPTION` with all that is wrong, whoever wrote it in whichever language. */
export function refuseOptions(options: Omit<StructureOptions, 'policy'> & { readonly policy?: unknown }): void {
  const { policy = 'safe', allow = [], maintenance = false, seed = 'empty' } = options
  const problems = [
    ...notOneOf('policy', policy, ['off', 'check', 'safe']),
    ...notOneOf('seed', seed, ['empty', 'once']),
    ...notOneOf('maintenance', maintenance, [true, false]),
    ...allowProblems(allow),
    ...noCount('blockingLimitRows', options.blockingLimitRows),
    ...noCount('lockTimeoutMs', options.lockTimeoutMs),
  ]
  if (problems.length > 0) throw errors.STRUCTURE_OPTION({ values: { list: problems.join('; ') } })
}

function notOneOf(name: string, given: unknown, known: readonly unknown[]): readonly string[] {
  return known.includes(given) ? [] : [`${name} is none of ${known.join(', ')}`]
}

function allowProblems(allow: unknown): readonly string[] {
  if (!Array.isArray(allow)) return [`allow is no list, as ['drop-column products.kcal']`]
  return allow.flatMap((allowance: unknown) => {
    const problem = typeof allowance === 'string' ? allowanceProblem(allowance) : 'it is no text'
    return problem === null ? [] : [`allow '${String(allowance)}': ${problem}`]
  })
}

function noCount(name: string, given: unknown): readonly string[] {
  const isCount = given === undefined || (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0)
  return isCount ? [] : [`${name} is no whole number from 0`]
}
