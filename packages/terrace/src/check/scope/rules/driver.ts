import { isSyntax, unwrapped, type Syntax } from '../../source/syntax.ts'
import type { PlaceRule, Visit } from '../place-rule.ts'
import { driverPackages } from './driver-packages.ts'
import { argumentsOf, calleeOf } from './values.ts'

/** A driver's package, however it is asked for: what it sends is limited by nothing. Types alone send nothing. */
export const driverImport: PlaceRule = (visit) => {
  const { node, evaluator, at } = visit
  if (isOfTypes(node)) return null
  const source = sourceOf(visit)
  const name = source === null ? null : evaluator.textOf(source, at)
  return name !== null && driverPackages.has(name) ? { kind: 'driver', certainty: 'is' } : null
}

function isOfTypes(node: Syntax): boolean {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true
  const specifiers = (node['specifiers'] ?? []) as readonly Syntax[]
  return (
    specifiers.length > 0 && specifiers.every((each) => each['importKind'] === 'type' || each['exportKind'] === 'type')
  )
}

const loaders: ReadonlySet<unknown> = new Set(['require', 'getBuiltinModule'])

/** `require`, also as a method of what has it, and Node’s own way. */
function sourceOf({ node, evaluator, at }: Visit): Syntax | null {
  if (node.type === 'CallExpression') {
    const callee = calleeOf(node)
    const name = callee.type === 'MemberExpression' ? evaluator.keyOf(callee, at) : callee['name']
    return loaders.has(name) ? (argumentsOf(node)[0] ?? null) : null
  }
  const source = node['source'] ?? node['expression']
  return isSyntax(source) ? source : null
}

/** `db.dialect.open(…)`: connections that no session holds. */
export const dialectDriver: PlaceRule = ({ node, evaluator, at }) => {
  const callee = calleeOf(node)
  if (callee.type !== 'MemberExpression' || evaluator.keyOf(callee, at) !== 'open') return null
  const object = unwrapped(callee['object'] as Syntax)
  const name = object.type === 'MemberExpression' ? evaluator.keyOf(object, at) : object['name']
  return name === 'dialect' ? { kind: 'driver', certainty: 'is' } : null
}

/** `new Kysely(…)`: a query builder with a driver of its own. */
export const kyselyInstance: PlaceRule = ({ node, evaluator, at }) => {
  const values = evaluator.values(node['callee'] as Syntax, at)
  const isKysely = values.some(
    (value) => value.kind === 'package' && value.module === 'kysely' && value.name === 'Kysely',
  )
  return isKysely ? { kind: 'driver', certainty: 'is' } : null
}
