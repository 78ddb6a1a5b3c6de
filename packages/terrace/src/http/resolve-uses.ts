import type { Database, SessionUser } from '../database/index.ts'
import type { RemoteObserver } from '../observe/index.ts'
import { isDependency } from './dependency.ts'
import type { Dependency, Needs, Usable } from './dependency.ts'
import type { FinishList } from './finish-list.ts'
import type { Replacements } from './override.ts'
import type { RequestFacts } from './request-facts.ts'

/** How one used value is come by in a request. */
type Step =
  | { readonly kind: 'service'; readonly user: SessionUser<unknown> }
  /** Of the app: made already. */
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'made'; readonly dependency: Dependency; readonly needs: Steps }

type Steps = readonly (readonly [name: string, step: Step])[]
type Values = Readonly<Record<string, unknown>>

/** Everything that a route uses, looked up once for all its requests. */
export interface Uses {
  readonly steps: Steps
  /** Whether anything is made for a request, which may take its time and have an end of its own. */
  readonly makesAny: boolean
}

export interface RequestRun {
  readonly request: RequestFacts
  readonly database: Database
  readonly finishing: FinishList
}

/** Looks up what the names of a route's `use` mean. The same dependency is the same step wherever it is needed. */
export class UsesPlanner {
  readonly #appValues: ReadonlyMap<Dependency, unknown>
  readonly #replacements: Replacements
  readonly #steps = new Map<Usable, Step>()

  constructor(appValues: ReadonlyMap<Dependency, unknown>, replacements: Replacements) {
    this.#appValues = appValues
    this.#replacements = replacements
  }

  plan(use: Needs): Uses {
    const steps = this.#stepsOf(use)
    return { steps, makesAny: steps.some(([, { kind }]) => kind === 'made') }
  }

  #stepsOf(needs: Needs): Steps {
    return Object.entries(needs).map(([name, usable]) => [name, this.#step(usable)] as const)
  }

  #step(usable: Usable): Step {
    const known = this.#steps.get(usable) ?? this.#newStep(usable)
    this.#steps.set(usable, known)
    return known
  }

  #newStep(usable: Usable): Step {
    if (!isDependency(usable)) return { kind: 'service', user: usable }
    const dependency = this.#replacements.get(usable) ?? usable
    if (dependency.lifetime === 'app') return { kind: 'value', value: this.#appValues.get(dependency) }
    return { kind: 'made', dependency, needs: this.#stepsOf(dependency.needs) }
  }
}

/** The values of what a route uses, for one run of its unit of work. A promise only where something is made for the request. */
export function resolveUses({ steps, makesAny }: Uses, run: RequestRun): Values | Promise<Values> {
  return makesAny ? resolveSteps(steps, run, new Map()) : readySteps(steps, run)
}

function readySteps(steps: Steps, { request }: RequestRun): Values {
  const values: Record<string, unknown> = {}
  for (const [name, step] of steps)
    if (step.kind === 'service') values[name] = request.session.use(step.user)
    else if (step.kind === 'value') values[name] = step.value
  return values
}

/** One after the other: they share a session, which does one thing at a time. */
async function resolveSteps(steps: Steps, run: RequestRun, made: Map<Step, unknown>): Promise<Values> {
  const values: Record<string, unknown> = {}
  for (const [name, step] of steps)
    if (step.kind === 'service') values[name] = run.request.session.use(step.user)
    else values[name] = step.kind === 'value' ? step.value : await valueOf(step, run, made)
  return values
}

async function valueOf(
  step: Extract<Step, { readonly kind: 'made' }>,
  run: RequestRun,
  made: Map<Step, unknown>,
): Promise<unknown> {
  if (made.has(step)) return made.get(step)
  const { dependency, needs } = step
  const values = await resolveSteps(needs, run, made)
  const value = await makeDependency(dependency, values, run)
  made.set(step, value)
  return value
}

export interface Making {
  readonly database: Database
  readonly request: RequestFacts | null
  readonly finishing: FinishList
  readonly remoteObserver?: RemoteObserver
}

/** Makes one dependency of what it needs. */
export function makeDependency({ name, make }: Dependency, values: Values, making: Making): unknown {
  const onFinish = (work: () => unknown): void => making.finishing.add(name, work)
  return make({ ...values, onFinish } as never, making)
}
