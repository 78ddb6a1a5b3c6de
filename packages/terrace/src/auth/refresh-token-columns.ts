import { owner, text, timestamp, timestamps, uuid } from '../model/index.ts'
import type { Built, Column, Model } from '../model/index.ts'

type OwningUser<M extends Model> = ReturnType<typeof owner<M, { readonly onDelete: 'cascade' }>>
type Stamps = ReturnType<typeof timestamps>

/** A refresh token as it is kept: one row each, the first of a login being what says whether all that follow are still good. */
export type RefreshTokenColumns<M extends Model> = Stamps & {
  readonly id: ReturnType<Built<'uuid', string, never, null>['primaryKey']>
  readonly userId: OwningUser<M>
  /** The login: `id` of the first token that it gave, which names its session in access tokens. */
  readonly family: Built<'uuid', string, 'hidden' | 'immutable', null>
  /** SHA-256 of the token, in hexadecimal. */
  readonly tokenHash: Built<'text', string, 'unique' | 'hidden' | 'immutable', null>
  /** The end of the login; a token that follows another one has its end. */
  readonly expiresAt: Built<'plain', Date, 'readOnly' | 'immutable', null>
  /** When another one was given for it. A second use revokes the family. */
  readonly usedAt: Built<'plain', Date, 'null' | 'readOnly', null>
  /** When its login was ended. Of the first token of a family only. */
  readonly revokedAt: Built<'plain', Date, 'null' | 'readOnly', null>
}

/**
 * All columns of the model in which `UserAccess` keeps refresh tokens, of which it stores hashes only:
 *
 * ```ts
 * const RefreshToken = model('refresh_tokens', refreshTokenColumns(User))
 * ```
 *
 * They belong to their user, and go with them.
 */
export function refreshTokenColumns<M extends Model>(user: M): RefreshTokenColumns<M> {
  return {
    id: uuid().primaryKey(),
    userId: owner(user, { onDelete: 'cascade' }),
    family: uuid().index().hidden().immutable(),
    tokenHash: text().length(64, 64).unique({ global: true }).hidden().immutable(),
    expiresAt: timestamp().index().readOnly().immutable(),
    usedAt: timestamp().nullable().readOnly(),
    revokedAt: timestamp().nullable().readOnly(),
    ...timestamps(),
  } satisfies Readonly<Record<string, Column>>
}
