import { inWire, readOf } from '../dto/index.ts'
import type { ObjectShape, WireNames } from '../dto/index.ts'
import type { Auth } from './authentication.ts'
import type { DeclarationProblem } from './declaration-error.ts'
import { pathIdentity } from './path-pattern.ts'
import { operationIdOf } from './operation-id.ts'
import type { MountedRoute, Responses, Route, RouteTree } from './route-facts.ts'
import type { WireContext } from './wire-context.ts'

/** Paths that the server answers by itself. */
export const ownPaths = ['/healthz', '/readyz'] as const

export interface MountOptions {
  /** How names travel. Default `camel`. */
  readonly names?: WireNames
}

export interface Mounted {
  readonly routes: readonly MountedRoute[]
  readonly problems: readonly DeclarationProblem[]
  /** What all of them have in common on the wire. */
  readonly wire: WireContext
}

interface Surroundings {
  readonly prefix: string
  readonly auth: Auth | null
}

/** Every route at its full path with whoever may call it, and what stands against starting with them. */
export function mountRoutes(trees: readonly RouteTree[], { names = 'camel' }: MountOptions = {}): Mounted {
  const all = trees.flatMap((tree) => flattened(tree, { prefix: '', auth: null }))
  const wire = { names, shapeOf: shapesOf(all) }
  const mounted = all.flatMap((route) => (route.auth === null ? [] : [mountedIn(wire, { ...route, auth: route.auth })]))
  return {
    routes: Object.freeze(mounted),
    wire,
    problems: [
      ...all.filter((route) => route.auth === null).map(unguarded),
      ...duplicates(all, (route) => `${route.method} ${pathIdentity(route.path)}`).map(duplicateRoute),
      ...duplicates(mounted, (route) => route.operationId).map(duplicateName),
      ...all.filter(({ path }) => ownPaths.some((own) => own === path)).map(ownPath),
      ...ambiguousNames(mounted),
    ],
  }
}

function flattened(tree: RouteTree, around: Surroundings): readonly Route[] {
  if (tree.kind === 'route')
    return [Object.freeze({ ...tree, path: pathUnder(around.prefix, tree.path), auth: tree.auth ?? around.auth })]
  const inside = { prefix: `${around.prefix}${tree.prefix}`, auth: tree.auth ?? around.auth }
  return tree.routes.flatMap((route) => flattened(route, inside))
}

/** A model leaves by the shape of its resource, also where its rows are included in others. */
function shapesOf(routes: readonly Route[]): WireContext['shapeOf'] {
  const declared = new Map<string, ObjectShape>()
  for (const { model, readShape } of routes)
    if (model !== null && readShape !== null && !declared.has(model.name)) declared.set(model.name, readShape)
  return (model) => declared.get(model.name) ?? readOf(model)
}

function mountedIn(wire: WireContext, route: Route & Pick<MountedRoute, 'auth'>): MountedRoute {
  const { body, query, responses } = route
  return Object.freeze({
    ...route,
    operationId: route.operationId ?? operationIdOf(route),
    query: query === null ? null : query(wire),
    body: body === null ? null : inWire(body, wire.names),
    responses: responsesIn(wire, responses),
  })
}

function responsesIn({ names }: WireContext, responses: Responses): Responses {
  const entries = Object.entries(responses)
  return Object.fromEntries(entries.map(([status, shape]) => [status, shape === null ? null : inWire(shape, names)]))
}

function pathUnder(prefix: string, path: string): string {
  return path === '/' || path === '' ? prefix || '/' : `${prefix}${path}`
}

function unguarded(route: Named): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: 'nobody is said to be allowed to call it',
    remedy: "Give it or its group auth: an authentication, or publicAccess('why')",
  }
}

function duplicates<R extends Route | MountedRoute>(
  routes: readonly R[],
  keyOf: (route: R) => string | null,
): readonly R[] {
  const seen = new Set<string>()
  return routes.filter((route) => {
    const key = keyOf(route)
    if (key === null) return false
    const isSecond = seen.has(key)
    seen.add(key)
    return isSecond
  })
}

function duplicateRoute(route: Named): DeclarationProblem {
  return { where: nameOf(route), problem: 'it is declared twice', remedy: 'Remove one, or change its path' }
}

function duplicateName(route: MountedRoute): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `another route is named ${route.operationId} too`,
    remedy: 'Leave the operation out of one of them, or give the resources different paths',
  }
}

function ownPath(route: Named): DeclarationProblem {
  return { where: nameOf(route), problem: 'the server answers this path by itself', remedy: 'Choose another path' }
}

/** Two authentications under one name could not be told apart in the documentation. */
function ambiguousNames(routes: readonly MountedRoute[]): readonly DeclarationProblem[] {
  const byName = new Map<string, Auth>()
  return routes.flatMap((route) => {
    const { auth } = route
    if (auth.kind === 'public') return []
    const known = byName.get(auth.name) ?? auth
    byName.set(auth.name, known)
    return known === auth ? [] : [ambiguous(route, auth.name)]
  })
}

function ambiguous(route: Named, name: string): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `there are two authentications named ${name}`,
    remedy: 'Declare it once and use that one',
  }
}

type Named = Pick<Route, 'method' | 'path'>

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`
}
