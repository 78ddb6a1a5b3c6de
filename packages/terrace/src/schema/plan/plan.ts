import type { ChangeKind } from '../change.ts'
import type { Rename } from '../rename/rename.ts'
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

/** Counts rows that stand against a step, as `offending`: any but 0 refuses it. Runs before the first step of the plan. */
export interface Precheck extends Query {
  /** What such a row is: `rows with an equal (device_id, name)`. */
  readonly offending: string
  /** The way on, where correcting the rows is none: a sentence without its end. */
  readonly remedy?: string
}

/** A precheck in its step. */
export interface PlannedPrecheck extends Precheck {
  /** Which of the step's changes the rows stand against: its place in them. */
  readonly change: number
}

/** What a step asks of the table while it runs. */
export interface LockLevel {
  readonly blocks: 'nothing' | 'writes' | 'everything'
  /** Work that grows with the rows. */
  readonly work: 'none' | 'scan' | 'rewrite'
}

export type ObjectKind = 'table' | 'column' | 'primaryKey' | 'unique' | 'index' | 'foreignKey' | 'check'

/** An object that a step makes, changes or drops, as the ownership ledger names it. */
export interface ObjectPath {
  readonly kind: ObjectKind
  /** `products`, `products.name`, `products.uq_products_name`. */
  readonly path: string
}

/**
 * Steps run phase by phase: names first, then what leads from one table to another lets go, then what stands in the way goes, what others need comes before them, and what holds
 * data goes last.
 */
export type Phase =
  | 'rename'
  | 'unlink'
  | 'release'
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'foreignKey'
  | 'dropColumn'
  | 'dropTable'

/**
 * `plan`: in one transaction with the others. `own`: in one of its own, which an engine without transactional DDL makes by itself.
 * `none`: refuses to run in a transaction, on an engine that has transactional DDL.
 */
export type TransactionMode = 'plan' | 'own' | 'none'

/**
 * The same as a step's, for one that is to run outside of a transaction and may be interrupted: whatever of it has happened, from its
 * beginning it leads to the same. On every step of mode `none`, and on one of mode `own` of an engine that has transactional DDL.
 */
export interface RepeatableStatements {
  readonly statements: readonly string[]
  readonly inverse: readonly string[] | null
}

/** One change that a step carries out, in words. */
export interface PlannedChange {
  readonly kind: ChangeKind
  /** `column products.name` */
  readonly object: string
  readonly live: string
  readonly wanted: string
  /** The model fact behind it; null for what the models do not know. */
  readonly source: Source | null
}

/** Plain data: a plan can be printed, stored and compared. */
export interface Step {
  /** Its place in the plan, from 1. */
  readonly n: number
  /** The steps that have to be done before this one: those on the same tables, and on tables it refers to. */
  readonly after: readonly number[]
  /** What it is about; `rebuildTable` where the engine makes several changes of a table at once. */
  readonly change: ChangeKind | 'rebuildTable'
  readonly changes: readonly PlannedChange[]
  readonly table: string
  readonly phase: Phase
  /** In their order. One, but for a rebuild. */
  readonly statements: readonly string[]
  /** Undoes it after all later steps were undone; null where nothing can. */
  readonly inverse: readonly string[] | null
  readonly repeatable?: RepeatableStatements
  readonly hazards: readonly Hazard[]
  readonly prechecks: readonly PlannedPrecheck[]
  readonly lock: LockLevel
  /** Rows of the table, as the engine estimates them; null where it has no estimate. */
  readonly rows: number | null
  readonly transaction: TransactionMode
  /** Answers `applied` 1 or 0: whether an earlier, interrupted run has done it already. */
  readonly idempotenceProbe: Query
  readonly makes: readonly ObjectPath[]
  readonly drops: readonly ObjectPath[]
  /** Other tables that have to be as the plan wants them before this step. */
  readonly refersTo: readonly string[]
  /** The model fact of its first change. */
  readonly source: Source | null
}

/** A difference that is not resolved, or could not be compared. */
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

/** Something left as it is: the models do not know it, or a person has changed it. */
export interface LeftAlone {
  readonly object: string
  readonly note: string
}

export interface Plan {
  readonly steps: readonly Step[]
  /** All steps run in one transaction. */
  readonly transactional: boolean
  readonly hazards: readonly Hazard[]
  /** What is refused: with any of these nothing is applied. */
  readonly drift: readonly Drift[]
  /** Differences of objects that were changed by hand since Terrace made them: left so, and reported. */
  readonly frozen: readonly Drift[]
  readonly leftAlone: readonly LeftAlone[]
  /** Declared renames that the steps carry out, for the ledger. */
  readonly renames: readonly Rename[]
  /** Allowances that allowed nothing. */
  readonly unusedAllowances: readonly string[]
}
