import { errors, type TerraceError } from '../../errors/index.ts'
import type { AppliedRevision, MigrationHistory, Revision } from './history.ts'

/**
 * `MIGRATION_MISSING` where the database has applied what the folder has no file for, `MIGRATION_EDITED` where a file does something
 * else than what was applied; the one is the cause of the other where both are so.
 */
export function refuseDifferences(history: MigrationHistory, applied: readonly AppliedRevision[]): void {
  const missing = applied.filter(({ revision }) => !history.byId.has(revision))
  const edited = applied.flatMap((one) => {
    const revision = history.byId.get(one.revision)
    return revision === undefined || revision.checksum === one.checksum ? [] : [editedLine(one, revision)]
  })
  const editedError =
    edited.length === 0
      ? undefined
      : errors.MIGRATION_EDITED({ values: { count: edited.length, list: edited.join('\n') } })
  if (missing.length > 0) throw missingError(history, missing, editedError)
  if (editedError !== undefined) throw editedError
}

function missingError(
  { folder, dialect }: MigrationHistory,
  missing: readonly AppliedRevision[],
  cause: TerraceError | undefined,
): TerraceError {
  const list = missing.map(({ revision, description, parents }) => {
    const after = parents.length === 0 ? 'the first one' : `after ${parents.join(' and ')}`
    return `- ${revision} (${description}), ${after}`
  })
  const values = { folder: `${folder}/${dialect}`, count: missing.length, list: list.join('\n') }
  return errors.MIGRATION_MISSING(cause === undefined ? { values } : { values, cause })
}

function editedLine({ revision, description, upHashes }: AppliedRevision, { file, stepHashes }: Revision): string {
  return `- ${revision} (${description}): ${differenceOf(upHashes, stepHashes.up)}. File: ${file}`
}

/** Of the way back the database keeps one checksum only, with that of the way forth. */
function differenceOf(applied: readonly string[], now: readonly string[]): string {
  const changed = applied.flatMap((hash, at) => (at < now.length && now[at] !== hash ? [at + 1] : []))
  const first = changed[0]
  if (applied.length !== now.length) {
    const counts = `its up has ${now.length} steps, and ${applied.length} were applied`
    return first === undefined ? counts : `${counts}; the first that is another one is step ${first}`
  }
  if (first === undefined) return 'its down is another one'
  const steps =
    changed.length === 1 ? `step ${first} of its up is another one` : `steps ${changed.join(', ')} of its up are others`
  return steps
}
