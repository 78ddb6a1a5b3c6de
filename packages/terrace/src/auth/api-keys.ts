import { Dao } from '../dao/index.ts'
import type { DaoClass, UniqueWhere } from '../dao/index.ts'
import { executorOf, frameworkReasons } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, Insert, KeyOf, Row, Update } from '../model/index.ts'
import { isApiKeyText, issueApiKey } from './api-key-text.ts'
import { equalHashes, hashToken } from './token.ts'

/** What of a row of a key is known here. */
export interface ApiKeyRow {
  readonly userId: unknown
  readonly keyHash: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

/** What a user asks for. */
export interface NewApiKey {
  readonly name: string
  /** Roles that it is to have. Default none: it acts as its user wherever no role is asked for. */
  readonly scopes?: readonly string[]
  /** Default no end. */
  readonly expiresAt?: Date | null
}

/** A key with whoever it belongs to, at the moment of a request. */
export interface ApiKeyHolder<M extends BoundModel, U extends BoundModel> {
  readonly key: Row<M>
  readonly user: Row<U>
  /** Those of the key that its user has now. */
  readonly roles: readonly string[]
}

export interface ApiKeyParts<M extends BoundModel, U extends BoundModel> {
  readonly keys: DaoClass<M>
  readonly users: DaoClass<U>
  readonly kind: string
  rolesOf(user: Row<U>): readonly string[]
}

/**
 * Keys by which programs act as a user. Issued, listed and revoked in the scope of their user, as any other rows; verified outside
 * every scope, under the framework's own reason.
 */
export class ApiKeys<M extends BoundModel, U extends BoundModel> {
  protected readonly session: Session
  readonly #parts: ApiKeyParts<M, U>

  constructor(session: Session, parts: ApiKeyParts<M, U>) {
    this.session = session
    this.#parts = parts
  }

  /**
   * A new key of the session's user, shown this once. `roles`: those that the caller has; `API_KEY_SCOPES` for a scope that is none
   * of them, `VALIDATION` for an end that is past.
   */
  async issue(
    { name, scopes = [], expiresAt = null }: NewApiKey,
    { roles }: { readonly roles: readonly string[] },
  ): Promise<{ readonly key: string; readonly row: Row<M> }> {
    const beyond = scopes.filter((scope) => !roles.includes(scope))
    if (beyond.length > 0) throw errors.API_KEY_SCOPES({ values: { scopes: beyond.join(', ') } })
    const { keys, kind } = this.#parts
    if (expiresAt !== null && expiresAt <= executorOf(this.session).now) throw pastEnd()
    const { text, prefix } = issueApiKey(kind)
    const values = { name, prefix, keyHash: hashToken(text), scopes: [...new Set(scopes)], expiresAt }
    const row = await this.session.use(keys).create(values as unknown as Insert<M>)
    return { key: text, row }
  }

  /** Refuses a key of the session's user from the next request on: the row after it. `NOT_FOUND` without one. */
  async revoke(id: KeyOf<M>): Promise<Row<M>> {
    const keys = this.session.use(this.#parts.keys)
    const row = (await keys.get(id)) as Row<M> | null
    if (row === null) throw errors.NOT_FOUND({ values: { model: this.#parts.keys.model.name } })
    if (columnsOf(row).revokedAt !== null) return row
    const revoked = await keys.update(id, { revokedAt: executorOf(this.session).now } as unknown as Update<M>)
    if (revoked === null) throw errors.NOT_FOUND({ values: { model: this.#parts.keys.model.name } })
    return revoked
  }

  /**
   * Who stands behind a key, by two queries over keys. Null for no key, an expired or revoked one, and where its user is deleted or
   * not active.
   */
  async verify(text: string): Promise<ApiKeyHolder<M, U> | null> {
    if (!isApiKeyText(text)) return null
    const keyHash = hashToken(text)
    return this.#unscoped(async (session) => {
      const { keys, users, rolesOf } = this.#parts
      const key = (await session.use(keys).find({ keyHash } as unknown as UniqueWhere<M>)) as Row<M> | null
      if (key === null || !equalHashes(columnsOf(key).keyHash, keyHash) || !this.#isGood(columnsOf(key))) return null
      const user = (await session.use(users).get(columnsOf(key).userId as KeyOf<U>)) as Row<U> | null
      if (user === null || (user as { readonly isActive?: boolean }).isActive === false) return null
      const held = rolesOf(user)
      return { key, user, roles: columnsOf(key).scopes.filter((scope) => held.includes(scope)) }
    })
  }

  /** Notes that a key is used now. */
  async recordUsed({ key }: Pick<ApiKeyHolder<M, U>, 'key'>): Promise<void> {
    const id = (key as Readonly<Record<string, unknown>>)['id'] as KeyOf<M>
    const patch = { lastUsedAt: executorOf(this.session).now } as unknown as Update<M>
    await this.#unscoped((session) => session.use(this.#parts.keys).update(id, patch))
  }

  #isGood({ revokedAt, expiresAt }: ApiKeyRow): boolean {
    return revokedAt === null && (expiresAt === null || expiresAt > executorOf(this.session).now)
  }

  #unscoped<R>(work: (session: Session) => Promise<R>): Promise<R> {
    if (this.session.scope.kind === 'unscoped') return work(this.session)
    return this.session.unscoped(frameworkReasons.authentication, work)
  }
}

function columnsOf(row: unknown): ApiKeyRow {
  return row as ApiKeyRow
}

function pastEnd(): Error {
  const message = 'must be later than now'
  return errors.VALIDATION({
    issues: [{ in: 'body', path: '/expiresAt', code: 'RANGE', message, zh: '必须晚于当前时间' }],
  })
}

/** The DAOs of what `ApiKeyAccess` is given. */
export function apiKeyDaos<M extends BoundModel, U extends BoundModel>(keys: M, users: U) {
  return { keys: Dao(keys), users: Dao(users) }
}
