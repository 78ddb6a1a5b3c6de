import type { RootOperationNode } from 'kysely'
import type { StatementResult } from '../driver.ts'
import type { Scope } from '../scope.ts'

/** Which rows of soft-deletable models a statement sees. */
export type DeletedMode = 'without' | 'with' | 'only'

/** What a statement is compiled under. Statements by rule are cached per `scopeMode` and `deleted`, owners are parameters. */
export interface CompileOptions {
  readonly scope: Scope
  /**
   * Which rows of its first table a statement sees: the first of the outermost FROM, or the one it writes. Each other table is
   * seen without deleted rows. Other than `without`, a deleted parent no longer hides: trash is found with its parents.
   */
  readonly deleted: DeletedMode
  /** Set by the DAO's own methods only: they may write owner, id and deletion columns, and read hidden companions. */
  readonly byRule: boolean
  /** The statement is one of a closed set and may be kept prepared by a name. Default: as `byRule`. */
  readonly named?: boolean
  /** UPDATE and DELETE without a condition are meant: `{ all: true }` of whoever wrote them. Default false. */
  readonly allowUnbounded?: boolean
  /**
   * What the session writes into rows of statements written by hand: ids, `createdAt`, `updatedAt`. Without them such an INSERT
   * or UPDATE is refused where the model needs them; statements by rule bring their own values.
   */
  readonly stamps?: Stamps
}

/** `SessionExecutor` is one. */
export interface Stamps {
  readonly now: Date
  newId(): string
}

/**
 * One parameter of a compiled statement: a value encoded already; the key of an owner, encoded by its column; or a slot
 * that a statement by rule fills at each call.
 */
export type Binding =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'owner'; readonly model: string; readonly encode: ((value: never) => unknown) | null }
  | { readonly kind: 'slot'; readonly slot: string | number; readonly encode: ((value: never) => unknown) | null }

/** An output column whose value must be decoded, by its output name. */
export interface Decoding {
  readonly output: string
  readonly decode: (value: never) => unknown
}

/**
 * SQL that our compiler made, and the only thing a session will run: scope conditions in it, names mapped, values encoded.
 * Frozen; recognised by identity, not by shape.
 */
export interface CompiledStatement {
  readonly sql: string
  readonly bindings: readonly Binding[]
  readonly decodings: readonly Decoding[]
  /** What it does: a refused foreign key means a missing row on insert and update, a restricting one on delete. */
  readonly operation: 'select' | 'insert' | 'update' | 'delete'
  /** False: nothing is written and no row is locked, so no transaction needs to be begun for it. */
  readonly writes: boolean
  readonly returnsRows: boolean
  /** No output can be a whole number beyond 2^53 - 1: each is a column whose type has none. */
  readonly integersFit: boolean
  /** Tables of the models it touches, for messages and metrics. */
  readonly tables: readonly string[]
  /** A hash of the text where the statement is one of the closed set by rule; null for ad-hoc ones. */
  readonly name: string | null
  /** Rows that must be visible before this statement runs; run each with `compileReferenceCheck` in the same transaction. */
  readonly referenceChecks: readonly ReferenceCheck[]
}

/**
 * Keys that a statement writes into references, where a foreign key alone would also accept a row that the writer does not
 * see: of another owner, or deleted.
 */
export interface ReferenceCheck {
  /** The model that holds the reference, and its columns: for the message `REFERENCE_MISSING`. */
  readonly model: string
  readonly columns: readonly string[]
  readonly target: string
  readonly targetColumns: readonly string[]
  /**
   * `write`: the row will be owned through the target, so the writer must own that. `group`: the row will belong to the target, so
   * the writer must be a member of it who writes such rows.
   */
  readonly access: 'read' | 'write' | 'group'
  /** One entry per key written, one binding per column. Encoded already; keys with a null in them refer to nothing: skip them. */
  readonly keys: readonly (readonly Binding[])[]
}

/**
 * A value that is not known yet: put where a literal would stand, it becomes a slot of the compiled statement. Numbered ones
 * are filled from an array by position: the DAO's statements, where building an object per call would cost more than the rest.
 */
export class Slot {
  readonly name: string | number
  constructor(name: string | number) {
    this.name = name
    Object.freeze(this)
  }
}

export interface StatementCompiler {
  /**
   * Guards, maps and renders a tree of Kysely's. Errors: `SCOPE_*` with the table, the node or call, and the right way to
   * write it.
   */
  compile(node: RootOperationNode, options: CompileOptions): CompiledStatement
  /**
   * `select … for share` over the visible ones among `keys` distinct keys of a check. Its slots are numbered: key by key, column
   * by column, given as the check's bindings resolved to them (encoded). Fewer rows than keys: `REFERENCE_MISSING`.
   */
  compileReferenceCheck(check: ReferenceCheck, keys: number, options: CompileOptions): CompiledStatement
}

/** Values for the slots of a statement by rule: by slot name, or by position for numbered ones. */
export type SlotValues = Readonly<Record<string, unknown>> | readonly unknown[]

export type { StatementResult }
