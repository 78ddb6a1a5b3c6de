import type { Value } from '../../source/evaluate.ts'
import type { Syntax } from '../../source/syntax.ts'
import type { Found, PlaceRule, Visit } from '../place-rule.ts'
import type { PlaceKind } from '../place.ts'
import { argumentsOf, calleeOf, certaintyOf, propertyValues } from './values.ts'

const isEveryone = (value: unknown): boolean => value === 'everyone'

interface Declaration {
  readonly argument: number
  readonly options: Readonly<Record<string, PlaceKind>>
}

/** What `terrace/model` declares access with, and which of its options open rows to everyone. */
const declarations: Readonly<Record<string, Declaration>> = {
  owner: { argument: 1, options: { read: 'readByEveryone' } },
  memberOf: { argument: 1, options: { read: 'readByEveryone', write: 'writtenByEveryone' } },
  shared: { argument: 0, options: { write: 'writtenByEveryone' } },
}

/** `owner(User, { read: 'everyone' })`, `shared({ write: 'everyone' })`. */
export const openAccess: PlaceRule = (visit) => {
  const declared = declaredBy(visit)
  if (declared === null) return null
  const { node, evaluator, at } = visit
  const argument = argumentsOf(node)[declared.argument]
  for (const [name, kind] of Object.entries(declared.options)) {
    const certainty = certaintyOf(propertyValues(evaluator, argument, name, at), isEveryone)
    if (certainty !== null) return { kind, certainty }
  }
  return null
}

function declaredBy({ node, evaluator, at }: Visit): Declaration | null {
  for (const value of evaluator.values(calleeOf(node), at)) {
    if (value.kind !== 'package' || value.module !== 'terrace/model') continue
    if (Object.hasOwn(declarations, value.name)) return declarations[value.name] as Declaration
  }
  return null
}

/** The same as a plain object: `access: { kind: 'shared', write: 'everyone' }`. */
export const openAccessLiteral: PlaceRule = ({ node, evaluator, at }): Found | null => {
  const value: Value = { kind: 'object', node: node as Syntax, at }
  const kinds = evaluator.property(value, 'kind')
  if (!kinds.some((kind) => kind.kind === 'plain' && (kind.value === 'shared' || kind.value === 'memberOf')))
    return null
  if (isPlainly(evaluator.property(value, 'write'))) return { kind: 'writtenByEveryone', certainty: 'is' }
  return isPlainly(evaluator.property(value, 'read')) ? { kind: 'readByEveryone', certainty: 'is' } : null
}

const isPlainly = (values: readonly Value[]): boolean =>
  values.some((value) => value.kind === 'plain' && isEveryone(value.value))
