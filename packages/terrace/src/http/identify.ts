import { everyone, frameworkReasons, unscoped } from '../database/index.ts'
import type { Database, Scope } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { Auth, Authentication, Identity } from './authentication.ts'
import type { Log } from './log.ts'

/** The credential of a request, or null where the route is public. `UNAUTHENTICATED` where none can be there. */
export function readCredential(auth: Auth, authorization: string | undefined): string | null {
  if (auth.kind === 'public') return null
  const token = auth.scheme.read(authorization)
  if (token === null) throw errors.UNAUTHENTICATED()
  return token
}

/**
 * The scope that a request acts in, by a unit of its own whose connection is returned before the request's session opens.
 * `UNAUTHENTICATED` where the credential proves nobody.
 */
export async function scopeOf(
  auth: Auth,
  token: string | null,
  parts: { readonly database: Database; readonly log: Log },
): Promise<Scope> {
  if (auth.kind === 'public' || token === null) return everyone
  const identity = await identityOf(auth, token, parts.database)
  if (identity === null) throw errors.UNAUTHENTICATED()
  if (identity.recordSeen !== null) await noteSeen(identity.recordSeen, parts)
  return Object.freeze({ kind: 'actor', actor: identity.actor, roles: identity.roles })
}

const outside = unscoped(frameworkReasons.authentication)

function identityOf(auth: Authentication, token: string, database: Database): Promise<Identity | null> {
  return database.session(outside, (session) => auth.identify({ token, session }), { repeatable: true })
}

/** Whoever may read must not be kept from it because a note about the visit cannot be written. */
async function noteSeen(
  recordSeen: NonNullable<Identity['recordSeen']>,
  { database, log }: { readonly database: Database; readonly log: Log },
): Promise<void> {
  try {
    await database.session(outside, recordSeen, { repeatable: true })
  } catch (error) {
    log.warn({ err: error }, 'the visit could not be noted')
  }
}
