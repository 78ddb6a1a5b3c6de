import { array, owner, text, timestamp, timestamps, uuid } from '../model/index.ts'
import type { Model } from '../model/index.ts'

/**
 * All columns of a model of API keys, which belong to a user and go with them. Of a key only its hash is kept.
 *
 * ```ts
 * const ApiKey = model('api_keys', apiKeyColumns(User))
 * ```
 */
export function apiKeyColumns<M extends Model>(user: M) {
  return {
    id: uuid().primaryKey(),
    userId: owner(user, { onDelete: 'cascade' }),
    /** What its user calls it. */
    name: text().length(1, 100),
    /** The beginning of the key, by which it is told. */
    prefix: text().length(1, 32).readOnly().immutable(),
    /** SHA-256 of the key, in hexadecimal. */
    keyHash: text().length(64, 64).unique({ global: true }).hidden().immutable(),
    /** The roles that it has, as far as its user has them. */
    scopes: array(text().length(1, 100)).immutable(),
    /** Null: it has no end. */
    expiresAt: timestamp().nullable().immutable(),
    lastUsedAt: timestamp().nullable().readOnly(),
    revokedAt: timestamp().nullable().readOnly(),
    ...timestamps(),
  }
}
