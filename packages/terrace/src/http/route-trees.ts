import { declarationError } from './declaration-error.ts'
import type { DeclarationProblem } from './declaration-error.ts'
import type { RouteTree } from './route-facts.ts'

/**
 * Routes and groups as an array, or under names: an object, or everything that a module exports
 * (`import * as products from './product.router.ts'`). The name of a route written by hand becomes its operation id unless it
 * says another.
 */
export type RouteTrees = readonly RouteTree[] | Readonly<Record<string, RouteTree>>

/** The trees in their order, each route by hand with its name. `APP_DECLARATION` for what is neither route nor group. */
export function treesOf(where: string, trees: RouteTrees): readonly RouteTree[] {
  const entries: readonly (readonly [string, RouteTree])[] = Object.entries(trees)
  const strangers = entries.filter(([, tree]) => !isTree(tree))
  if (strangers.length > 0) throw declarationError(...strangers.map(([name]) => stranger(where, name)))
  return Array.isArray(trees) ? [...(trees as readonly RouteTree[])] : entries.map(([name, tree]) => named(tree, name))
}

function isTree(tree: RouteTree | undefined): boolean {
  return typeof tree === 'object' && tree !== null && (tree.kind === 'route' || tree.kind === 'group')
}

function stranger(where: string, name: string): DeclarationProblem {
  return {
    where,
    problem: `its entry ${name} is neither a route nor a group`,
    remedy: 'Give what route(), resource() or group() returned; a module with other exports cannot be given whole',
  }
}

/** Every module calls its default export the same, which is no name for an operation. */
function named(tree: RouteTree, name: string): RouteTree {
  if (tree.kind === 'group' || tree.operationId !== null || name === 'default') return tree
  return Object.freeze({ ...tree, operationId: name })
}
