import { errors } from 'terrace/errors'
import type { Scope } from 'terrace/database'
import { models } from '../models.ts'

/** Who acts: the key of a user. `SCOPE_NO_OWNER` where nobody does. */
export function userIdIn(scope: Scope): number {
  const id = scope.kind === 'actor' ? scope.actor[models.User.name] : undefined
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
