import type { CompiledStatement } from './compiled-statement.ts'

type StatementFacts = CompiledStatement

/** Only this file makes one, so that what looks like a statement is told from what the compiler made. */
class MadeStatement implements StatementFacts {
  readonly #isMade = true
  readonly sql: CompiledStatement['sql']
  readonly bindings: CompiledStatement['bindings']
  readonly decodings: CompiledStatement['decodings']
  readonly operation: CompiledStatement['operation']
  readonly writes: CompiledStatement['writes']
  readonly returnsRows: CompiledStatement['returnsRows']
  readonly integersFit: CompiledStatement['integersFit']
  readonly tables: CompiledStatement['tables']
  readonly name: CompiledStatement['name']
  readonly referenceChecks: CompiledStatement['referenceChecks']

  constructor(facts: StatementFacts) {
    this.sql = facts.sql
    this.bindings = Object.freeze(facts.bindings)
    this.decodings = Object.freeze(facts.decodings)
    this.operation = facts.operation
    this.writes = facts.writes
    this.returnsRows = facts.returnsRows
    this.integersFit = facts.integersFit
    this.tables = Object.freeze(facts.tables)
    this.name = facts.name
    this.referenceChecks = Object.freeze(facts.referenceChecks)
    Object.freeze(this)
  }

  static isMade(value: object): boolean {
    return #isMade in value && value.#isMade
  }
}

/** The compiler's signature under a statement. Called by the compiler alone; no door exports it. */
export function sealStatement(facts: CompiledStatement): CompiledStatement {
  return new MadeStatement(facts)
}

/** Whether our compiler made this very object: a copy with the same properties is none. */
export function isCompiledStatement(value: unknown): value is CompiledStatement {
  return typeof value === 'object' && value !== null && MadeStatement.isMade(value)
}
