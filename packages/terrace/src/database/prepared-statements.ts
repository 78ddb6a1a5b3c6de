import type { CompiledStatement, DeletedMode } from './compile/compiled-statement.ts'
import type { Scope } from './scope.ts'

/** Statements by rule, by key: one map per alive mode, for one shape of scope. */
export type StatementsOfShape = Readonly<Record<DeletedMode, Map<string, CompiledStatement>>>

/** Shapes that differ only by which keys an actor has share their statements: owners are parameters. */
export class PreparedStatements {
  readonly #shapes = new Map<string, StatementsOfShape>()

  of(scope: Scope): StatementsOfShape {
    const key = shapeOf(scope)
    const known = this.#shapes.get(key)
    if (known !== undefined) return known
    const shape: StatementsOfShape = { without: new Map(), with: new Map(), only: new Map() }
    this.#shapes.set(key, shape)
    return shape
  }
}

function shapeOf(scope: Scope): string {
  if (scope.kind === 'unscoped') return 'unscoped'
  return JSON.stringify([Object.keys(scope.actor).toSorted(), scope.roles.toSorted()])
}

// Far above what models give by rule; it bounds memory when keys are not a closed set after all.
const statementsPerShape = 10_000

/** Keeps a statement; when there is no room left the one compiled longest ago makes it. */
export function keepStatement(statements: Map<string, CompiledStatement>, key: string, made: CompiledStatement): void {
  if (statements.size >= statementsPerShape) {
    const oldest = statements.keys().next()
    if (oldest.done !== true) statements.delete(oldest.value)
  }
  statements.set(key, made)
}
