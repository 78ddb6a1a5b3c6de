import type { Auth } from './authentication.ts'
import type { DeclarationProblem } from './declaration-error.ts'
import { pathIdentity } from './path-pattern.ts'
import type { MountedRoute, Route, RouteTree } from './route-facts.ts'

/** Paths that the server answers by itself. */
export const ownPaths = ['/healthz', '/readyz'] as const

export interface Mounted {
  readonly routes: readonly MountedRoute[]
  readonly problems: readonly DeclarationProblem[]
}

interface Surroundings {
  readonly prefix: string
  readonly auth: Auth | null
}

/** Every route at its full path with whoever may call it, and what stands against starting with them. */
export function mountRoutes(trees: readonly RouteTree[]): Mounted {
  const all = trees.flatMap((tree) => flattened(tree, { prefix: '', auth: null }))
  const mounted = all.filter((route): route is MountedRoute => route.auth !== null)
  return {
    routes: Object.freeze(mounted),
    problems: [
      ...all.filter((route) => route.auth === null).map(unguarded),
      ...duplicates(all, (route) => `${route.method} ${pathIdentity(route.path)}`).map(duplicateRoute),
      ...duplicates(all, (route) => route.operationId).map(duplicateName),
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

function pathUnder(prefix: string, path: string): string {
  return path === '/' || path === '' ? prefix || '/' : `${prefix}${path}`
}

function unguarded(route: Route): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: 'nobody is said to be allowed to call it',
    remedy: "Give it or its group auth: an authentication, or publicAccess('why')",
  }
}

function duplicates(routes: readonly Route[], keyOf: (route: Route) => string | null): readonly Route[] {
  const seen = new Set<string>()
  return routes.filter((route) => {
    const key = keyOf(route)
    if (key === null) return false
    const isSecond = seen.has(key)
    seen.add(key)
    return isSecond
  })
}

function duplicateRoute(route: Route): DeclarationProblem {
  return { where: nameOf(route), problem: 'it is declared twice', remedy: 'Remove one, or change its path' }
}

function duplicateName(route: Route): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `another route is named ${route.operationId} too`,
    remedy: 'Leave the operation out of one of them, or give the resources different paths',
  }
}

function ownPath(route: Route): DeclarationProblem {
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

function ambiguous(route: Route, name: string): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `there are two authentications named ${name}`,
    remedy: 'Declare it once and use that one',
  }
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`
}
