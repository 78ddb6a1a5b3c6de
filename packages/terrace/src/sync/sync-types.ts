import type { Driver, RuntimeDialect } from '../database/index.ts'
import type { ModelGraph } from '../model/index.ts'
import type { Drift, LeftAlone, SchemaDialectFactory, Step } from '../schema/index.ts'

/**
 * `off`: the database is not looked at. `check`: nothing is changed; any difference is `STRUCTURE_DRIFT`. `safe`: what is
 * missing is created and empty tables are seeded; a difference that this could not resolve without loss is
 * `STRUCTURE_DRIFT`.
 */
export type SyncPolicy = 'off' | 'check' | 'safe'

export interface SyncOptions {
  readonly driver: Driver
  readonly dialect: RuntimeDialect
  /** The same dialect's `createSchemaDialect`. */
  readonly schema: SchemaDialectFactory
  readonly graph: ModelGraph
  /** Default `safe`. */
  readonly policy?: SyncPolicy
  /** Changes that lose or break something and are wanted all the same, each by name: `drop-column products.kcal`. */
  readonly allow?: readonly string[]
  /** Nobody else is at work: what breaks other releases, or blocks them for long, is done too. Default false. */
  readonly maintenance?: boolean
  /** A step that blocks a table of more rows than this is refused. Default 100,000. */
  readonly blockingLimitRows?: number
  /** How long to wait while another starter works, in milliseconds; then `STRUCTURE_LOCK_TIMEOUT`. Default 60,000. */
  readonly lockTimeoutMs?: number
  readonly observer?: SyncObserver
  /** Milliseconds since 1970, for the stamps of seeds. Default `Date.now`. */
  readonly clock?: () => number
}

/** Told while it happens. */
export interface SyncObserver {
  /** Another starter holds the lock. Once per wait. */
  waiting?(): void
  applied?(step: Step): void
  seeded?(seed: SeededTable): void
}

export interface SeededTable {
  readonly table: string
  readonly rows: number
}

export interface SyncReport {
  readonly policy: SyncPolicy
  readonly created: { readonly tables: readonly string[] }
  readonly steps: readonly Step[]
  readonly seeded: readonly SeededTable[]
  /** Tables that were there already, match, and belong to whoever made them. */
  readonly notOwned: readonly string[]
  /** Tables that the engine made for models that are gone. */
  readonly orphaned: readonly string[]
  readonly leftAlone: readonly LeftAlone[]
  /** Objects that a person has changed since Terrace made them, and that differ from the models: left as they are. */
  readonly frozen: readonly Drift[]
  /** Statements sent to learn that there was nothing to do, or to do it. */
  readonly statements: number
  readonly durationMs: number
}
