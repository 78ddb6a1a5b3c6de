import { plainKey } from '../../source/bindings.ts'
import type { Value } from '../../source/evaluate.ts'
import { isSyntax, unwrapped, type Syntax } from '../../source/syntax.ts'
import type { PlaceRule, Visit } from '../place-rule.ts'
import { callOf, reasonOf } from './references.ts'
import { certaintyOf } from './values.ts'

const method = 'unscoped'

/** `session.unscoped(…)`, also as `session['unscoped']` and without the call: of whatever is not known to be something else. */
export const unscopedMember: PlaceRule = (visit) => {
  const { node, evaluator, at } = visit
  if (evaluator.keyOf(node, at) !== method) return null
  if (isSomethingElse(node['object'] as Syntax, visit)) return null
  const call = callOf(visit)
  if (call === null) return { kind: 'unscopedSession', certainty: 'is' }
  return { kind: 'unscopedSession', certainty: 'is', shown: call, reason: reasonOf(call, visit) }
}

/** `const { unscoped } = session`, and as a parameter. */
export const unscopedPattern: PlaceRule = ({ node, around, evaluator, at }) => {
  const pattern = around.at(-1)
  if (pattern?.type !== 'ObjectPattern' || evaluator.keyOf(node, at) !== method) return null
  const owner = around.at(-2)
  const from = owner?.type === 'VariableDeclarator' ? owner['init'] : undefined
  const values = isSyntax(from) ? evaluator.values(from, at) : []
  // Of a module it is the name of an export, which is followed to where it is used.
  const isElse = values.length > 0 && values.every((value) => isNamespace(value) || isOther(value, method))
  return isElse ? null : { kind: 'unscopedSession', certainty: 'is' }
}

const isNamespace = ({ kind }: Value): boolean => kind === 'package' || kind === 'module'

/** A scope written as an object, which a session takes as it takes `unscoped(…)`. */
export const unscopedLiteral: PlaceRule = ({ node, evaluator, at }) => {
  const value: Value = { kind: 'object', node, at }
  const kinds = evaluator.property(value, 'kind').filter(({ kind }) => kind === 'plain')
  const certainty = certaintyOf(kinds, (kind) => kind === method)
  if (certainty === null || !(node['properties'] as readonly Syntax[]).some((each) => isKey(each, 'reason')))
    return null
  const [reason] = evaluator.property(value, 'reason')
  const text = reason?.kind === 'plain' && typeof reason.value === 'string' ? reason.value : null
  return { kind: 'unscopedScope', certainty, reason: text }
}

/** `scope.kind = 'unscoped'`, and a field of a class. */
export const unscopedKind: PlaceRule = ({ node, evaluator, at }) => {
  const isAssigned = node.type === 'AssignmentExpression'
  const target = (isAssigned ? node['left'] : node) as Syntax
  const value = node[isAssigned ? 'right' : 'value']
  if (isAssigned && target.type !== 'MemberExpression') return null
  if (!isSyntax(value) || evaluator.keyOf(target, at) !== 'kind') return null
  const isUnscoped = certaintyOf(evaluator.values(value, at), (kind) => kind === method) === 'is'
  return isUnscoped ? { kind: 'unscopedScope', certainty: 'may' } : null
}

const isKey = (property: Syntax, name: string): boolean =>
  property.type === 'SpreadElement' || plainKey(property) === name || property['computed'] === true

/** Told by the text: an object, a class or a type of the project that has a member of this name itself. */
function isSomethingElse(object: Syntax, { evaluator, at, around }: Visit): boolean {
  const inner = unwrapped(object)
  if (inner.type === 'ThisExpression') {
    const owner = around.findLast(({ type }) => type === 'ClassDeclaration' || type === 'ClassExpression')
    return owner !== undefined && hasMember(owner, method)
  }
  const values = evaluator.values(inner, at)
  return values.length > 0 && values.every((value) => isNamespace(value) || isOther(value, method))
}

function isOther(value: Value, name: string): boolean {
  switch (value.kind) {
    case 'unknown':
    case 'package':
      return false
    case 'instance':
      return hasMember(value.node, name)
    case 'object':
      return (value.node['properties'] as readonly Syntax[]).some((property) => plainKeyOf(property) === name)
    case 'given':
      return value.type !== null && typeHasMember(value.type, value.at, name)
    default:
      return true
  }
}

const plainKeyOf = (property: Syntax): string | null => (property.type === 'Property' ? plainKey(property) : null)

function hasMember(node: Syntax, name: string): boolean {
  const members = (node['body'] as Syntax)['body'] as readonly Syntax[]
  return members.some((member) => isSyntax(member['key']) && plainKey(member) === name)
}

interface Typed {
  readonly module: Extract<Value, { readonly kind: 'given' }>['at']['module']
}

/** A type that the file declares, or writes out. */
function typeHasMember(type: Syntax, { module }: Typed, name: string): boolean {
  if (type.type === 'TSTypeLiteral') return membersHave(type['members'], name)
  if (type.type !== 'TSTypeReference') return false
  const declared = module.names.types.get(String((type['typeName'] as Syntax)['name']))
  if (declared === undefined) return false
  if (declared.type === 'ClassDeclaration') return hasMember(declared, name)
  if (declared.type === 'TSInterfaceDeclaration') return membersHave((declared['body'] as Syntax)['body'], name)
  return typeHasMember(declared['typeAnnotation'] as Syntax, { module }, name)
}

const membersHave = (members: unknown, name: string): boolean =>
  (members as readonly Syntax[]).some((member) => isSyntax(member['key']) && plainKey(member) === name)
