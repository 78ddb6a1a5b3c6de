import type { ChangeKind } from '../change.ts'
import type { Source } from '../snapshot.ts'

/**
 * `lossy`: drops or narrows data. `dataDependent`: fails or not with the rows that are there. `blocking`: a long lock,
 * rewrite or scan. `breaking`: the previous release of the app breaks. `irreversible`: there is no way back.
 */
export type HazardClass = 'lossy' | 'dataDependent' | 'blocking' | 'breaking' | 'irreversible'

export interface Hazard {
  readonly class: HazardClass
  readonly reason: string
}

/** SQL for the engine at hand that answers one row. */
export interface Query {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** Counts rows that stand against a step, as `offending`: any but 0 refuses it. */
export interface Precheck extends Query {
  /** What such a row is: `rows with an equal (device_id, name)`. */
  readonly offending: string
  /** The way on, where correcting the rows is none: a sentence without its end. */
  readonly remedy?: string
}

/** What a step asks of the table while it runs. */
export interface LockLevel {
  readonly blocks: 'nothing' | 'writes' | 'everything'
  /** Work that grows with the rows. */
  readonly work: 'none' | 'scan' | 'rewrite'
}

/** An object that a step makes, for the ownership ledger. */
export interface ObjectPath {
  readonly kind: 'table' | 'column' | 'primaryKey' | 'unique' | 'index' | 'foreignKey' | 'check'
  /** `products`, `products.name`, `products.uq_products_name`. */
  readonly path: string
}

/** Steps run phase by phase: what others need comes first. */
export type Phase = 'table' | 'column' | 'index' | 'constraint' | 'foreignKey'

export interface Step {
  readonly change: ChangeKind
  readonly table: string
  readonly phase: Phase
  readonly sql: string
  /** Undoes it; null where nothing can. */
  readonly inverse: string | null
  readonly hazards: readonly Hazard[]
  readonly precheck: Precheck | null
  readonly lock: LockLevel
  /** Answers `applied` 1 or 0: whether an earlier, interrupted run has done it already. */
  readonly idempotenceProbe: Query
  readonly makes: readonly ObjectPath[]
  readonly source: Source | null
}

/** A difference that start-up does not resolve, or could not compare. */
export interface Drift {
  readonly comparison: 'different' | 'unknown'
  /** `table products`, `column products.name`. */
  readonly object: string
  readonly live: string
  readonly wanted: string
  /** Why it is not done. */
  readonly reason: string
  /** The smallest safe way on. */
  readonly remedy: string
  readonly source: Source | null
}

/** Something the models do not know, left as it is. */
export interface LeftAlone {
  readonly object: string
  readonly note: string
}

export interface Plan {
  readonly steps: readonly Step[]
  /** All steps can run in one transaction. */
  readonly transactional: boolean
  readonly hazards: readonly Hazard[]
  readonly drift: readonly Drift[]
  readonly leftAlone: readonly LeftAlone[]
}
