import type { Auth } from './authentication.ts'
import { declarationError } from './declaration-error.ts'
import { isPathPattern } from './path-pattern.ts'
import type { Deprecation, RouteGroup } from './route-facts.ts'
import { treesOf } from './route-trees.ts'
import type { RouteTrees } from './route-trees.ts'

/** What its routes have in common unless they, or groups in it, say it themselves. */
export interface GroupOptions {
  /** `/v1`: set before the path of each route. Default none. */
  readonly prefix?: string
  readonly auth?: Auth
  /** The caller must have one of these roles (`ROLE_MISSING`). */
  readonly roles?: readonly string[]
  /** Sent as headers with each answer, and documented: `{ since: '2026-01-31', sunset: '2026-12-31' }`. */
  readonly deprecated?: Deprecation
}

/**
 * Routes that have something in common: a prefix, who may call them, a deprecation. Groups may stand in groups.
 *
 * ```ts
 * group({ prefix: '/v1', auth: device }, { products: resource(ProductService, { path: '/products' }), richest })
 * ```
 */
export function group(options: GroupOptions, routes: RouteTrees): RouteGroup {
  const { prefix = '', auth = null, roles = [], deprecated = null } = options
  const where = `group({ prefix: '${prefix}' })`
  if (!isPathPattern(prefix)) {
    const remedy = 'Begin it with a slash and end it without one, such as /v1'
    throw declarationError({ where, problem: 'the prefix is not a path', remedy })
  }
  return Object.freeze({
    kind: 'group',
    prefix,
    auth,
    roles: Object.freeze([...roles]),
    deprecated,
    routes: Object.freeze(treesOf(where, routes)),
  })
}
