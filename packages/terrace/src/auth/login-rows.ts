import type { DaoClass, Executable, ModelDao } from '../dao/index.ts'
import { executorOf } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import type { BoundModel, Model } from '../model/index.ts'
import type { RefreshTokenColumns } from './refresh-token-columns.ts'
import { hashToken, issueToken } from './token.ts'

/** The model of `refreshTokenColumns`, whatever else it has. */
export type RefreshTokenModel = BoundModel<string, RefreshTokenColumns<Model>>

/** A refresh token as it is stored. */
export interface RefreshTokenRow {
  readonly id: string
  readonly family: string
  readonly userId: unknown
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly revokedAt: Date | null
}

/** A token that was just made, and the login that it belongs to. */
export interface NewRefreshToken {
  readonly refreshToken: string
  readonly family: string
}

/** Kysely over tables that are not known by type. */
interface AnyQueries {
  updateTable(table: string): AnyUpdate
}

interface AnyUpdate extends Executable<unknown> {
  set(values: Readonly<Record<string, unknown>>): AnyUpdate
  where(column: string, operator: string, value: unknown): AnyUpdate
  whereRef(column: string, operator: string, other: string): AnyUpdate
}

/**
 * The logins of users: each is a family of refresh tokens, and lives as long as its first token is neither revoked nor expired. So
 * whoever ends a login and whoever refreshes it at the same moment need not see each other.
 *
 * In a session without scope.
 */
export class LoginRows {
  readonly #dao: ModelDao<RefreshTokenModel>
  readonly #table: string
  readonly #now: Date

  constructor(session: Session, dao: DaoClass<RefreshTokenModel>) {
    this.#dao = session.use(dao)
    this.#table = dao.model.table
    this.#now = executorOf(session).now
  }

  /** A new login. */
  async begin(userId: unknown, seconds: number): Promise<NewRefreshToken> {
    const id = executorOf(this.#dao.session).newId()
    const expiresAt = new Date(this.#now.getTime() + seconds * 1000)
    return this.#issue({ id, family: id, userId, expiresAt })
  }

  /** The token that follows another one of the same login. */
  next({ family, userId, expiresAt }: RefreshTokenRow): Promise<NewRefreshToken> {
    return this.#issue({ family, userId, expiresAt })
  }

  /** The stored row of a token; null for an unknown one. */
  async find(refreshToken: string): Promise<RefreshTokenRow | null> {
    return this.#dao.find({ tokenHash: hashToken(refreshToken) })
  }

  /** Whether the login of a token still lives. */
  async isAlive(token: RefreshTokenRow): Promise<boolean> {
    if (token.expiresAt <= this.#now) return false
    const first = token.id === token.family ? token : await this.#dao.get(token.family)
    return first !== null && first.revokedAt === null
  }

  /** Marks a token as used. Of many who do so at once one is told true: the statement itself decides. */
  async take({ id }: RefreshTokenRow): Promise<boolean> {
    return (await this.#dao.updateWhere({ id, usedAt: null }, { usedAt: this.#now })) === 1
  }

  /** Ends a login. */
  async end(family: string): Promise<void> {
    await this.#dao.updateWhere({ id: family, revokedAt: null }, { revokedAt: this.#now })
  }

  /** Ends all logins of a user; gives how many lived. */
  async endAll(userId: unknown): Promise<number> {
    const outcome = await this.#dao.query((db) => this.#endingAll(db as unknown as AnyQueries, userId))
    return (outcome as unknown as { readonly changed: number }).changed
  }

  /** Deletes what expired before an instant; the tokens of a login expire together. */
  async clear(before: Date): Promise<number> {
    return this.#dao.deleteWhere({ expiresAt: { lt: before } })
  }

  #endingAll(db: AnyQueries, userId: unknown): Executable<unknown> {
    return db
      .updateTable(this.#table)
      .set({ revokedAt: this.#now })
      .where('userId', '=', userId)
      .where('revokedAt', 'is', null)
      .where('expiresAt', '>', this.#now)
      .whereRef('id', '=', 'family')
  }

  async #issue(token: Pick<RefreshTokenRow, 'family' | 'userId' | 'expiresAt'> & { readonly id?: string }) {
    const refreshToken = issueToken()
    await this.#dao.create({ ...token, tokenHash: hashToken(refreshToken) } as never)
    return { refreshToken, family: token.family }
  }
}
