import type { ActorKeys } from '../database/index.ts'
import type { AnswerValue, ObjectShape, SentValue, ShapeSource } from '../dto/index.ts'
import type { DeclaredError } from '../errors/index.ts'
import type { Auth } from './authentication.ts'
import type { Expected } from './conditions.ts'
import type { Content, ContentValue } from './content.ts'
import type { Needs, Used } from './dependency.ts'
import type { Idempotency } from './idempotency/idempotency-key.ts'
import type { Reply } from './reply.ts'
import type { RequestHeaders } from './headers-of.ts'
import type { Deprecation, Method } from './route-facts.ts'

/** `POST /auth/register`, `GET /products/:id` */
export type RoutePattern = `${Method} /${string}`

/** By status, what is answered. */
export type DeclaredResponses = Readonly<Record<number, ShapeSource | Content | null>>

export interface RouteDeclaration {
  /** One line of what it does. */
  readonly summary: string
  /** More about it than fits one line; CommonMark. */
  readonly description?: string
  /** Its operation id in OpenAPI; default: the key under which its group has it, else made of method and path. */
  readonly name?: string
  /** Who may call it; default: whoever its group says. */
  readonly auth?: Auth
  /** The caller must have one of these roles (`ROLE_MISSING`), besides what its group asks for. Default none. */
  readonly roles?: readonly string[]
  /** The path's parameters as values; default: their texts. A value of the wrong form answers 404. */
  readonly params?: ObjectShape
  /** Names that the query may have; default: none. */
  readonly query?: ObjectShape
  /** What must be sent as JSON: a shape, a Standard Schema, a TypeBox schema. Default: nothing is read. */
  readonly body?: ShapeSource
  /** By status from 200 to 299, what is answered: `null` for no value, `content('text/csv')` for what is no JSON. */
  readonly responses: DeclaredResponses
  /** Errors of the domain that it may answer, for its documentation. */
  readonly errors?: readonly DeclaredError[]
  /** Sent as headers with each answer, and documented. */
  readonly deprecated?: Deprecation
  /**
   * Its answers are tagged: by `etag` among the headers of `reply()`, else a GET by its bytes; whoever names that tag as
   * `if-none-match` is answered 304 without a body. Default false.
   */
  readonly etag?: boolean
  /**
   * The handler holds what the request expects of the state that it changes, by `expected`: what `if-match` names, which it must
   * (`required`) or may. Default nothing is held. A handler that asks for none of it is `PRECONDITION_DROPPED`.
   */
  readonly precondition?: 'optional' | 'required'
  /**
   * Whether it may be sent again under an `idempotency-key`, needs one (`required`), or takes none (`off`). Default `optional` for POST
   * and PATCH, where the app keeps answers, else `off`. Content that is no JSON is not kept.
   */
  readonly idempotency?: Idempotency | 'off'
  /** What the handler works with: services, each in the request's session, and dependencies. */
  readonly use?: Needs
  /** The handler may run again from its beginning when the database says so. Default false. */
  readonly repeatable?: boolean
}

type PathTexts<P extends string> = { readonly [K in PathName<P>]: string }
type PathName<P extends string> = P extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | PathName<`/${Rest}`>
  : P extends `${string}/:${infer Name}`
    ? Name
    : never

type ShapeValue<S, Otherwise> = S extends ShapeSource ? SentValue<S> : Otherwise

/** What a handler gets: everything read and checked, what it uses, and who is asking. */
export interface HandlerInput<P extends string, D extends RouteDeclaration> {
  readonly params: ShapeValue<D['params'], PathTexts<P>>
  readonly query: ShapeValue<D['query'], Readonly<Record<never, never>>>
  readonly body: ShapeValue<D['body'], undefined>
  readonly use: Used<D['use']>
  readonly actor: ActorKeys
  readonly roles: readonly string[]
  /** By lower-case name. */
  readonly headers: RequestHeaders
  /** Where the route has a `precondition`. */
  readonly expected: D['precondition'] extends string ? Expected : undefined
  /** The address of whoever asks, as far as proxies are trusted (`trustProxy`). */
  readonly address: string
  /** Aborted when nobody is left to read the answer. */
  readonly signal: AbortSignal
}

type ResponseValue<S> = S extends Content ? ContentValue : S extends ShapeSource ? AnswerValue<S> : void
type Replies<R> = { [K in keyof R]: K extends number ? Reply<K, ResponseValue<R[K]>> : never }[keyof R]
type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never
type PlainValue<R> = IsUnion<keyof R> extends true ? never : ResponseValue<R[keyof R]>

/** The value of the only declared status, or `reply(status, value)` with one of them. */
export type HandlerResult<D extends RouteDeclaration> = PlainValue<D['responses']> | Replies<D['responses']>

/**
 * A declaration with its handler. The mapping looks idle: without it TypeScript gives up inferring `D` as soon as it meets
 * the handler, whose parameter depends on `D`.
 */
export type Declared<P extends string, D extends RouteDeclaration> = { readonly [K in keyof D]: D[K] } & {
  readonly handler: (input: HandlerInput<P, D>) => Promise<HandlerResult<D>> | HandlerResult<D>
}
