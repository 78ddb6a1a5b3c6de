import type { FastifyRequest } from 'fastify'
import type { MountedRoute } from './route-facts.ts'

/** The route that a request found; undefined on the server's own paths and where none was found. */
export function mountedOf(request: FastifyRequest): MountedRoute | undefined {
  return (request.routeOptions.config as { readonly mounted?: MountedRoute } | undefined)?.mounted
}
