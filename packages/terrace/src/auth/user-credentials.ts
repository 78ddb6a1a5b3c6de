import { boolean, text } from '../model/index.ts'
import type { Built } from '../model/index.ts'

/** What a model of users has beside its own columns. */
export interface UserCredentials {
  /** How the password is known: a PHC string. Null for who cannot log in by password. */
  readonly passwordHash: Built<'text', string, 'null' | 'hidden', null>
  /** False: they are nobody, from the next request on. */
  readonly isActive: Built<'plain', boolean, 'optional' | 'readOnly', null>
}

/**
 * The columns that `UserAccess` keeps of each user, beside the e-mail, which the app declares itself:
 *
 * ```ts
 * const User = model(
 *   'users',
 *   {
 *     id: identity(),
 *     email: text().length(3, 255).email().ignoreCase().unique({ global: true }),
 *     ...userCredentials(),
 *     displayName: text().length(1, 100),
 *     role: oneOf('reader', 'author', 'admin').default('reader').readOnly(),
 *     ...timestamps(),
 *   },
 *   { access: actor() },
 * )
 * ```
 */
export function userCredentials(): UserCredentials {
  return {
    passwordHash: text().length(1, 255).nullable().hidden(),
    isActive: boolean().default(true).readOnly(),
  }
}
