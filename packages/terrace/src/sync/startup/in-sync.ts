import { objectHash, structureHash, type LiveStructure, type SchemaDialect, type Snapshot } from '../../schema/index.ts'
import { serverText } from '../canonical-wanted.ts'
import { Journal } from '../journal/journal.ts'
import { readStructure } from '../read-structure.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** What `terrace_meta.structure` remembers: with these three equal there is nothing to do. */
export function structureMark(dialect: SchemaDialect, declared: Snapshot, live: LiveStructure): string {
  const tables = Object.keys(declared.tables).flatMap((name) => live.snapshot.tables[name] ?? [])
  return JSON.stringify({
    declared: objectHash(declared),
    live: structureHash(tables),
    server: serverText(dialect.server),
  })
}

/**
 * Whether an earlier start left this very structure for these very models: the catalogue queries and one look at the mark,
 * without the lock. False says only that it must be looked at closely.
 */
export async function isInSync(runner: StatementRunner, dialect: SchemaDialect, declared: Snapshot): Promise<boolean> {
  const live = await readStructure(runner, dialect)
  if (!live.hasJournal) return false
  const meta = await new Journal(runner, dialect).meta()
  return meta.get('structure') === structureMark(dialect, declared, live)
}
