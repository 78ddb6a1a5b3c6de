import type { DeclarationProblem } from './declaration-error.ts'
import { belowServices, isDependency } from './dependency.ts'
import type { Dependency, Needs, Usable } from './dependency.ts'
import type { Replacements } from './override.ts'
import type { MountedRoute } from './route-facts.ts'

/** Every dependency that the routes need, directly or through others, each after what it needs itself. */
export function dependenciesOf(
  routes: readonly Pick<MountedRoute, 'use'>[],
  replacements: Replacements = new Map(),
): ReadonlySet<Dependency> {
  const found = new Set<Dependency>()
  const add = (usable: Usable): void => {
    if (!isDependency(usable)) return
    const actual = replacements.get(usable) ?? usable
    if (found.has(actual)) return
    for (const needed of Object.values(actual.needs)) add(needed)
    found.add(actual)
  }
  for (const { use } of routes) for (const usable of Object.values(use ?? {})) add(usable)
  return found
}

/** What stands against making the dependencies of these routes. */
export function dependencyProblems(routes: readonly MountedRoute[]): readonly DeclarationProblem[] {
  const all = [...dependenciesOf(routes)]
  return [...routes.flatMap(rawUses), ...namesakes(all), ...all.flatMap(shortLivedNeeds)]
}

function rawUses({ method, path, use = {} }: MountedRoute): readonly DeclarationProblem[] {
  return entriesOf(use, (usable) => belowServices.has(usable)).map((name) => ({
    where: `${method} ${path}`,
    problem: `its handler uses ${name}, which is below the services`,
    remedy: 'Use a service, or a dependency that needs it and gives the handler what it is for',
  }))
}

function namesakes(all: readonly Dependency[]): readonly DeclarationProblem[] {
  const names = all.map(({ name }) => name)
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at))
  return [...repeated].map((name) => ({
    where: `dependency('${name}')`,
    problem: 'there are two of this name',
    remedy: 'Declare it once and use that one, or give one of them another name',
  }))
}

function shortLivedNeeds({ name, lifetime, needs }: Dependency): readonly DeclarationProblem[] {
  if (lifetime !== 'app') return []
  return entriesOf(needs, (usable) => !isDependency(usable) || usable.lifetime === 'request').map((needed) => ({
    where: `dependency('${name}')`,
    problem: `it lives as long as the app, but needs ${needed}, which lives in a request`,
    remedy: "Make it lifetime: 'request', or leave the need out",
  }))
}

function entriesOf(needs: Needs, isMeant: (usable: Usable) => boolean): readonly string[] {
  return Object.entries(needs).flatMap(([name, usable]) => (isMeant(usable) ? [name] : []))
}
