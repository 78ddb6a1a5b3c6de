import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'
import { pathMatcher } from './path-pattern.ts'

/** What a path answers: looked up only where the router has found nothing. */
export type AllowedMethods = (path: string) => readonly string[]

/** `routes`: everything that the server answers, its own paths too. */
export function allowedMethods(routes: readonly { readonly method: string; readonly path: string }[]): AllowedMethods {
  const matchers = routes.map(({ method, path }) => ({ method, matcher: pathMatcher(path) }))
  return (path) => {
    const found = new Set(matchers.filter(({ matcher }) => matcher.test(path)).map(({ method }) => method))
    if (found.has('GET')) found.add('HEAD')
    return [...found].toSorted()
  }
}

/** `METHOD_NOT_ALLOWED` where the path answers other methods, else `ROUTE_NOT_FOUND`. */
export function noRouteError(method: string, allowed: readonly string[]): TerraceError {
  if (allowed.length === 0) return errors.ROUTE_NOT_FOUND()
  return errors.METHOD_NOT_ALLOWED({ values: { method, allowed: allowed.join(', ') } })
}
