import { join } from 'node:path'
import type { ModelMigrations } from '../../connect/index.ts'
import type { Report } from '../print/report.ts'
import type { Project } from './project.ts'

interface Noting {
  readonly project: Pick<Project, 'shown'>
  readonly report: Pick<Report, 'note'>
}

/** Says what may be why there was nothing to do: a folder without revisions, as one of another engine; or heads to be joined. */
export async function noteFolder(migrations: ModelMigrations, { project, report }: Noting): Promise<void> {
  const { folder, dialect, revisions, heads } = await migrations.history()
  const shown = project.shown(join(folder, dialect))
  if (revisions.length === 0) report.note(`${shown} has no revision: terrace db revision -m "…" writes the first one`)
  if (heads.length > 1) report.note(`${shown} has ${heads.length} heads: terrace db merge joins them`)
}
