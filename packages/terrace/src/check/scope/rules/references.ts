import type { Value } from '../../source/evaluate.ts'
import { isWrapper, type Syntax } from '../../source/syntax.ts'
import type { Found, PlaceRule, Visit } from '../place-rule.ts'

/** `unscoped('…')` and `everyone` of `terrace/database`, by whichever name and through whichever file they come. */
export const reference: PlaceRule = (visit) => {
  const { node, evaluator, at } = visit
  if (!isExpression(visit)) return null
  for (const value of evaluator.values(node, at)) {
    const found = exported(value, visit)
    if (found !== null) return found
  }
  return null
}

function exported(value: Value, visit: Visit): Found | null {
  if (value.kind !== 'package') return null
  const isOwn = value.module === 'terrace/database'
  if (value.name === 'everyone' && isOwn) return isAlias(visit) ? null : { kind: 'everyone', certainty: 'is' }
  if (value.name !== 'unscoped' || isOtherPackage(value.module)) return null
  const certainty = isOwn ? 'is' : 'may'
  const call = callOf(visit)
  if (call !== null) return { kind: 'unscopedScope', certainty, shown: call, reason: reasonOf(call, visit) }
  return isAlias(visit) ? null : { kind: 'unscopedScope', certainty }
}

/** Of Terrace, of a package of the project that may pass it on, but not of what Node or a known package has. */
const isOtherPackage = (module: string): boolean =>
  module.startsWith('node:') || (module.startsWith('terrace/') && module !== 'terrace/database')

/** The call that a node is the callee of, whatever stands around the callee. */
export function callOf({ node, around }: Visit): Syntax | null {
  let inner = node
  for (const outer of around.toReversed()) {
    if (isWrapper(outer)) inner = outer
    else return outer.type === 'CallExpression' && outer['callee'] === inner ? outer : null
  }
  return null
}

export function reasonOf(call: Syntax, { evaluator, at }: Visit): string | null {
  const [reason] = call['arguments'] as readonly Syntax[]
  return reason === undefined ? null : evaluator.textOf(reason, at)
}

/** `const all = unscoped`: the name is followed to where it is used. */
function isAlias({ node, around }: Visit): boolean {
  const outer = around.at(-1)
  return outer?.type === 'VariableDeclarator' && outer['init'] === node
}

/** Where an identifier is no value: names that are declared, imported, exported, or of properties. */
function isExpression({ node, around }: Visit): boolean {
  const outer = around.at(-1)
  if (outer === undefined || node.type === 'MemberExpression') return true
  switch (outer.type) {
    case 'MemberExpression':
      return outer['object'] === node || outer['computed'] === true
    case 'Property':
      return outer['value'] === node && around.at(-2)?.type !== 'ObjectPattern'
    case 'VariableDeclarator':
      return outer['init'] === node
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return outer['value'] === node || outer['computed'] === true
    case 'AssignmentExpression':
      return outer['right'] === node
    case 'AssignmentPattern':
      return outer['right'] === node
    default:
      return !declaring.has(outer.type)
  }
}

const declaring: ReadonlySet<string> = new Set([
  'ArrayPattern',
  'BreakStatement',
  'CatchClause',
  'ClassDeclaration',
  'ClassExpression',
  'ContinueStatement',
  'ExportAllDeclaration',
  'ExportSpecifier',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ImportDefaultSpecifier',
  'ImportNamespaceSpecifier',
  'ImportSpecifier',
  'LabeledStatement',
  'RestElement',
  'TSParameterProperty',
])
