import type { Rename, Snapshot } from '../../schema/index.ts'
import type { Migration } from './migration.ts'

/** A revision as its folder holds it: the file and the snapshot beside it. */
export interface Revision extends Migration {
  /** `migrations/postgres/20261121093000a1b2_add_barcode.ts` */
  readonly file: string
  /** Over the rendered steps of both directions: data steps by name and version. Not over comments or the description. */
  readonly checksum: string
  /** The same for each step, in the order of `up` and of `down`. */
  readonly stepHashes: { readonly up: readonly string[]; readonly down: readonly string[] }
  /** The declared structure after it. */
  readonly snapshot: Snapshot
  /** Declared renames that its steps carry out. */
  readonly renames: readonly Rename[]
}

/** The graph of revisions: no circle, each parent there, each id once. */
export interface MigrationHistory {
  readonly dialect: string
  readonly folder: string
  /** Parents first; among those that could both come next, by id. */
  readonly revisions: readonly Revision[]
  readonly byId: ReadonlyMap<string, Revision>
  /** Revisions that are nobody's parent, in the order of their ids. */
  readonly heads: readonly string[]
}

/** A revision as the database knows it. */
export interface AppliedRevision {
  readonly revision: string
  readonly parents: readonly string[]
  readonly description: string
  readonly checksum: string
  readonly upHashes: readonly string[]
  /** `upgrading` and `downgrading` were begun and have not ended: the next run goes on with them. */
  readonly state: 'done' | 'upgrading' | 'downgrading'
  /** Recorded without having been run. */
  readonly stamped: boolean
  readonly appliedAt: Date
}

/** `head`, `base`, `+2`, `-1`, a revision's id or the beginning of one. */
export type Target = string
