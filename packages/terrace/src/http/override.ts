import type { Dependency, OnFinish } from './dependency.ts'

/** Another way to make one dependency, for one client. */
export interface Override {
  readonly kind: 'override'
  readonly of: Dependency
  readonly make: (given: { readonly onFinish: OnFinish }) => unknown
}

/**
 * Gives everything that needs a dependency something else instead: `override(mailer, () => fake)`. Neither the dependency nor,
 * for its sake, what it needs is made; the value lives as long as its own would.
 */
export function override<T>(
  of: Dependency<T>,
  make: (given: { readonly onFinish: OnFinish }) => T | Promise<T>,
): Override {
  return Object.freeze({ kind: 'override', of, make })
}

/** What stands in the place of each overridden dependency. */
export type Replacements = ReadonlyMap<Dependency, Dependency>

export function replacementsOf(overrides: readonly Override[]): Replacements {
  return new Map(
    overrides.map(({ of, make }) => [
      of,
      Object.freeze({ ...of, needs: Object.freeze({}), make: make as Dependency['make'] }),
    ]),
  )
}
