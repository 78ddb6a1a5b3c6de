import type { ActorKeys, Database, Session, SessionUser } from '../database/index.ts'
import type { RemoteObserver } from '../observe/index.ts'
import { declarationError } from './declaration-error.ts'
import type { RequestFacts } from './request-facts.ts'

/** `app`: made once, when the app starts. `request`: made at most once in each request, when something needs it. */
export type Lifetime = 'app' | 'request'

/** What a handler or a dependency can be given: a service in the request's session, or what a dependency makes. */
export type Usable<T = unknown> = SessionUser<T> | Dependency<T>

export type Needs = Readonly<Record<string, Usable>>

/** The values of what is needed, under the same names. */
export type Used<N> = {
  readonly [K in keyof N]: N[K] extends SessionUser<infer T> ? T : N[K] extends Dependency<infer T> ? T : never
}

/**
 * Work for the end of a dependency's life: for `request` after the answer is sent and the unit of work has ended, committed
 * or rolled back; for `app` when the app has stopped. Run in the reverse order of their registration, one at a time. A throw
 * is logged and keeps nothing else from running.
 */
export type OnFinish = (work: () => unknown) => void

/** What is there before any dependency is made. */
export interface Sources {
  readonly database: Database
  /** Null while the dependencies of the app are made. */
  readonly request: RequestFacts | null
  /** Told of the calls of remote sources; absent while the dependencies of a request are made. */
  readonly remoteObserver?: RemoteObserver
}

/** Something that handlers and other dependencies are given, as a value that is made later. */
export interface Dependency<T = unknown> {
  readonly kind: 'dependency'
  /** Unique in the app. */
  readonly name: string
  readonly lifetime: Lifetime
  readonly needs: Needs
  readonly make: (given: never, sources: Sources) => T | Promise<T>
}

export interface DependencyDeclaration<N extends Needs, T> {
  /** Default `request`. One of the app can only need others of the app. */
  readonly lifetime?: Lifetime
  /** Services and other dependencies, made before it. `onFinish` is no name for one. */
  readonly needs?: N
  readonly make: (given: Used<N> & { readonly onFinish: OnFinish }) => T | Promise<T>
}

/**
 * Declares what is given to whoever names it under `use` or `needs`: made for the app or for each request, shared by all who
 * need it there, replaced in tests by `override`.
 *
 * ```ts
 * const mailer = dependency('mailer', { lifetime: 'app', make: (): Mailer => smtp(settings) })
 * const currentUser = dependency('currentUser', {
 *   needs: { caller, users: UserService },
 *   make: ({ caller, users }) => users.get(caller.actor.User),
 * })
 * ```
 *
 * One of a request is made inside its unit of work, after everything that was sent has been checked and before the handler; an
 * error that it throws is the answer, and the unit is rolled back. Dependencies cannot need each other in a circle, since each
 * is a value that must exist before it can be needed. `APP_DECLARATION` for a need that is neither a class nor a dependency.
 */
export function dependency<T, const N extends Needs = Record<never, never>>(
  name: string,
  { lifetime = 'request', needs, make }: DependencyDeclaration<N, T>,
): Dependency<T> {
  const needed: Needs = Object.freeze({ ...needs })
  checkUsables(`dependency('${name}')`, needed)
  return Object.freeze({ kind: 'dependency', name, lifetime, needs: needed, make })
}

/** Refuses what is no usable at all: an import that was `undefined`, a service's instance in the place of its class. */
export function checkUsables(where: string, needs: Needs): void {
  const problems = Object.entries(needs).flatMap(([name, usable]) => problemOf(name, usable))
  if (problems.length > 0) throw declarationError(...problems.map((problem) => ({ where, ...problem })))
}

function problemOf(
  name: string,
  usable: Usable | undefined,
): readonly { readonly problem: string; readonly remedy: string }[] {
  if (name === 'onFinish')
    return [
      { problem: 'onFinish is given to each dependency already', remedy: 'Choose another name for what it needs' },
    ]
  if (isDependency(usable) || typeof usable === 'function') return []
  return [
    { problem: `${name} is neither a service nor a dependency`, remedy: 'Give a class, or what dependency() returned' },
  ]
}

export function isDependency(usable: Usable | undefined): usable is Dependency {
  return typeof usable === 'object' && usable !== null && usable.kind === 'dependency'
}

/** Who sends a request: the owners they act as, and their roles. Both empty on a public route. */
export interface RequestCaller {
  readonly actor: ActorKeys
  readonly roles: readonly string[]
}

/** Whoever sends the request, as its authentication has it. */
export const caller: Dependency<RequestCaller> = builtIn('caller', 'request', ({ request }) => {
  const { actor, roles } = requestOf(request)
  return Object.freeze({ actor, roles })
})

/**
 * The request's unit of work. For dependencies only: a handler works through services, so naming it under a route's `use` is
 * `APP_DECLARATION`.
 */
export const requestSession: Dependency<Session> = builtIn(
  'requestSession',
  'request',
  ({ request }) => requestOf(request).session,
)

/**
 * The app's open database, for what outlives a request: a queue, a timer. For dependencies only, as `requestSession`. Inside a
 * request it opens no unit of work of its own (`SESSION_NESTED_TOP_LEVEL`).
 */
export const appDatabase: Dependency<Database> = builtIn('appDatabase', 'app', ({ database }) => database)

/**
 * Aborted when nobody is left to read the answer: for dependencies that wait for something. A handler has it as `signal`.
 */
export const requestSignal: Dependency<AbortSignal> = builtIn('requestSignal', 'request', ({ request }) =>
  requestOf(request).signal(),
)

/** What no handler is given itself. */
export const belowServices: ReadonlySet<Usable> = new Set<Usable>([requestSession, appDatabase])

function builtIn<T>(name: string, lifetime: Lifetime, read: (sources: Sources) => T): Dependency<T> {
  return Object.freeze({
    kind: 'dependency',
    name,
    lifetime,
    needs: {},
    make: (_given: never, sources: Sources) => read(sources),
  })
}

function requestOf(request: RequestFacts | null): RequestFacts {
  if (request !== null) return request
  throw new TypeError('A dependency of a request was made without one')
}
