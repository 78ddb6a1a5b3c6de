import { lifeOf } from '../auth/index.ts'
import type { ServiceLife } from '../auth/index.ts'
import { isDependency } from './dependency.ts'
import type { Usable } from './dependency.ts'
import { dependenciesOf } from './dependency-problems.ts'
import type { Replacements } from './override.ts'
import type { MountedRoute } from './route-facts.ts'

/** A service that the app does something for when it starts and when it stops. */
export interface LivingService extends ServiceLife {
  /** The name of its class. */
  readonly name: string
}

/** Those that routes use, directly or through dependencies, each once. */
export function livingServices(
  routes: readonly Pick<MountedRoute, 'use'>[],
  replacements?: Replacements,
): readonly LivingService[] {
  const needs = [
    ...routes.map(({ use = {} }) => use),
    ...[...dependenciesOf(routes, replacements)].map((of) => of.needs),
  ]
  const used = new Set(needs.flatMap((each) => Object.values<Usable>(each)))
  return [...used].flatMap((usable) => {
    const life = isDependency(usable) ? null : lifeOf(usable)
    return life === null ? [] : [{ name: (usable as { readonly name: string }).name, ...life }]
  })
}
