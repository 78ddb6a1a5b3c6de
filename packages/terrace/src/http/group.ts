import type { Auth } from './authentication.ts'
import { declarationError } from './declaration-error.ts'
import { isPathPattern } from './path-pattern.ts'
import type { RouteGroup, RouteTree } from './route-facts.ts'

export interface GroupOptions {
  /** `/v1`: set before the path of each route. Default none. */
  readonly prefix?: string
  /** Who may call the routes that do not say it themselves. */
  readonly auth?: Auth
}

/** Routes that have a prefix, a way to prove who calls, or both in common. Groups may stand in groups. */
export function group({ prefix = '', auth }: GroupOptions, routes: readonly RouteTree[]): RouteGroup {
  if (!isPathPattern(prefix)) {
    throw declarationError({
      where: `group({ prefix: '${prefix}' })`,
      problem: 'the prefix is not a path',
      remedy: 'Begin it with a slash and end it without one, such as /v1',
    })
  }
  return Object.freeze({ kind: 'group', prefix, auth: auth ?? null, routes: Object.freeze([...routes]) })
}
