import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { RemoteObserver } from '../observe/index.ts'
import { declarationError } from './declaration-error.ts'
import type { Dependency, Needs, Usable } from './dependency.ts'
import { dependenciesOf } from './dependency-problems.ts'
import { FinishList } from './finish-list.ts'
import type { Log } from './log.ts'
import { replacementsOf } from './override.ts'
import type { Override, Replacements } from './override.ts'
import { observedRemotes } from './observed-remotes.ts'
import { makeDependency, UsesPlanner } from './resolve-uses.ts'
import type { Uses } from './resolve-uses.ts'
import type { MountedRoute } from './route-facts.ts'
import { livingServices } from './service-lives.ts'

export interface DependencyParts {
  readonly routes: readonly MountedRoute[]
  readonly database: Database
  readonly log: Log
  readonly overrides?: readonly Override[]
  /** Told of the calls of remote sources, besides the log. Default nobody. */
  readonly remoteObserver?: RemoteObserver | null
}

const noUses: Uses = { steps: [], makesAny: false }

/** The dependencies of a running app: those of the app are there, those of a request are made in it. */
export class AppDependencies {
  readonly #log: Log
  readonly #finishing: FinishList
  /** By the `use` of each route. */
  readonly #uses: ReadonlyMap<Needs, Uses>
  readonly #underWay = new Set<Promise<void>>()

  /**
   * Makes the dependencies of the app that the routes need, so that what cannot be made keeps it from starting:
   * `DEPENDENCY_FAILED`, after those that were made have been finished. `APP_DECLARATION` for an override of what no route
   * needs.
   */
  static async start(parts: DependencyParts): Promise<AppDependencies> {
    const { routes, database, log, overrides = [] } = parts
    checkOverrides(overrides, dependenciesOf(routes))
    const remoteObserver = observedRemotes(log, parts.remoteObserver ?? null)
    const finishing = new FinishList()
    const replacements = replacementsOf(overrides)
    try {
      for (const { name, close } of livingServices(routes, replacements)) finishing.add(name, close)
      const making = { database, finishing, replacements, remoteObserver }
      const values = await appValues(dependenciesOf(routes, replacements), making)
      return new AppDependencies({ log, finishing, uses: usesOf(routes, new UsesPlanner(values, replacements)) })
    } catch (error) {
      await finishing.run(log)
      throw error
    }
  }

  private constructor(parts: {
    readonly log: Log
    readonly finishing: FinishList
    readonly uses: ReadonlyMap<Needs, Uses>
  }) {
    this.#log = parts.log
    this.#finishing = parts.finishing
    this.#uses = parts.uses
  }

  usesOf({ use }: Pick<MountedRoute, 'use'>): Uses {
    return use === undefined ? noUses : (this.#uses.get(use) ?? noUses)
  }

  /** Finishes what was made for a request, once its answer is sent or its client has gone. */
  finishAfter(answered: Promise<void>, finishing: FinishList): void {
    this.afterAnswer(answered, () => finishing.run(this.#log))
  }

  /** Work that no answer waits for, and the end of the app does. It must not throw. */
  afterAnswer(answered: Promise<void>, work: () => Promise<void> | undefined): void {
    const finished = answered.then(work).finally(() => this.#underWay.delete(finished))
    this.#underWay.add(finished)
  }

  /** What is left of the requests, then what was made for the app. Call it when no request can come any more. */
  async finish(): Promise<void> {
    await Promise.all(this.#underWay)
    await this.#finishing.run(this.#log)
  }
}

function usesOf(routes: readonly MountedRoute[], planner: UsesPlanner): ReadonlyMap<Needs, Uses> {
  const declared = new Set(routes.flatMap(({ use }) => (use === undefined ? [] : [use])))
  return new Map([...declared].map((use) => [use, planner.plan(use)]))
}

interface AppMaking {
  readonly database: Database
  readonly finishing: FinishList
  readonly replacements: Replacements
  readonly remoteObserver: RemoteObserver
}

async function appValues(
  dependencies: ReadonlySet<Dependency>,
  { database, finishing, replacements, remoteObserver }: AppMaking,
): Promise<ReadonlyMap<Dependency, unknown>> {
  const values = new Map<Usable, unknown>()
  for (const dependency of dependencies) {
    if (dependency.lifetime !== 'app') continue
    const needed = Object.entries(dependency.needs).map(([name, usable]) => {
      const actual = replacements.get(usable as Dependency) ?? usable
      return [name, values.get(actual)] as const
    })
    const making = { database, finishing, remoteObserver, request: null }
    values.set(dependency, await started(dependency, Object.fromEntries(needed), making))
  }
  return values as ReadonlyMap<Dependency, unknown>
}

async function started(...[dependency, values, making]: Parameters<typeof makeDependency>): Promise<unknown> {
  try {
    return await makeDependency(dependency, values, making)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw errors.DEPENDENCY_FAILED({ values: { name: dependency.name, reason }, cause })
  }
}

function checkOverrides(overrides: readonly Override[], needed: ReadonlySet<Dependency>): void {
  const problems = overrides
    .filter(({ of }) => !needed.has(of))
    .map(({ of: { name } }) => ({
      where: `override(${name})`,
      problem: 'no route of the app needs this dependency',
      remedy: 'Override the very value that the routes name under use, or that their dependencies need',
    }))
  if (problems.length > 0) throw declarationError(...problems)
}
