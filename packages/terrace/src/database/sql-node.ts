import type { OperationNode } from 'kysely'

/** SQL of our own around nodes: `sqlNode`lower(${text})``. What is between the nodes is written as it stands. */
export function sqlNode(fragments: readonly string[], ...nodes: readonly OperationNode[]): OperationNode {
  return { kind: 'RawNode', sqlFragments: [...fragments], parameters: nodes } as OperationNode
}

/** `opening` a, b, c `closing`. */
export function listNode(
  opening: string,
  nodes: readonly OperationNode[],
  { separator = ', ', closing = ')' }: { readonly separator?: string; readonly closing?: string } = {},
): OperationNode {
  if (nodes.length === 0) return sqlNode([opening + closing])
  return sqlNode([opening, ...nodes.slice(1).map(() => separator), closing], ...nodes)
}
