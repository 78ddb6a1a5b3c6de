import type { AccessFact, MembershipFact, ReferenceFact } from '../graph-facts.ts'
import type { AccessSpec, MemberOfSpec } from '../model-spec.ts'
import type { DeclaredGraph, DeclaredModel } from './declared-graph.ts'
import { actorColumnOf, groupColumnOf, groupReferenceOf, isGroupItself, roleColumnOf } from './member-columns.ts'

/** Who sees and changes the rows of a model. `open` also stands for a declaration that the checks refuse. */
export function accessFact(
  model: DeclaredModel,
  references: readonly ReferenceFact[],
  graph: DeclaredGraph,
): AccessFact {
  return ownedFact(model, references) ?? declaredFact(model, references, graph) ?? { kind: 'open' }
}

function ownedFact(model: DeclaredModel, references: readonly ReferenceFact[]): AccessFact | null {
  for (const [column, { owner }] of model.columns) {
    if (owner === null) continue
    const reference = referenceOn(column, references)
    if (reference !== null)
      return { kind: 'owned', column, owner: reference.target, read: owner.read, readable: owner.readable }
  }
  return null
}

function declaredFact(
  model: DeclaredModel,
  references: readonly ReferenceFact[],
  graph: DeclaredGraph,
): AccessFact | null {
  const access: AccessSpec | null = model.access
  if (access?.kind === 'memberOf') return memberFact(access, model, { references, graph })
  if (access?.kind !== 'ownedThrough') return access
  const reference = referenceOn(access.column, references)
  return reference === null ? null : { kind: 'ownedThrough', reference }
}

interface Known {
  readonly references: readonly ReferenceFact[]
  readonly graph: DeclaredGraph
}

function memberFact(spec: MemberOfSpec, model: DeclaredModel, { references, graph }: Known): AccessFact | null {
  const membership = membershipFact(spec, graph)
  const column = groupReferenceOf(spec, model)
  const reference = column === null ? null : referenceOn(column, references)
  if (membership === null || (reference === null && !isGroupItself(spec, model))) return null
  const { group: groupTable, read, write } = spec
  return { kind: 'memberOf', groupTable, reference, membership, read: copied(read), write: copied(write) }
}

/** The list is the caller's own object, and facts are frozen. */
const copied = <R extends string>(roles: R | readonly string[]): R | readonly string[] =>
  typeof roles === 'string' ? roles : [...roles]

function membershipFact(spec: MemberOfSpec, graph: DeclaredGraph): MembershipFact | null {
  const through = graph.byTable.get(spec.through)
  if (through === undefined) return null
  const groupColumn = groupColumnOf(spec, through)
  const actorColumn = actorColumnOf(spec, through, graph)
  const table = through.references.find(({ columns }) => columns.length === 1 && columns[0] === actorColumn)?.table
  const actor = graph.byTable.get(table ?? '')?.name
  if (groupColumn === null || actorColumn === null || actor === undefined) return null
  return { table: spec.through, groupColumn, actorColumn, actor, roleColumn: roleColumnOf(spec, through) }
}

function referenceOn(column: string, references: readonly ReferenceFact[]): ReferenceFact | null {
  return references.find(({ columns }) => columns.length === 1 && columns[0] === column) ?? null
}
