import { everyone, frameworkReasons, unscoped } from '../database/index.ts'
import type { Database, Scope } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { authenticationsOf } from './authentication.ts'
import type { Auth, Authentication, Identity } from './authentication.ts'
import type { Log } from './log.ts'
import type { Quota } from './quotas.ts'

/** What somebody has sent to prove who they are, and by what it is to be judged. */
export interface Credential {
  readonly token: string
  readonly by: Authentication
}

/** By lower-case name. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The credential of a request, or null where the route is public. `UNAUTHENTICATED` where none can be there. */
export function readCredential(auth: Auth, headers: Headers): Credential | null {
  if (auth.kind === 'public') return null
  for (const by of authenticationsOf(auth)) {
    const value = headers[by.scheme.header?.toLowerCase() ?? 'authorization']
    const token = by.scheme.read(typeof value === 'object' ? value.join(', ') : value)
    if (token !== null) return { token, by }
  }
  throw errors.UNAUTHENTICATED()
}

/** Whoever acts, and how often they may. */
export interface Identified {
  readonly scope: Scope
  readonly quota: Quota | null
}

const anybody: Identified = Object.freeze({ scope: everyone, quota: null })

/**
 * The scope that a request acts in, by a unit of its own whose connection is returned before the request's session opens.
 * `UNAUTHENTICATED` where the credential proves nobody.
 */
export async function identified(
  credential: Credential | null,
  parts: { readonly database: Database; readonly log: Log },
): Promise<Identified> {
  if (credential === null) return anybody
  const identity = await identityOf(credential, parts.database)
  if (identity === null) throw errors.UNAUTHENTICATED()
  if (identity.recordSeen !== null) await noteSeen(identity.recordSeen, parts)
  const { actor, roles, quota } = identity
  return { scope: Object.freeze({ kind: 'actor', actor, roles }), quota }
}

const outside = unscoped(frameworkReasons.authentication)

function identityOf({ by, token }: Credential, database: Database): Promise<Identity | null> {
  return database.session(outside, (session) => by.identify({ token, session }), { repeatable: true })
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
