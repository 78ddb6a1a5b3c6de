import { errors } from '../errors/index.ts'

/** Wrong declarations, all of one place at once: `REMOTE_DECLARATION`. */
export function remoteError(where: string, problems: readonly string[]): Error {
  return errors.REMOTE_DECLARATION({
    values: { problems: problems.map((problem) => `${where}: ${problem}`).join('; ') },
  })
}
