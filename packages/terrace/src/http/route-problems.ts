import { authenticationsOf } from './authentication.ts'
import type { Auth } from './authentication.ts'
import type { DeclarationProblem } from './declaration-error.ts'
import { deprecationProblem } from './deprecation-headers.ts'
import { shapeNameProblems } from './openapi/shape-name-problems.ts'
import { hasDistinctNames, pathIdentity } from './path-pattern.ts'
import type { MountedRoute, Route } from './route-facts.ts'

/** Paths that the server answers by itself. */
const ownPaths: readonly string[] = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs', '/docs/scalar.js']

type Named = Pick<Route, 'method' | 'path'>

/** A route at its full path, whether or not somebody may call it. */
type Declared = Omit<Route, 'roles'>

/** What stands against routes at their full paths; `mounted` are those that somebody may call. */
export function routeProblems(
  all: readonly Declared[],
  mounted: readonly MountedRoute[],
): readonly DeclarationProblem[] {
  return [
    ...all.filter(({ auth }) => auth === null).map(unguarded),
    ...repeated(all, (route) => `${route.method} ${pathIdentity(route.path)}`).map(declaredTwice),
    ...repeated(mounted, ({ operationId }) => operationId).map(namedTwice),
    ...all.filter(({ path }) => ownPaths.includes(path)).map(ownPath),
    ...all.filter(({ path }) => !hasDistinctNames(path)).map(ambiguousPath),
    ...ambiguousAuthentications(mounted),
    ...mounted.filter(({ auth, roles }) => auth.kind === 'public' && roles.length > 0).map(rolesOfNobody),
    ...all.flatMap(wrongDeprecation),
    ...shapeNameProblems(mounted),
  ]
}

/** Each after the first of its key. */
function repeated<R>(routes: readonly R[], keyOf: (route: R) => string): readonly R[] {
  const seen = new Set<string>()
  return routes.filter((route) => {
    const key = keyOf(route)
    const isSecond = seen.has(key)
    seen.add(key)
    return isSecond
  })
}

function unguarded(route: Named): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: 'nobody is said to be allowed to call it',
    remedy: "Give it or its group auth: an authentication, or publicAccess('why')",
  }
}

function declaredTwice(route: Named): DeclarationProblem {
  return { where: nameOf(route), problem: 'it is declared twice', remedy: 'Remove one, or change its path' }
}

function namedTwice(route: MountedRoute): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `another route is named ${route.operationId} too`,
    remedy:
      route.operation === null
        ? 'Give one of them a name of its own'
        : 'Leave the operation out of one of them, or give the resources different paths',
  }
}

function ownPath(route: Named): DeclarationProblem {
  return { where: nameOf(route), problem: 'the server answers this path by itself', remedy: 'Choose another path' }
}

/** A group's prefix may have a parameter of the name that a resource's key has. */
function ambiguousPath(route: Named): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: 'two parameters of its path have the same name, so that one of them is lost',
    remedy: 'Name the parameter of the group otherwise: /shops/:shopId instead of /shops/:id',
  }
}

/** Two authentications under one name could not be told apart in the documentation. */
function ambiguousAuthentications(routes: readonly MountedRoute[]): readonly DeclarationProblem[] {
  const byName = new Map<string, Auth>()
  return routes.flatMap((route) => {
    return authenticationsOf(route.auth).flatMap((auth) => {
      const known = byName.get(auth.name) ?? auth
      byName.set(auth.name, known)
      return known === auth ? [] : [ambiguous(route, auth.name)]
    })
  })
}

function ambiguous(route: Named, name: string): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `there are two authentications named ${name}`,
    remedy: 'Declare it once and use that one',
  }
}

function rolesText({ roles }: MountedRoute): string {
  return roles.map((choice) => choice.join(' or ')).join(', and ')
}

function rolesOfNobody(route: MountedRoute): DeclarationProblem {
  return {
    where: nameOf(route),
    problem: `it needs the role ${rolesText(route)}, but anybody may call it, and nobody known has no roles`,
    remedy: 'Give it or its group an authentication, or leave the roles out',
  }
}

function wrongDeprecation(route: Declared): readonly DeclarationProblem[] {
  const problem = route.deprecated === null ? null : deprecationProblem(route.deprecated)
  if (problem === null) return []
  return [{ where: nameOf(route), problem, remedy: 'Write 2026-01-31, or an instant as in 2026-01-31T00:00:00Z' }]
}

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`
}
