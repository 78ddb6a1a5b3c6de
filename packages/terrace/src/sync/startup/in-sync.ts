import { objectHash, structureHash, type LiveStructure, type SchemaDialect, type Snapshot } from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { hasUnfinishedMove } from '../move/move-mark.ts'
import { readStructure } from '../read-structure.ts'
import { serverText } from '../server-text.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { Notes } from './notes.ts'

/** What `terrace_meta.structure` remembers: with these three equal there is nothing to do, and what was told is told again. */
export function structureMark(dialect: SchemaDialect, declared: Snapshot, { snapshot }: LiveStructure): string {
  return JSON.stringify({
    declared: structureHash(Object.values(declared.tables)),
    renames: objectHash(declaredRenames(declared)),
    live: structureHash(Object.values(snapshot.tables)),
    server: serverText(dialect.server),
  })
}

/** Hashes of shapes say nothing of them: two tables that change their names may have the same shape. */
function declaredRenames({ tables }: Snapshot): readonly unknown[] {
  return Object.values(tables).flatMap((table) =>
    [table, ...table.columns].flatMap(({ name, source }) =>
      source?.renamedFrom === undefined ? [] : [[table.name, name, source.renamedFrom]],
    ),
  )
}

/**
 * What an earlier start has told when it left this very structure for these very models: the catalogue queries and one look at
 * the mark, without the lock. Null says only that it must be looked at closely.
 */
export async function notesInSync(
  runner: StatementRunner,
  dialect: SchemaDialect,
  declared: Snapshot,
): Promise<Notes | null> {
  const live = await readStructure(runner, dialect)
  if (!live.hasJournal) return null
  const meta = await new Journal(runner, dialect).meta()
  const report = meta.get('report')
  if (hasUnfinishedMove(meta)) return null
  if (report === undefined || meta.get('structure') !== structureMark(dialect, declared, live)) return null
  return JSON.parse(report) as Notes
}
