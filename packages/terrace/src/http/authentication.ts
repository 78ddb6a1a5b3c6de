import { isTokenText } from '../auth/index.ts'
import { executorOf } from '../database/index.ts'
import type { ActorKeys, Session } from '../database/index.ts'

/** Who may call: everybody, or whoever a credential proves. */
export type Auth = PublicAccess | Authentication

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
  readonly kind: 'bearer'
  /** The value of `WWW-Authenticate`. */
  readonly challenge: string
  read(authorization: string | undefined): string | null
}

/**
 * `authorization: Bearer <token>` (RFC 6750). `form` says which texts can be tokens at all; default: those that
 * `issueToken` makes.
 */
export function bearer({ form = isTokenText }: { readonly form?: (token: string) => boolean } = {}): CredentialScheme {
  return Object.freeze({
    kind: 'bearer',
    challenge: 'Bearer',
    read: (header: string | undefined) => bearerToken(header, form),
  })
}

function bearerToken(header: string | undefined, form: (token: string) => boolean): string | null {
  // The scheme's name is matched without case: RFC 9110, section 11.1.
  const token = /^bearer +([^ ]+)$/i.exec(header ?? '')?.[1]
  return token !== undefined && form(token) ? token : null
}

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
}

/** Somebody proved: the scope of the request, and what is left to note about it. */
export interface Identity {
  readonly actor: ActorKeys
  readonly roles: readonly string[]
  readonly recordSeen: ((session: Session) => Promise<unknown>) | null
}

export interface Authentication {
  readonly kind: 'authentication'
  /** Its name among the app's, in OpenAPI too. */
  readonly name: string
  readonly scheme: CredentialScheme
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
  const identify = async (verification: Verification): Promise<Identity | null> => {
    const row = await options.verify(verification)
    return row === null ? null : identityOf(row, executorOf(verification.session).now.getTime(), options)
  }
  return Object.freeze({ kind: 'authentication', name, scheme: options.scheme, identify })
}

function identityOf<R>(row: R, nowMs: number, { actor, roles, seen }: AuthenticationOptions<R>): Identity {
  const recordSeen = seen?.isDue(row, nowMs) ? (session: Session) => seen.record({ row, session }) : null
  return { actor: actor(row), roles: roles?.(row) ?? [], recordSeen }
}
