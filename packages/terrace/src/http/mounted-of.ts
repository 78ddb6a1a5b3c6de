import type { FastifyRequest } from 'fastify'
import { challengeFor } from './authentication.ts'
import type { OwnRoute } from './own-routes.ts'
import type { MountedRoute } from './route-facts.ts'

/** Under which a route of the app, or of the server's own, stands in Fastify's configuration of it. */
export const mountedKey = 'mounted'
export const ownKey = 'own'

/** The route that a request found; undefined on the server's own paths, outside the layers, and where none was found. */
export function mountedOf(request: FastifyRequest): MountedRoute | undefined {
  return configOf(request)[mountedKey]
}

/**
 * What a caller without a credential, or with a wrong one, is told to send. RFC 9110 asks for it with every 401, also where a
 * public route refuses a login: what that gives is sent as a bearer token.
 */
export function challengeOf(request: FastifyRequest): string {
  const { mounted, own } = configOf(request)
  return (mounted === undefined ? null : challengeFor(mounted.auth)) ?? own?.challenge ?? 'Bearer'
}

interface RouteConfig {
  readonly mounted?: MountedRoute
  readonly own?: OwnRoute
}

function configOf(request: FastifyRequest): RouteConfig {
  return (request.routeOptions.config as RouteConfig | undefined) ?? {}
}
