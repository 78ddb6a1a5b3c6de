import { DriverError } from '../../../database/index.ts'
import type { OpaqueObject } from '../../../schema/index.ts'
import { readStructure } from '../../read-structure.ts'
import type { Passage } from './passage.ts'
import { restoreOf, type Stranger } from './strangers.ts'

/** Does a step, and something around it. */
export type Around = (step: () => Promise<void>) => Promise<void>

/**
 * Puts back what a step took away directly after it, by the text that it had before it: at the end of a revision that renames
 * something, that text would have names which are no longer, or are not yet. Without renames nothing is done.
 */
export function keepingTexts(passage: Passage, strangers: readonly Stranger[]): Around {
  const { runner, dialect, renames } = passage
  const opaque = async (): Promise<readonly OpaqueObject[]> => (await readStructure(runner, dialect)).opaque
  const isStranger = ({ kind, name }: OpaqueObject): boolean =>
    strangers.some(
      (stranger) => stranger.kind === kind && (stranger.path === name || stranger.path.endsWith(`.${name}`)),
    )
  let known: readonly OpaqueObject[] | null = null
  return async (step) => {
    if (renames.length === 0) return step()
    known ??= await opaque()
    if (!known.some(isStranger)) return step()
    await step()
    const left = await opaque()
    const lost = known.filter((object) => isStranger(object) && !left.some((other) => isSame(object, other)))
    for (const object of lost) await putBack(passage, restoreOf(object) ?? [])
    known = lost.length === 0 ? left : await opaque()
  }
}

function isSame(one: OpaqueObject, other: OpaqueObject): boolean {
  return one.kind === other.kind && one.name === other.name
}

const savepoint = 'terrace_kept'

/** What cannot stand there yet is looked for once more at the end. */
async function putBack({ runner }: Passage, statements: readonly string[]): Promise<void> {
  const { connection } = runner
  await connection.savepoint(savepoint)
  try {
    for (const sql of statements) await runner.run(sql)
  } catch (error) {
    if (!(error instanceof DriverError) || error.retryable || error.endsSession) throw error
    await connection.rollbackToSavepoint(savepoint)
  }
  await connection.releaseSavepoint(savepoint)
}
