import type { AccessFact, ColumnFact, ModelFact, ModelGraph, ReferenceFact } from '../../../model/index.ts'
import { doubleQuoteName as quote, quoteText } from '../../../schema/index.ts'
import { actorKey } from './actor-key.ts'
import { lookUpConditions } from './look-ups.ts'
import { groupsFunction } from './membership.ts'

export type RowAccess = 'read' | 'write'

interface Occurrence<A extends AccessFact = AccessFact> {
  readonly graph: ModelGraph
  readonly model: ModelFact
  readonly access: A
  /** How the statement names the row: its table, or an alias. */
  readonly qualifier: string
  readonly reach: RowAccess
}

type AccessRule<A extends AccessFact> = (occurrence: Occurrence<A>) => string | null

/** What holds for the rows of a model that the session's actor reaches, deleted ones too; null where everybody reaches them. */
export function rowCondition(graph: ModelGraph, model: ModelFact, reach: RowAccess): string | null {
  const own = conditionOf({ graph, model, access: model.access, qualifier: quote(model.table), reach })
  if (own === null || reach === 'write') return own
  const lookedUp = lookUpConditions(graph, model)
  if (lookedUp.includes(null)) return null
  return [own, ...lookedUp].join(' or ')
}

const rules: { readonly [K in AccessFact['kind']]: AccessRule<Extract<AccessFact, { readonly kind: K }>> } = {
  actor: ({ graph, model, qualifier }) => isActor({ graph, qualifier, owner: model.name, column: onlyKey(model) }),
  owned: ({ graph, model, access: { column, owner, read }, qualifier, reach }) =>
    read === 'everyone' && reach === 'read'
      ? null
      : isActor({ graph, qualifier, owner, column: model.column[column] as ColumnFact }),
  ownedThrough: parentCondition,
  memberOf: ({ graph, model, access: { reference, membership, read, write }, qualifier, reach }) => {
    const members = reach === 'read' ? read : write
    if (members === 'everyone') return null
    if (members === 'nobody') return 'false'
    const column = reference === null ? onlyKey(model) : (model.column[reference.columns[0] ?? ''] as ColumnFact)
    const roles = members === 'members' ? 'null' : `array[${members.map(quoteText).join(', ')}]`
    const groups = `select ${quote(groupsFunction(graph, membership).name)}(${roles})`
    return `${qualifier}.${quote(column.sqlName)} = any (array(${groups}))`
  },
  shared: () => null,
  open: () => null,
}

function conditionOf(occurrence: Occurrence): string | null {
  return (rules[occurrence.access.kind] as AccessRule<AccessFact>)(occurrence)
}

/** An actor and a group are one row each: `graph()` gives them a key of one column. */
function onlyKey({ column, primaryKey }: ModelFact): ColumnFact {
  return column[primaryKey.columns[0] ?? ''] as ColumnFact
}

interface OwnerColumn {
  readonly graph: ModelGraph
  readonly qualifier: string
  readonly owner: string
  readonly column: ColumnFact
}

function isActor({ graph, qualifier, owner, column }: OwnerColumn): string {
  return `${qualifier}.${quote(column.sqlName)} = ${actorKey(graph, owner, column)}`
}

function parentCondition({
  graph,
  access,
  qualifier,
  reach,
}: Occurrence<Extract<AccessFact, { readonly kind: 'ownedThrough' }>>): string | null {
  const fact: ReferenceFact = access.reference
  const parent = graph.models[fact.target] as ModelFact
  const child = graph.models[fact.model] as ModelFact
  const alias = aliasInside(qualifier)
  const isReached = conditionOf({ graph, model: parent, access: parent.access, qualifier: alias, reach })
  if (isReached === null) return null
  const isParent = fact.columns.map((name, at) => {
    const key = parent.column[fact.targetColumns[at] ?? ''] as ColumnFact
    return `${alias}.${quote(key.sqlName)} = ${qualifier}.${quote((child.column[name] as ColumnFact).sqlName)}`
  })
  return `exists (select from ${quote(parent.table)} as ${alias} where ${[...isParent, isReached].join(' and ')})`
}

/** `"rls_1"`, and inside that `"rls_2"`: a table of that name would be read as itself only where no parent is asked. */
function aliasInside(qualifier: string): string {
  const depth = /^"rls_(\d)"$/.exec(qualifier)?.[1] ?? '0'
  return `"rls_${Number(depth) + 1}"`
}
