import { DriverError } from '../../../database/index.ts'
import { errors, type TerraceError } from '../../../errors/index.ts'
import { outcomeOf, type Passage, type PassageStep } from './passage.ts'

export interface FailedPart {
  readonly step: PassageStep
  /** Null in a data step, where the code knows. */
  readonly sql: string | null
}

/** Does a part of a step. `MIGRATION_STEP_FAILED` with its place, its statement and the engine's words; the cause is kept. */
export async function namingPart<T>(passage: Passage, part: FailedPart, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (mayBeRepeated(error)) throw error
    throw stepFailed(passage, part, error)
  }
}

/** What the lock may try again from its beginning has to reach it as it is, and so has what a person may not do. */
function mayBeRepeated(error: unknown): boolean {
  return error instanceof DriverError && error.retryable && error.kind !== 'connection'
}

export function stepFailed(passage: Passage, { step: { n, step }, sql }: FailedPart, error: unknown): TerraceError {
  const { revision, direction, steps } = passage
  const place = `step ${n} of ${steps.length}`
  return errors.MIGRATION_STEP_FAILED({
    values: {
      file: revision.file,
      direction,
      step: 'data' in step ? `${place}, the data step ${step.data},` : place,
      words: wordsOf(error),
      statement: sql ?? '',
      outcome: outcomeOf(passage),
    },
    cause: error,
  })
}

/** Errors about values may show them: of those only what was broken is said. A program finds the rest behind the cause. */
const aboutValues: ReadonlySet<string> = new Set([
  'unique',
  'foreignKey',
  'check',
  'notNull',
  'tooLong',
  'outOfRange',
  'invalidValue',
])

function wordsOf(error: unknown): string {
  if (!(error instanceof DriverError)) return error instanceof Error ? error.message : String(error)
  const { kind, constraint, table, cause, message } = error
  if (!aboutValues.has(kind)) return (cause instanceof Error ? cause.message : message).replaceAll(/\s*\n\s*/g, ' ')
  const where = [constraint, table].filter((name) => name !== null).join(' of ')
  return `${kind}${where === '' ? '' : `, ${where}`}; the database's own words may hold values of rows, and are left to the log of its server`
}
