import type { FastifyInstance, RouteOptions, onRequestHookHandler } from 'fastify'
import { mountedKey, ownKey } from './mounted-of.ts'

/**
 * Registers plugins and routes on the plain Fastify instance, which comes with its own parsers of bodies. What it adds stands outside
 * the layers: no session, no scope, no projection, nobody asked who calls. Hooks that it adds meet the app's routes too.
 */
export type ServerPlugin = (server: FastifyInstance) => void | Promise<void>

/** Watches for routes that are not the app's: `guard` meets their requests first. Gives their names as they come. */
export function watchOutsideRoutes(server: FastifyInstance, guard: onRequestHookHandler): readonly string[] {
  const found: string[] = []
  server.addHook('onRoute', (route) => {
    if (isOurs(route)) return
    const names = [route.method].flat().map((method) => `${method} ${route.url}`)
    found.push(...names.filter((name) => !found.includes(name) && !isImplied(name, found)))
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()]
  })
  return found
}

/** Fastify adds HEAD to each GET. */
function isImplied(name: string, found: readonly string[]): boolean {
  return name.startsWith('HEAD ') && found.includes(name.replace('HEAD ', 'GET '))
}

function isOurs({ config }: RouteOptions): boolean {
  return config !== undefined && (mountedKey in config || ownKey in config)
}

/** Runs a plugin on the server itself instead of in a scope of its own, so that what it decorates and hooks holds everywhere. */
export function registerPlugin(server: FastifyInstance, plugin: ServerPlugin): void {
  const unscoped = async (instance: FastifyInstance): Promise<void> => plugin(instance)
  // Fastify's documented way, which the package fastify-plugin takes too.
  server.register(Object.assign(unscoped, { [Symbol.for('skip-override')]: true }))
}
