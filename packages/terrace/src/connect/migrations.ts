import type { BoundModel } from '../model/index.ts'
import type {
  AppliedRevision,
  MigrationHistory,
  MigrationObserver,
  Revision,
  RevisionOptions,
  Target,
  VerifiedRevision,
  WrittenRevision,
} from '../sync/index.ts'

export interface OpenMigrationsOptions {
  /** What `graph({ … })` returned; only `revision` and `check` ask for it. */
  readonly models?: Readonly<Record<string, BoundModel>>
  /** Holds a folder for each engine, with its revisions: `migrations` for `migrations/postgres/…`. Default `migrations`. */
  readonly folder?: string
  /** An empty database on which revisions are tried out. Default: one that is made beside the database, and dropped. */
  readonly scratch?: string
  /** Nothing is tried out beside this database: `scratch` has to be given. Default false. */
  readonly production?: boolean
  /** For a user who may change the structure, and past a pooler: statements that refuse a transaction. Default the database's own. */
  readonly adminUrl?: string
  /** How long to wait while another process works on the structure, in milliseconds. Default 60,000. */
  readonly lockTimeoutMs?: number
}

/** The revisions of one database, by program: what `terrace db` does, each command a method. */
export interface ModelMigrations {
  /**
   * Writes the revision that leads from the heads of the folder to the models, tried up, down and up again on a scratch database
   * with rows. Null where nothing differs. Several heads that commute become its parents. `signal` ends it, and nothing is written: it
   * rejects with an `AbortError`. `MIGRATION_CONFLICT`, `MIGRATION_UNVERIFIED`, `STRUCTURE_DRIFT` where it cannot be planned.
   */
  revision(options: RevisionOptions, signal?: AbortSignal): Promise<WrittenRevision | null>
  /**
   * To `head`, `+n` or a revision: every ancestor that is missing is applied, also one that came later. `signal` ends it between two
   * statements: `MIGRATION_INTERRUPTED`, with what was done.
   */
  upgrade(target?: Target, observer?: MigrationObserver, signal?: AbortSignal): Promise<readonly Revision[]>
  /** To `-n`, a revision or `base`. Gives what was taken back. `signal` as for `upgrade`. */
  downgrade(target: Target, observer?: MigrationObserver, signal?: AbortSignal): Promise<readonly Revision[]>
  current(): Promise<CurrentState>
  history(): Promise<MigrationHistory>
  /** Writes the revision that joins all heads; null with one head. Both orders are tried. `signal` as there. `MIGRATION_CONFLICT`. */
  merge(description?: string, signal?: AbortSignal): Promise<WrittenRevision | null>
  /** Records revisions as applied, or not, without running them. `STRUCTURE_DRIFT` where the structure is another, unless `unchecked`. */
  stamp(target: Target, options?: { readonly unchecked?: boolean }): Promise<readonly Revision[]>
  /** One revision, by its id, the beginning of one, or `head`. */
  show(revision: Target): Promise<Revision>
  /** What differs between the models and the head, by the folder alone; empty when nothing does. `MIGRATION_HEADS`. */
  check(): Promise<readonly string[]>
  /** Tries every revision out, up, down and up again, on a scratch database with rows. `signal` as there. `MIGRATION_UNVERIFIED`. */
  verify(observer?: MigrationObserver, signal?: AbortSignal): Promise<readonly VerifiedRevision[]>
  /** The statements of an upgrade or a downgrade, in their order, and nothing is run. */
  sql(direction: 'upgrade' | 'downgrade', target: Target): Promise<string>
  close(): Promise<void>
}

export interface CurrentState {
  readonly applied: readonly AppliedRevision[]
  /** Applied revisions that no other applied one comes after. */
  readonly heads: readonly string[]
  /** Of the folder, in the order in which `upgrade head` would apply them. */
  readonly pending: readonly string[]
  /** Begun and not ended. */
  readonly unfinished: AppliedRevision | null
}
