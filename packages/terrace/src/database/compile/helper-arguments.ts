import type { FunctionNode, OperationNode, ValueNode } from 'kysely'
import { parameter } from './sql-nodes.ts'
import { refused } from './refuse.ts'

/** The argument at this place. */
export function argumentAt({ func, arguments: args }: FunctionNode, at: number): OperationNode {
  const found = args[at]
  if (found !== undefined) return found
  throw refused(`${func}() with ${args.length} arguments`, 'one is missing', 'Use the helpers that terrace/dao exports')
}

/** A word of a closed list, which chooses what is written. */
export function wordAt<W extends string>(node: FunctionNode, at: number, words: readonly W[]): W {
  const argument = argumentAt(node, at)
  const { value } = argument as ValueNode
  const word = argument.kind === 'ValueNode' ? words.find((known) => known === value) : undefined
  if (word !== undefined) return word
  throw refused(
    `${JSON.stringify(value) ?? 'Nothing'} in a helper`,
    'it is no word of its list',
    `Use ${words.join(', ')}`,
  )
}

/** A value that the helper itself reads, as a parameter. */
export const textParameter = (value: string | number): OperationNode => parameter({ kind: 'value', value })
