/** A node of the syntax tree: ESTree with TypeScript's own, as the parser gives it. */
export type Syntax = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** What stands around an expression and changes nothing about its value. */
const wrappers: ReadonlySet<string> = new Set([
  'AwaitExpression',
  'ChainExpression',
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSInstantiationExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
])

export const isWrapper = ({ type }: Syntax): boolean => wrappers.has(type)

/** The expression without what stands around it: `(session as Session)!` is `session`. */
export function unwrapped(node: Syntax): Syntax {
  if (wrappers.has(node.type)) return unwrapped((node['expression'] ?? node['argument']) as Syntax)
  if (node.type !== 'SequenceExpression') return node
  return unwrapped((node['expressions'] as readonly Syntax[]).at(-1) as Syntax)
}

const runtime: ReadonlySet<string> = new Set([
  ...wrappers,
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSExternalModuleReference',
  'TSModuleBlock',
  'TSModuleDeclaration',
  'TSParameterProperty',
])

/** A type, or what declares one: nothing of it runs. */
export const isTypeOnly = ({ type, declare }: Syntax): boolean =>
  (type.startsWith('TS') && !runtime.has(type)) || declare === true

export type VisitorKeys = Readonly<Record<string, readonly string[]>>

/** Calls with each node inside of a node that runs, in the order of the text. */
export function visitChildren(node: Syntax, keys: VisitorKeys, visit: (child: Syntax) => void): void {
  for (const key of keys[node.type] ?? []) {
    const child = node[key]
    if (!Array.isArray(child)) visitRunning(child, visit)
    else for (const item of child) visitRunning(item, visit)
  }
}

function visitRunning(child: unknown, visit: (child: Syntax) => void): void {
  if (isSyntax(child) && !isTypeOnly(child)) visit(child)
}
