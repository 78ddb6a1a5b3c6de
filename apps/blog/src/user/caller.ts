import { errors } from 'terrace/errors'
import type { ActorKeys, Scope } from 'terrace/database'
import { models } from '../models.ts'

/** Who acts in a session. `SCOPE_NO_OWNER` where nobody does. */
export function userIdIn(scope: Scope): number {
  return userIdOf(scope.kind === 'actor' ? scope.actor : {})
}

/** The key of the user among those that somebody acts as. */
export function userIdOf(actor: ActorKeys): number {
  const id = actor[models.User.name]
  if (typeof id === 'number') return id
  throw errors.SCOPE_NO_OWNER({ values: { model: models.User.name, owner: models.User.name } })
}

export function isAdmin({ roles }: { readonly roles: readonly string[] }): boolean {
  return roles.includes('admin')
}

/** Authors write, and so do admins, of what is their own. */
export function isWriter({ roles }: { readonly roles: readonly string[] }): boolean {
  return roles.includes('author') || isAdmin({ roles })
}
