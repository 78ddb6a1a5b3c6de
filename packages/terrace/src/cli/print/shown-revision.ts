import type { MigrationStep, Revision } from '../../sync/index.ts'
import type { Project } from '../configure/project.ts'

/** A revision in JSON: without its snapshot, which lies beside the file. `file` is from the working directory. */
export interface ShownRevision {
  readonly revision: string
  readonly description: string
  readonly parents: readonly string[]
  readonly file: string
  readonly checksum: string
}

/** For a list of them too: its place in one means nothing. */
export function shownRevision(project: Pick<Project, 'shown'>): (revision: Revision) => ShownRevision {
  return ({ revision, description, parents, file, checksum }) => {
    return { revision, description, parents, file: project.shown(file), checksum }
  }
}

/** A step in JSON; what it is of the three, by its field. */
export type ShownStep =
  | {
      readonly sql: readonly string[]
      readonly refuseIf: readonly { readonly sql: string; readonly rows: string }[]
      readonly transaction: boolean
    }
  | { readonly data: string; readonly version: number }
  | { readonly irreversible: string }

export function shownStep(step: MigrationStep): ShownStep {
  if ('irreversible' in step) return { irreversible: step.irreversible }
  if ('data' in step) return { data: step.data, version: step.version }
  const refuseIf = (step.refuseIf ?? []).map(({ sql, rows }) => ({ sql, rows }))
  return { sql: [step.sql].flat(), refuseIf, transaction: step.transaction !== false }
}
