import { errors, type TerraceError } from '../../errors/index.ts'

/** What is wrong with a file of a revision, and the way out. */
export interface FileProblem {
  /** A file, or a revision by its id where none is known. */
  readonly file: string
  /** `it has no default export` */
  readonly problem: string
  readonly remedy: string
  readonly cause?: unknown
}

/** One error for all that is wrong. */
export function fileError(problems: readonly FileProblem[]): TerraceError {
  const list = problems.map(({ file, problem, remedy }) => `- ${file}: ${problem}. ${remedy}`).join('\n')
  const causes = problems.flatMap(({ cause }) => (cause === undefined ? [] : [cause]))
  const values = { count: problems.length, list }
  if (causes.length === 0) return errors.MIGRATION_FILE({ values })
  const cause = causes.length === 1 ? causes[0] : new AggregateError(causes, 'several files could not be read')
  return errors.MIGRATION_FILE({ values, cause })
}
