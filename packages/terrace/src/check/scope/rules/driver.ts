import { isSyntax, type Syntax } from '../../source/syntax.ts'
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

function sourceOf({ node }: Visit): Syntax | null {
  if (node.type === 'CallExpression') {
    const isRequire = calleeOf(node)['name'] === 'require'
    return isRequire ? (argumentsOf(node)[0] ?? null) : null
  }
  const source = node['source'] ?? node['expression']
  return isSyntax(source) ? source : null
}

/** `new Kysely(…)`: a query builder with a driver of its own. */
export const kyselyInstance: PlaceRule = ({ node, evaluator, at }) => {
  const values = evaluator.values(node['callee'] as Syntax, at)
  const isKysely = values.some(
    (value) => value.kind === 'package' && value.module === 'kysely' && value.name === 'Kysely',
  )
  return isKysely ? { kind: 'driver', certainty: 'is' } : null
}
