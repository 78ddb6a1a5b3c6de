import type { OperationNode, RootOperationNode } from 'kysely'
import { TerraceError } from '../../errors/index.ts'

/** A refusal with the statement that it is about: what is refused may be a function or a value, which stand in many. */
export function placed(error: unknown, statement: RootOperationNode): unknown {
  return error instanceof TerraceError && error.kind === 'misuse' ? error.at(wordsFor(statement)) : error
}

/** `select from products`. */
function wordsFor({ kind, ...node }: RootOperationNode): string {
  const operation = operations[kind]
  if (operation === undefined) return kind
  const table = tableIn(operation.table(node as Parts))
  return table === null ? operation.words : `${operation.words} ${table}`
}

type Parts = Readonly<Record<string, OperationNode | undefined>>

interface Operation {
  readonly words: string
  table(node: Parts): unknown
}

const operations: Readonly<Record<string, Operation>> = {
  SelectQueryNode: { words: 'select from', table: ({ from }) => from },
  InsertQueryNode: { words: 'insert into', table: ({ into }) => into },
  UpdateQueryNode: { words: 'update of', table: ({ table }) => table },
  DeleteQueryNode: { words: 'delete from', table: ({ from }) => from },
  RawNode: { words: 'raw SQL', table: () => undefined },
}

/** The first table below a node, by its own name. */
function tableIn(node: unknown): string | null {
  if (typeof node !== 'object' || node === null) return null
  const { kind, froms, table, node: inner, from } = node as Readonly<Record<string, unknown>>
  if (kind === 'TableNode') return (table as { readonly identifier: { readonly name: string } }).identifier.name
  if (Array.isArray(froms)) return tableIn(froms[0])
  return tableIn(inner ?? from)
}
