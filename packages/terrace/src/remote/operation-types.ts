import type { AnswerValue, ListShape, ObjectShape, SentValue, Shape, ShapeSource, ValueOf } from '../dto/index.ts'

export const remoteMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type RemoteMethod = (typeof remoteMethods)[number]

/** How long answers of an operation are kept, in milliseconds. */
export interface RemoteCacheOptions {
  /** How long an answer is fresh. */
  readonly ttlMs: number
  /** How much longer it stands in where the source fails. Default 0. */
  readonly staleIfErrorMs?: number
  /**
   * Whether the source's own `cache-control` is heeded: `no-store`, `no-cache`, `max-age` less `age` where that is shorter than `ttlMs`,
   * `stale-if-error` likewise, and `vary: *`. Default false.
   */
  readonly heedsHeaders?: boolean
}

export interface OperationDeclaration {
  /** The path's parameters as values; default: their texts. */
  readonly params?: ObjectShape
  /** What stands behind the `?`: values of columns, one `name=value` each; of lists one for each item. Default nothing. */
  readonly query?: ShapeSource
  /** What is sent as JSON. Default nothing. */
  readonly body?: ShapeSource
  /**
   * What an answer of status 2xx holds as JSON. A derived shape drops what it does not name; others do as their library says.
   * `null`: nothing of it is read.
   */
  readonly response: ShapeSource | null
  /** `null`: an answer 404 is the value null. Default `REMOTE_REFUSED`. */
  readonly notFound?: null
  /** Sent besides those of the source; never a secret, which belongs to `credentials`. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * The header in which the source takes a key that makes a repeated request the same one: `idempotency-key`. Each call has one of its
   * own, which its repetitions send again, so that it may be repeated.
   */
  readonly idempotencyKey?: string
  /** Whether it may be sent again where it failed. Default: GET, PUT, DELETE and what has an idempotency key. */
  readonly repeatable?: boolean
  /** Of GET only. Default none. */
  readonly cache?: RemoteCacheOptions
}

/** One operation of a source, as data. `I` is what a call is given, `R` what it gives. */
export interface Operation<I = unknown, R = unknown> {
  readonly kind: 'operation'
  readonly method: RemoteMethod
  readonly path: string
  readonly declaration: OperationDeclaration
  /** What the declaration describes, each made once. */
  readonly shapes: OperationShapes
  /** Types alone: no operation has them. */
  readonly input?: I
  readonly result?: R
}

/** Null where nothing is sent, or read. */
export interface OperationShapes {
  readonly params: Shape | null
  readonly query: Shape | null
  readonly body: Shape | null
  readonly response: Shape | null
}

export type Operations = Readonly<Record<string, Operation>>

type PathNames<P extends string> = P extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | PathNames<`/${Rest}`>
  : P extends `${string}/:${infer Name}`
    ? Name
    : never

/** What is given to be sent in a shape: as a request has it, defaults and nullable properties absent where they may be. */
export type GivenValue<S> = S extends ObjectShape | ListShape
  ? ValueOf<S>
  : S extends ShapeSource
    ? AnswerValue<S>
    : never

type PartOf<K extends string, V> = [V] extends [never]
  ? unknown
  : Partial<V> extends V
    ? { readonly [P in K]?: V }
    : { readonly [P in K]: V }

type ParamsOf<P extends string, D> = D extends { readonly params: infer S }
  ? GivenValue<S>
  : [PathNames<P>] extends [never]
    ? never
    : { readonly [K in PathNames<P>]: string }
type DeclaredPart<D, K extends string> = D extends { readonly [P in K]: infer S } ? GivenValue<S> : never

/** `{ params, query, body }`, each where the operation has it. */
export type CallInput<P extends string, D extends OperationDeclaration> = PartOf<'params', ParamsOf<P, D>> &
  PartOf<'query', DeclaredPart<D, 'query'>> &
  PartOf<'body', DeclaredPart<D, 'body'>>

export type CallResult<D extends OperationDeclaration> =
  | (D['response'] extends ShapeSource ? SentValue<D['response']> : undefined)
  | (D extends { readonly notFound: null } ? null : never)

/** What belongs to one call alone. */
export interface CallOptions {
  /** Gives the call up: that of the handler, so that nobody's answer is waited for when the client has gone. */
  readonly signal?: AbortSignal
  /** The call may be made inside a transaction, whose connection is then held until the answer. Default `REMOTE_HOLDS_CONNECTION`. */
  readonly inTransaction?: boolean
  /** In place of a new one: where the effect must stay one over several calls. */
  readonly idempotencyKey?: string
  /** Over those of the source: of the user on whose behalf the call is made. Answers are never shared between different ones. */
  readonly credentials?: RemoteCredentials
}

/** What proves who asks. Its values are in no error, no log and no key of a cache. Never sent to another origin. */
export interface RemoteCredentials {
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
}

/** An operation as a method. */
export type OperationCall<O> =
  O extends Operation<infer I, infer R>
    ? Partial<I> extends I
      ? (input?: I, options?: CallOptions) => Promise<R>
      : (input: I, options?: CallOptions) => Promise<R>
    : never
