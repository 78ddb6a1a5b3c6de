import type { OperationNode, OperationNodeKind } from 'kysely'
import { nodeKinds } from '../../../src/database/compile/node-kinds.ts'
import { shopGraph } from '../shop-models.ts'

/** How often something was met, by its name. */
export type Counts = Map<string, number>

/** What the trees of a run held: kinds of nodes, tables by how they are joined and who sees them, places of sub-queries. */
export interface Coverage {
  readonly kinds: Counts
  readonly joins: Counts
  readonly places: Counts
}

export const newCoverage = (): Coverage => ({ kinds: new Map(), joins: new Map(), places: new Map() })

/** Kinds that only writes have. */
const ofWrites: ReadonlySet<string> = new Set([
  'ValuesNode',
  'DefaultInsertValueNode',
  'ColumnUpdateNode',
  'ReturningNode',
  'OnConflictNode',
])

/** Every kind that the compiler handles and a SELECT can hold. */
export const selectKinds: readonly OperationNodeKind[] = Object.entries(nodeKinds)
  .filter(([name, { kind }]) => (kind === 'expression' || kind === 'part') && !ofWrites.has(name))
  .map(([name]) => name as OperationNodeKind)

/** Places where a sub-query may stand. */
export const placeNames = [
  'where',
  'on',
  'having',
  'group by',
  'order by',
  'select list',
  'case',
  'function argument',
  'aggregate',
  'window',
  'set operation',
  'derived table',
  'lateral',
  'cte',
  'recursive cte',
  'shadowing cte',
  'nested 3 deep',
] as const

/** Sorts of tables, by who sees their rows. */
export const sortNames = [
  'actor',
  'owned',
  'self-referring',
  'through 1',
  'through 2',
  'shared',
  'read by everyone',
  'below what everyone reads',
] as const

/** Ways in which a table stands in a FROM. */
export const joinNames = ['from', 'InnerJoin', 'LeftJoin', 'RightJoin', 'FullJoin', 'CrossJoin'] as const

export function sortOf(table: string): string {
  const fact = shopGraph.tables[table]
  if (fact === undefined) return 'none'
  const { access } = fact
  if (access.kind === 'ownedThrough') {
    const parent = sortOf(access.reference.targetTable)
    if (parent === 'read by everyone') return 'below what everyone reads'
    return parent.startsWith('through') ? `through ${Number(parent.slice(8)) + 1}` : 'through 1'
  }
  if (access.kind === 'owned' && access.read === 'everyone') return 'read by everyone'
  const isSelfReferring = fact.references.some(({ targetTable }) => targetTable === table)
  return isSelfReferring ? 'self-referring' : access.kind
}

interface Where {
  readonly depth: number
  readonly ctes: readonly string[]
  readonly place: string | null
}

/** Counts one tree; each name at most once, as a query that has it. */
export function count(tree: OperationNode, { kinds, joins, places }: Coverage): void {
  const met = { kinds: new Set<string>(), joins: new Set<string>(), places: new Set<string>() }
  walk(tree, { depth: 0, ctes: [], place: null }, met)
  for (const [counts, names] of [
    [kinds, met.kinds],
    [joins, met.joins],
    [places, met.places],
  ] as const)
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
}

type Met = Readonly<Record<'kinds' | 'joins' | 'places', Set<string>>>
type Node = Readonly<Record<string, unknown>> & { readonly kind?: string }

const placesByKind: Readonly<Record<string, string>> = {
  WhereNode: 'where',
  OnNode: 'on',
  HavingNode: 'having',
  OrderByNode: 'order by',
  SelectionNode: 'select list',
  CaseNode: 'case',
  FunctionNode: 'function argument',
  AggregateFunctionNode: 'aggregate',
  OverNode: 'window',
  SetOperationNode: 'set operation',
  FromNode: 'derived table',
}

function walk(part: unknown, where: Where, met: Met): void {
  if (typeof part !== 'object' || part === null) return
  if (Array.isArray(part)) return part.forEach((item) => walk(item, where, met))
  const node = part as Node
  if (node.kind === undefined) return Object.values(node).forEach((item) => walk(item, where, met))
  met.kinds.add(node.kind)
  if (node.kind === 'SelectQueryNode') return walkQuery(node, where, met)
  if (node.kind === 'JoinNode') return walkJoin(node, where, met)
  const place = placesByKind[node.kind] ?? where.place
  for (const item of Object.values(node)) walk(item, { ...where, place }, met)
}

function walkQuery(node: Node, { depth, ctes, place }: Where, met: Met): void {
  if (place !== null) met.places.add(place)
  if (depth >= 3) met.places.add('nested 3 deep')
  const expressions =
    (node['with'] as { readonly expressions?: readonly Node[]; readonly recursive?: boolean } | undefined) ?? {}
  let known = ctes
  for (const cte of expressions.expressions ?? []) {
    const name = nameOf((cte['name'] as Node)['table'])
    if (expressions.recursive === true) met.places.add('recursive cte')
    if (shopGraph.tables[name] !== undefined) met.places.add('shadowing cte')
    met.kinds.add(cte.kind ?? '')
    walk(cte['name'], { depth, ctes: known, place: null }, met)
    const inside = expressions.recursive === true ? [...known, name] : known
    walk(cte['expression'], { depth: depth + 1, ctes: inside, place: 'cte' }, met)
    known = [...known, name]
  }
  if (node['with'] !== undefined) met.kinds.add('WithNode')
  const inner = { depth: depth + 1, ctes: known, place: null }
  for (const table of (node['from'] as { readonly froms?: readonly Node[] } | undefined)?.froms ?? [])
    countTable(table, 'from', inner, met)
  if (isGroupedByQuery(node)) met.places.add('group by')
  for (const [name, item] of Object.entries(node)) if (name !== 'with') walk(item, inner, met)
}

function walkJoin(node: Node, where: Where, met: Met): void {
  const type = String(node['joinType'])
  countTable(node['table'] as Node, type, where, met)
  walk(node['table'], { ...where, place: type.startsWith('Lateral') ? 'lateral' : 'derived table' }, met)
  walk(node['on'], where, met)
}

function countTable(item: Node, joinType: string, { ctes }: Where, met: Met): void {
  const inner = item.kind === 'AliasNode' ? (item['node'] as Node) : item
  if (inner.kind !== 'TableNode') return
  const name = nameOf(inner)
  if (!ctes.includes(name)) met.joins.add(`${joinType} · ${sortOf(name)}`)
}

const nameOf = (table: unknown): string =>
  (table as { readonly table: { readonly identifier: { readonly name: string } } }).table.identifier.name

/** A group is named by an output that is a sub-query. */
function isGroupedByQuery(node: Node): boolean {
  const items = (node['groupBy'] as { readonly items?: readonly Node[] } | undefined)?.items ?? []
  const names = items.flatMap((item) => {
    const { column, table } = (item['groupBy'] ?? {}) as {
      readonly column?: { readonly column?: { readonly name?: string } }
      readonly table?: unknown
    }
    return table === undefined && column?.column?.name !== undefined ? [column.column.name] : []
  })
  return ((node['selections'] ?? []) as readonly Node[]).some(({ selection }) => {
    const { node: inner, alias } = selection as { readonly node?: Node; readonly alias?: { readonly name?: string } }
    return inner?.kind === 'SelectQueryNode' && names.includes(alias?.name ?? '')
  })
}
