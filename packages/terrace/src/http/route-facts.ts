import type { ObjectShape, Shape } from '../dto/index.ts'
import type { DeclaredError } from '../errors/index.ts'
import type { ModelFact } from '../model/index.ts'
import type { Auth } from './authentication.ts'
import type { Precondition } from './conditions.ts'
import type { Content } from './content.ts'
import type { Needs } from './dependency.ts'
import type { Idempotency } from './idempotency/idempotency-key.ts'
import type { Operation } from './operations.ts'
import type { PathReader } from './path-values.ts'
import type { QueryReader, QuerySource } from './query-values.ts'
import type { RequestFacts } from './request-facts.ts'
import type { PageInfo } from './response-style.ts'

export const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const

export type Method = (typeof methods)[number]

/** One way to call the app, as data: what is sent, who may send it, what comes back. Registered in one place. */
export interface Route {
  readonly kind: 'route'
  readonly method: Method
  /** `/products/:id`, below the prefixes of its groups. */
  readonly path: string
  readonly summary: string
  /** More about it than its summary; null for none. */
  readonly description: string | null
  /** Unique in the app; null: its group's key for it, else one made of its method and path. */
  readonly operationId: string | null
  /** The model that it is about, and its tag in the documentation; null for none. */
  readonly model: ModelFact | null
  /** What it does with a row of `model` by rule; null for routes by hand. */
  readonly operation: Operation | null
  /** Null: its group's. */
  readonly auth: Auth | null
  /** Roles of which the caller must have one; empty for none. */
  readonly roles: readonly string[]
  readonly params: PathReader | null
  readonly query: QuerySource | null
  /** Named as in process; how it travels is known when the app is put together. */
  readonly body: Shape | null
  /** By status, the projection of what is answered. */
  readonly responses: Responses
  /** Its answers are pages of a list, which say where they stand in the whole. */
  readonly isPaged: boolean
  /** How rows of `model` leave wherever the app shows them; null for routes that are not its resource's. */
  readonly readShape: ObjectShape | null
  /** Errors of the domain that it may answer, besides those that follow from its parts. */
  readonly errors: readonly DeclaredError[]
  readonly deprecated: Deprecation | null
  /** The unit of work may run again from its beginning on a deadlock or a busy database. */
  readonly repeatable: boolean
  /** How its answers are tagged by `etag`: by the row's version, by their bytes alone, or not. */
  readonly tagged: Tagged | null
  /** What `if-match` may ask of the row that it changes; null where nothing is looked at. */
  readonly precondition: Precondition | null
  /** Whether it may be sent again under an `idempotency-key`, or needs one. Null where it takes none. */
  readonly idempotency: Idempotency | null
  /** Services and dependencies that its handler is given; absent for none. */
  readonly use?: Needs
  readonly handler: (call: RouteCall) => Promise<RouteAnswer>
}

/** `version`: good to change the row by, too. `bytes`: to ask whether anything has changed. */
export type Tagged = 'version' | 'bytes'

/** Routes below one prefix. `resource()` gives one too. */
export interface RouteGroup {
  readonly kind: 'group'
  readonly prefix: string
  /** For the routes that do not say it themselves; null: what the group around it says. */
  readonly auth: Auth | null
  /** Of which the caller must have one, besides what the group around it asks for; empty for none. */
  readonly roles: readonly string[]
  /** As `auth`. */
  readonly deprecated: Deprecation | null
  readonly routes: readonly RouteTree[]
}

export type RouteTree = Route | RouteGroup

/** When a route went out of use and when it will be gone: `2026-01-31`, or an instant. */
export interface Deprecation {
  readonly since: string
  readonly sunset?: string
}

/** A route at its full path, with somebody who may call it, and everything named as it travels. */
export interface MountedRoute extends Omit<Route, 'query' | 'roles'> {
  readonly operationId: string
  /** Of each of these the caller must have one: its own and those of the groups around it. */
  readonly roles: readonly (readonly string[])[]
  readonly auth: Auth
  readonly query: QueryReader | null
  /** Sent with each of its answers, errors included; null for none. */
  readonly headers: Readonly<Record<string, string>> | null
}

/** What one status answers: the projection of a value, content that is no JSON, or nothing. */
export type ResponseShape = Shape | Content | null
export type Responses = Readonly<Record<number, ResponseShape>>

/** A request with everything that its route uses. */
export interface RouteCall extends RequestFacts {
  readonly use: Readonly<Record<string, unknown>>
}

export interface RouteAnswer {
  readonly status: number
  readonly value: unknown
  readonly headers: Readonly<Record<string, string>>
  /** Null for anything but a list. */
  readonly page: PageInfo | null
  /** The version of the row that it shows. */
  readonly version?: number
  /** What the client chose of the declared projection, as it travels; default all of it. */
  readonly projection?: Shape
}
