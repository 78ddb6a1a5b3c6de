import type { Driver, RuntimeDialect } from '../database/index.ts'
import type { ModelGraph } from '../model/index.ts'
import type { Drift, LeftAlone, SchemaDialectFactory, Step } from '../schema/index.ts'
import type { StructureOptions, SyncPolicy } from './structure-options.ts'

export interface SyncOptions extends StructureOptions {
  readonly driver: Driver
  readonly dialect: RuntimeDialect
  /** The same dialect's `createSchemaDialect`. */
  readonly schema: SchemaDialectFactory
  readonly graph: ModelGraph
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
  /** Tables that the engine made for models that are gone: kept. */
  readonly orphaned: readonly string[]
  readonly leftAlone: readonly LeftAlone[]
  /** Objects that a person has changed since Terrace made them, and that differ from the models: left as they are. */
  readonly frozen: readonly Drift[]
  /** Allowances that allowed nothing: take them out. */
  readonly unusedAllowances: readonly string[]
  /** Statements sent to learn that there was nothing to do, or to do it. */
  readonly statements: number
  readonly durationMs: number
}
