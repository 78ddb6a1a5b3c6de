import { isApiKeyText, isTokenText } from '../auth/index.ts'
import { executorOf } from '../database/index.ts'
import type { ActorKeys, Session } from '../database/index.ts'
import type { RateLimit } from '../rate/index.ts'
import { actorText } from './actor-text.ts'
import { declarationError } from './declaration-error.ts'
import { limitProblems } from './limit-problems.ts'
import type { Quota } from './quotas.ts'

/** Who may call: everybody, whoever a credential proves, or whoever one of several kinds of credentials does. */
export type Auth = PublicAccess | Authentication | AnyOf

export interface PublicAccess {
  readonly kind: 'public'
  /** Why nobody need be known, for whoever reviews the routes. */
  readonly reason: string
}

/** Routes that anybody may call; their sessions see what everyone sees. `reason` says why that is right. */
export function publicAccess(reason: string): PublicAccess {
  return Object.freeze({ kind: 'public', reason })
}

/** How a credential travels. `read` gives null where the header is missing or can hold none: refused without a statement. */
export interface CredentialScheme {
  readonly kind: 'bearer' | 'header'
  /** The header that it travels in, as it is written. Default `Authorization`. */
  readonly header?: string
  /** What the credential is, for the documentation: `JWT`. */
  readonly format?: string
  /** The value of `WWW-Authenticate`. */
  readonly challenge: string
  /** The credential in the value of its header. */
  read(value: string | undefined): string | null
}

export interface BearerOptions {
  /** Which texts can be tokens at all. Default those that `issueToken` makes; `isJwtText` for access tokens of users. */
  readonly form?: (token: string) => boolean
  /** What the token is, for the documentation: `JWT`. Default nothing is said. */
  readonly format?: string
}

/** `authorization: Bearer <token>`, as OAuth 2 has it (RFC 6750). */
export function bearer({ form = isTokenText, format }: BearerOptions = {}): CredentialScheme {
  return Object.freeze({
    kind: 'bearer',
    ...(format === undefined ? {} : { format }),
    challenge: 'Bearer',
    read: (header: string | undefined) => bearerToken(header, form),
  })
}

function bearerToken(header: string | undefined, form: (token: string) => boolean): string | null {
  // The scheme's name is matched without case: RFC 9110, section 11.1.
  const token = /^bearer +([^ ]+)$/i.exec(header ?? '')?.[1]
  return token !== undefined && form(token) ? token : null
}

/**
 * A header with nothing but the key, `X-API-Key` unless another one is named. `form` says which texts can be keys at all; default:
 * those of `ApiKeyAccess`.
 */
export function apiKeyHeader(options: ApiKeyHeaderOptions = {}): CredentialScheme {
  const { header = 'X-API-Key', form = isApiKeyText } = options
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(header)) throw declarationError(noHeader(header))
  return Object.freeze({
    kind: 'header',
    header,
    // No scheme is registered for it, and RFC 9110 wants one with every 401.
    challenge: `ApiKey header="${header}"`,
    read: (value: string | undefined) => (value !== undefined && form(value) ? value : null),
  })
}

export interface ApiKeyHeaderOptions {
  readonly header?: string
  readonly form?: (key: string) => boolean
}

const noHeader = (header: string) => ({
  where: 'apiKeyHeader',
  problem: `${JSON.stringify(header)} is not the name of a header`,
  remedy: "Name one, such as 'X-API-Key'",
})

/** A credential that was read, and a session of its own outside every scope, closed before the request's own is opened. */
export interface Verification {
  readonly token: string
  readonly session: Session
}

/** Notes that somebody was here, in a unit of its own: when it fails the request goes on. */
export interface SeenOptions<R> {
  /** Whether it is time to note it again; asked at each request. `nowMs`: since 1970, by the database's clock. */
  readonly isDue: (row: R, nowMs: number) => boolean
  readonly record: (seen: { readonly row: R; readonly session: Session }) => Promise<unknown>
}

