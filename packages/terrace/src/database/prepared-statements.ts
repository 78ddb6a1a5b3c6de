import type { AccessFact, ModelGraph } from '../model/index.ts'
import type { CompiledStatement, DeletedMode } from './compile/compiled-statement.ts'
import type { Scope } from './scope.ts'

/** Statements by rule, by key: one map per alive mode, for one shape of scope. */
export type StatementsOfShape = Readonly<Record<DeletedMode, StatementMaps>>

export interface StatementMaps {
  /** Of which there are as many as models give. */
  readonly closed: Map<string, CompiledStatement>
  /** Whose shape follows what somebody asks for: conditions, orders, parts of rows. The one used last stands last. */
  readonly open: Map<string, CompiledStatement>
}

/**
 * Shapes that differ only by which keys an actor has share their statements: owners are parameters. So do those that differ by
 * roles that no model asks for, which bounds the number of shapes by the graph.
 */
export class PreparedStatements {
  readonly #shapes = new Map<string, StatementsOfShape>()
  /** The same for most scopes, whose shape is one name: nothing is to be put together for each session. */
  readonly #ofOneActor = new Map<string, StatementsOfShape>()
  readonly #roles: ReadonlySet<string>
  #namesLeft = mostOpenNames

  constructor(graph: ModelGraph) {
    this.#roles = new Set(Object.values(graph.models).flatMap(({ access }) => rolesOf(access)))
  }

  of(scope: Scope): StatementsOfShape {
    const only = this.#onlyActorOf(scope)
    if (only === null) return keptIn(this.#shapes, this.#shapeOf(scope))
    return keptIn(this.#ofOneActor, only)
  }

  /** Whether one more statement of an open shape may have a name, under which servers and drivers keep it until they end. */
  takeName(): boolean {
    this.#namesLeft -= 1
    return this.#namesLeft >= 0
  }

  /** The one model that a scope acts as, where no role of its counts. */
  #onlyActorOf(scope: Scope): string | null {
    if (scope.kind !== 'actor' || scope.roles.some((role) => this.#roles.has(role))) return null
    const names = Object.keys(scope.actor)
    return names.length === 1 ? (names[0] as string) : null
  }

  #shapeOf(scope: Scope): string {
    if (scope.kind === 'unscoped') return 'unscoped'
    const roles = new Set(scope.roles.filter((role) => this.#roles.has(role)))
    return JSON.stringify([Object.keys(scope.actor).toSorted(), [...roles].toSorted()])
  }
}

function keptIn(shapes: Map<string, StatementsOfShape>, key: string): StatementsOfShape {
  const known = shapes.get(key)
  if (known !== undefined) return known
  const shape: StatementsOfShape = { without: noStatements(), with: noStatements(), only: noStatements() }
  shapes.set(key, shape)
  return shape
}

function noStatements(): StatementMaps {
  return { closed: new Map(), open: new Map() }
}

function rolesOf(access: AccessFact): readonly string[] {
  return access.kind === 'shared' && typeof access.write === 'object' ? [access.write.role] : []
}

// Far above what models give by rule; it bounds memory when keys are not a closed set after all.
const mostClosed = 10_000
// What clients may ask is endless, what they do ask is little: whoever tries everything makes others compile anew, and no more.
const mostOpen = 500
const mostOpenNames = 1_000

/** A statement of an open shape, which is now the one used last. */
export function openStatement({ open }: StatementMaps, key: string): CompiledStatement | undefined {
  const known = open.get(key)
  if (known === undefined) return undefined
  open.delete(key)
  open.set(key, known)
  return known
}

/** Keeps a statement; when there is no room left the one used longest ago makes it, of a closed set the one compiled longest ago. */
export function keepStatement(
  { closed, open }: StatementMaps,
  key: string,
  { made, isOpen }: { readonly made: CompiledStatement; readonly isOpen: boolean },
): void {
  const [statements, most] = isOpen ? [open, mostOpen] : [closed, mostClosed]
  if (statements.size >= most) {
    const oldest = statements.keys().next()
    if (oldest.done !== true) statements.delete(oldest.value)
  }
  statements.set(key, made)
}
