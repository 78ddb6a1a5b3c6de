import type { DeclarationProblem } from './declaration-error.ts'
import { limitProblems } from './limit-problems.ts'
import type { MountedRoute } from './route-facts.ts'
import type { ServerOptions } from './server-options.ts'

/** What stands against starting a server with these options. */
export function serverOptionProblems(
  { cors, rateLimit }: ServerOptions,
  routes: readonly MountedRoute[],
): readonly DeclarationProblem[] {
  return [...originProblems(cors?.origins ?? []), ...rateLimitProblems(rateLimit, routes)]
}

function originProblems(origins: readonly string[] | '*'): readonly DeclarationProblem[] {
  if (origins === '*') return []
  return origins
    .filter((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin || origin.includes('*'))
    .map((origin) => ({
      where: 'cors',
      problem: `${JSON.stringify(origin)} is not an origin`,
      remedy: "Give scheme, host and port alone, 'https://app.example.org', or '*' instead of the list",
    }))
}

function rateLimitProblems(
  rateLimit: ServerOptions['rateLimit'],
  routes: readonly MountedRoute[],
): readonly DeclarationProblem[] {
  if (rateLimit === undefined) return []
  const own = Object.entries(rateLimit.routes ?? {})
  const names = new Set(routes.map(({ method, path }) => `${method} ${path}`))
  const unknown = own.filter(([name]) => !names.has(name)).map(([name]) => unknownRoute(name))
  return [
    ...unknown,
    ...[['rateLimit', rateLimit] as const, ...own].flatMap(([where, limit]) => limitProblems(where, limit)),
  ]
}

function unknownRoute(name: string): DeclarationProblem {
  return {
    where: 'rateLimit.routes',
    problem: `there is no route ${name}`,
    remedy: "Name it by its method and full path: 'POST /v1/auth/register'",
  }
}
