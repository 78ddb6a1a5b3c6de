import type { ActorKeys, Session } from '../database/index.ts'
import type { Shape } from '../dto/index.ts'
import type { ModelFact } from '../model/index.ts'
import type { Auth } from './authentication.ts'
import type { PathReader } from './path-values.ts'
import type { QueryReader } from './query-values.ts'
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
  /** Unique in the app; null for a route that nothing but its place in the code names. */
  readonly operationId: string | null
  /** The model that it is about, and its tag in the documentation; null for none. */
  readonly model: ModelFact | null
  /** Null: its group's. */
  readonly auth: Auth | null
  readonly params: PathReader | null
  readonly query: QueryReader | null
  readonly body: Shape | null
  /** By status, the projection of what is answered. */
  readonly responses: Responses
  /** The unit of work may run again from its beginning on a deadlock or a busy database. */
  readonly repeatable: boolean
  readonly handler: (call: RouteCall) => Promise<RouteAnswer>
}

/** Routes below one prefix. `resource()` gives one too. */
export interface RouteGroup {
  readonly kind: 'group'
  readonly prefix: string
  /** Who may call the routes that do not say it themselves; null: whoever the group around it says. */
  readonly auth: Auth | null
  readonly routes: readonly RouteTree[]
}

export type RouteTree = Route | RouteGroup

/** A route at its full path, with somebody who may call it. */
export interface MountedRoute extends Route {
  readonly auth: Auth
}

/** What one status answers: the projection of a row, a list of it, or nothing. */
export type ResponseShape = Shape | ListShape | null
export type Responses = Readonly<Record<number, ResponseShape>>

export interface ListShape<T = unknown> {
  readonly kind: 'list'
  readonly item: Shape<T>
}

/** One request, read and checked, in its session. */
export interface RouteCall {
  readonly session: Session
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly actor: ActorKeys
  /** The path as it was called, without its query. */
  readonly path: string
}

export interface RouteAnswer {
  readonly status: number
  readonly value: unknown
  readonly headers: Readonly<Record<string, string>>
  /** Null for anything but a list. */
  readonly page: PageInfo | null
}
