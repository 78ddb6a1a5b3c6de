import { parseSync, visitorKeys } from 'oxc-parser'

export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>

/** The tree of a file, without nodes for parentheses. Throws where the file does not parse. */
export function parse(path: string, text: string): SyntaxNode {
  const { program, errors } = parseSync(path, text, { preserveParens: false })
  const [error] = errors
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`)
  return program as unknown as SyntaxNode
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** Wrappers that are types only, and what they wrap. */
const typedExpressions: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
])

export const isType = ({ type }: SyntaxNode): boolean => type.startsWith('TS') && !typedExpressions.has(type)

/** What is run of a node: its children but types. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return (visitorKeys[node.type] ?? [])
    .flatMap((key) => node[key])
    .filter((child): child is SyntaxNode => isNode(child) && !isType(child))
}

export const child = (node: SyntaxNode, key: string): SyntaxNode => node[key] as SyntaxNode

export const list = (node: SyntaxNode, key: string): readonly (SyntaxNode | null)[] =>
  (node[key] ?? []) as readonly (SyntaxNode | null)[]

/** The name of an identifier, or of a property that is written out; null for anything else. */
export function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node['name'] as string
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null
}

/** What is called: `f` of `f()` and of `a.f()`; null where it is computed. */
export function calledName(node: SyntaxNode): string | null {
  const callee = child(node, 'callee')
  if (callee.type !== 'MemberExpression') return nameOf(callee)
  return callee['computed'] === true ? null : nameOf(callee['property'])
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
