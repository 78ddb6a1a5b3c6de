import { errors, TerraceError } from '../../errors/index.ts'
import type { LiveStructure, Snapshot } from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { notesInSync } from '../startup/in-sync.ts'
import { structureOf, type StructureParts } from '../structure.ts'
import { withConnection } from '../with-connection.ts'
import { hasUnfinishedMove } from './move-mark.ts'

/**
 * What the source has. `MOVE_SOURCE_DIFFERS` with a line for each difference from what the models want of it; also where the rows
 * of another move into it are not complete.
 */
export async function checkSource(parts: StructureParts, wanted: Snapshot): Promise<LiveStructure> {
  const structure = structureOf(parts)
  const live = await structure.introspect()
  await withConnection(parts.driver, { access: 'read', timeoutMs: parts.lockTimeoutMs ?? 60_000 }, async (runner) => {
    const isUnfinished = live.hasJournal && hasUnfinishedMove(await new Journal(runner, structure.dialect).meta())
    if (isUnfinished) throw differs(1, '- a move into it has not ended')
  })
  await refuseDifferences(parts, wanted)
  return live
}

async function refuseDifferences(parts: StructureParts, wanted: Snapshot): Promise<void> {
  const structure = structureOf(parts)
  const { driver, lockTimeoutMs = 60_000 } = parts
  // Without the lock, and without building anything to compare with, where the last start has found no difference.
  const notes = await withConnection(driver, { access: 'read', timeoutMs: lockTimeoutMs }, (runner) =>
    notesInSync(runner, structure.dialect, wanted),
  )
  if (notes !== null && notes.frozen.length === 0) return
  try {
    await structure.check(wanted, { mode: 'startup' })
  } catch (error) {
    if (!(error instanceof TerraceError) || error.code !== 'STRUCTURE_DRIFT') throw error
    throw differs(Number(error.values['count']), String(error.values['list']))
  }
}

function differs(count: number, list: string): TerraceError {
  return errors.MOVE_SOURCE_DIFFERS({ values: { count, list } })
}