export interface AuthenticationOptions<R> {
  readonly scheme: CredentialScheme
  /** Whoever the credential proves; null for nobody. */
  readonly verify: (verification: Verification) => Promise<R | null>
  /** The owners that this one acts as: `{ Device: row.id }`. */
  readonly actor: (row: R) => ActorKeys
  readonly roles?: (row: R) => readonly string[]
  readonly seen?: SeenOptions<R>
  /**
   * How often one of them may ask, from wherever: `[{ max: 60, windowMs: 60_000 }, { max: 10_000, windowMs: 86_400_000 }]`, all of
   * which hold, or by the row. Then 429 `QUOTA_EXCEEDED`. Counted in the app's `rateStore`. Default no quota.
   */
  readonly quotas?: readonly RateLimit[] | ((row: R) => readonly RateLimit[])
  /** Whose requests are counted together. Default the actor: all keys and devices of one user. */
  readonly quotaKey?: (row: R) => string
}

/** Somebody proved: the scope of the request, and what is left to note about it. */
export interface Identity {
  readonly actor: ActorKeys
  readonly roles: readonly string[]
  readonly recordSeen: ((session: Session) => Promise<unknown>) | null
  /** Null: as often as they like. */
  readonly quota: Quota | null
}

export interface Authentication {
  readonly kind: 'authentication'
  /** Its name among the app's, in OpenAPI too. */
  readonly name: string
  readonly scheme: CredentialScheme
  readonly hasQuotas: boolean
  identify(verification: Verification): Promise<Identity | null>
}

/**
 * Declares how callers prove who they are.
 *
 * ```ts
 * export const device = authentication('device', {
 *   scheme: bearer(),
 *   verify: ({ token, session }) => session.use(DeviceService).verify(token),
 *   actor: (row) => ({ Device: row.id }),
 * })
 * ```
 */
export function authentication<R>(name: string, options: AuthenticationOptions<R>): Authentication {
  const { quotas = [] } = options
  const problems =
    typeof quotas === 'function' ? [] : quotas.flatMap((limit) => limitProblems(`the quotas of ${name}`, limit))
  if (problems.length > 0) throw declarationError(...problems)
  const identify = async (verification: Verification): Promise<Identity | null> => {
    const row = await options.verify(verification)
    return row === null
      ? null
      : identityOf({ name, row, nowMs: executorOf(verification.session).now.getTime() }, options)
  }
  return Object.freeze({
    kind: 'authentication',
    name,
    scheme: options.scheme,
    hasQuotas: options.quotas !== undefined,
    identify,
  })
}

interface Proved<R> {
  readonly name: string
  readonly row: R
  readonly nowMs: number
}

function identityOf<R>({ name, row, nowMs }: Proved<R>, options: AuthenticationOptions<R>): Identity {
  const { actor, roles, seen, quotas } = options
  const keys = actor(row)
  const recordSeen = seen?.isDue(row, nowMs) ? (session: Session) => seen.record({ row, session }) : null
  const limits = typeof quotas === 'function' ? quotas(row) : (quotas ?? [])
  const quota = limits.length === 0 ? null : { name, key: options.quotaKey?.(row) ?? actorText(keys), limits }
  return { actor: keys, roles: roles?.(row) ?? [], recordSeen, quota }
}

/** Several ways to prove who one is, of which a caller takes one. */
export interface AnyOf {
  readonly kind: 'anyOf'
  readonly alternatives: readonly Authentication[]
}

/**
 * Routes that may be called with one credential or another: a user's token, or a key of theirs. Where several are sent, the first
 * in this order counts and the others are not looked at.
 *
 * ```ts
 * group({ prefix: '/v1', auth: anyOf(user, apiKey) }, [posts])
 * ```
 */
export function anyOf(...alternatives: readonly Authentication[]): AnyOf {
  if (alternatives.length > 0) return Object.freeze({ kind: 'anyOf', alternatives: Object.freeze([...alternatives]) })
  const remedy = 'Name authentications, or say publicAccess(reason)'
  throw declarationError({ where: 'anyOf()', problem: 'nobody could call it', remedy })
}

/** Each authentication by which somebody may call; none where anybody may. */
export function authenticationsOf(auth: Auth): readonly Authentication[] {
  if (auth.kind === 'public') return []
  return auth.kind === 'anyOf' ? auth.alternatives : [auth]
}

/** The value of `WWW-Authenticate` for whoever has no good credential; null where none is asked for. */
export function challengeFor(auth: Auth): string | null {
  const challenges = authenticationsOf(auth).map(({ scheme }) => scheme.challenge)
  return challenges.length === 0 ? null : [...new Set(challenges)].join(', ')
}
