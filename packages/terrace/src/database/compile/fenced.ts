import type { AndNode, CaseNode, OperationNode, SelectQueryNode } from 'kysely'
import { newName, type Frame, type Output, type Pass } from './pass.ts'
import { aliased, allOf, always, binary, type Building, constant, guarded, parens, reference } from './sql-nodes.ts'

/**
 * Engines run what stands in a statement in the order that is cheapest, and a number too large in a row of somebody else would
 * refuse the whole statement, which tells of that row. So what calculates stands behind a CASE that first asks whose row it is
 * (a "fence"), and a query in FROM that a calculation may read is closed (`closeQueries`).
 *
 * Sources: PostgreSQL documentation, "Expression Evaluation Rules"; MariaDB documentation, "Derived Table Merge Optimization",
 * "Condition Pushdown into Derived Table Optimization".
 */
export interface Limits {
  /** What the clause itself must hold. */
  readonly guards: readonly OperationNode[]
  /** What holds of a row before anything is calculated of it. */
  readonly fences: readonly OperationNode[]
}

/** A condition of the statement with the compiler's. Its parts that calculate nothing stay bare, so that indexes serve them. */
export function limitedBy(
  pass: Pass,
  { guards, fences }: Limits,
  node: OperationNode | undefined,
  frame: Frame,
): OperationNode | null {
  const [plain, calculating]: readonly OperationNode[][] = [[], []] as const
  const parts = node === undefined ? [] : conjuncts(node)
  for (const part of parts) {
    const { node: found, calculates } = calculation(pass, () => pass.expression(part, frame, null).node)
    ;(calculates ? calculating : plain)?.push(parts.length > 1 && found.kind === 'OrNode' ? parens(found) : found)
  }
  const fence = allOf(calculating ?? [])
  const own = fence === null ? plain : [...(plain ?? []), behindFence(fences, fence, always(false))]
  return guarded(guards, allOf(own ?? []))
}

function conjuncts(node: OperationNode): readonly OperationNode[] {
  if (node.kind !== 'AndNode') return [node]
  const { left, right } = node as AndNode
  return [...conjuncts(left), ...conjuncts(right)]
}

/** What is compiled, and whether it calculates. */
export function calculation(
  { findings }: Pass,
  compile: () => OperationNode,
): { readonly node: OperationNode; readonly calculates: boolean } {
  const before = findings.calculations
  const node = compile()
  return { node, calculates: findings.calculations > before }
}

/** `case when … then node else … end`; the bare node where there is nothing to ask. */
export function behindFence(
  fences: readonly OperationNode[],
  node: OperationNode,
  otherwise: OperationNode | null = null,
): OperationNode {
  const condition = allOf(fences)
  if (condition === null) return node
  const isOwn: CaseNode = {
    kind: 'CaseNode',
    when: [{ kind: 'WhenNode', condition, result: node }],
    ...(otherwise !== null && { else: otherwise }),
  }
  return isOwn
}

/** Never moved in front of grouping, as a condition on what is grouped by would be. */
export function behindGroups(node: OperationNode): OperationNode {
  const rows: OperationNode = {
    kind: 'AggregateFunctionNode',
    func: 'count',
    aggregated: [{ kind: 'SelectAllNode' }],
  } as OperationNode
  return behindFence([binary(rows, '>=', constant(0))], node, always(false))
}

/** The condition of an UPDATE or DELETE with the compiler's, as `limitedBy`. */
export function fenced(
  pass: Pass,
  guards: readonly OperationNode[],
  compileOwn: () => OperationNode | null,
): OperationNode | null {
  const before = pass.findings.calculations
  const own = compileOwn()
  if (own === null || pass.findings.calculations === before) return guarded(guards, own)
  return guarded(guards, behindFence(guards, own, always(false)))
}

/**
 * A query in FROM or WITH gives its rows before anything is calculated of them: no engine merges one that has a LIMIT, or moves
 * conditions into it. A union gets one around it: MariaDB moves conditions past the LIMIT of a union itself.
 */
export function closeQueries(pass: Pass): void {
  const { calculations, lateCalculations, inner } = pass.findings
  if (calculations === lateCalculations) return
  for (const { node, outputs } of inner) {
    if (node.setOperations !== undefined) wrapUnion(pass, node, outputs)
    node.limit ??= { kind: 'LimitNode', limit: noLimit }
  }
}

function wrapUnion(pass: Pass, query: Building<SelectQueryNode>, outputs: readonly Output[]): void {
  const name = newName(pass)
  const union: SelectQueryNode = { ...query }
  for (const part of Object.keys(query)) delete (query as Record<string, unknown>)[part]
  Object.assign(query, {
    kind: 'SelectQueryNode',
    from: { kind: 'FromNode', froms: [aliased(union, name)] },
    selections: outputs.map((output) => ({ kind: 'SelectionNode', selection: reference(name, output.name) })),
  } satisfies Omit<SelectQueryNode, 'selections'> & { readonly selections: readonly unknown[] })
}

/** The most rows a table can have: what stands for no LIMIT where there must be one. */
export const noLimit: OperationNode = constant(9_223_372_036_854_775_807n)
