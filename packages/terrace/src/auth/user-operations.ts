import type { Create } from '../dto/index.ts'
import type { BoundModel, Insert, KeyOf, Row } from '../model/index.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { AttemptLimit } from './attempt-limit.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import type { Passwords } from './passwords.ts'

/** What somebody registers with: what the API lets them write of their row, and a password. */
export type Registration<M extends BoundModel> = Create<M> & { readonly password: string }

/** What the app itself sets of a new user, which nobody may send: `{ role: 'admin' }`. */
export type GivenColumns<M extends BoundModel> = Partial<Omit<Insert<M>, 'passwordHash'>>

export interface Login {
  readonly email: string
  readonly password: string
  /** Where it comes from, for `attempts`: what a route's handler is given as `address`. */
  readonly address?: string | undefined
}

export interface PasswordChange {
  readonly current: string
  readonly next: string
}

/** Users with an e-mail and a password, and their logins. */
export interface UserOperations<M extends BoundModel> {
  /** The row of a new user. `EMAIL_TAKEN` where the e-mail is, `VALIDATION` for a password that is not of 8 to 128 characters. */
  register(data: Registration<M>, given?: GivenColumns<M>): Promise<Row<M>>
  /** The tokens of a new login. `LOGIN_FAILED`, in the same time, for an unknown e-mail, a wrong password, a disabled user. */
  login(login: Login): Promise<IssuedTokens>
  /**
   * The next tokens of a login, for its refresh token, once: a token that comes a second time ends the login. `REFRESH_FAILED`
   * for that, for an expired or unknown one, and where the login has ended.
   */
  refresh(refreshToken: string): Promise<IssuedTokens>
  /** Ends the login of a refresh token, used or not; nothing for an unknown one. Its access tokens are refused from now on. */
  logout(refreshToken: string): Promise<void>
  /** Ends all logins of a user; gives how many there were. */
  logoutEverywhere(userId: KeyOf<M>): Promise<number>
  /**
   * Sets another password, ends all logins, and gives the tokens of a new one to whoever changed it. `PASSWORD_WRONG` where
   * `current` is.
   */
  changePassword(userId: KeyOf<M>, change: PasswordChange): Promise<IssuedTokens>
  /** A user's row, as far as the session's actor sees it: their own. `NOT_FOUND` otherwise. */
  get(userId: KeyOf<M>): Promise<Row<M>>
  /** Sets a password without asking for the former one, as after a reset, and ends all logins. `NOT_FOUND` without the user. */
  setPassword(userId: KeyOf<M>, password: string): Promise<void>
  /** Ends all logins of a user and refuses new ones; the row after it. `NOT_FOUND` without the user. */
  disable(userId: KeyOf<M>): Promise<Row<M>>
  /** Lets a user log in again. `NOT_FOUND` without the user. */
  enable(userId: KeyOf<M>): Promise<Row<M>>
  /** Who sends an access token, by one statement; null where it is not good, its login has ended, or they are disabled or deleted. */
  verify(accessToken: string): Promise<Row<M> | null>
  /** Deletes the refresh tokens that expired before an instant, of all users; gives how many. */
  clearExpired(options: { readonly before: Date }): Promise<number>
}

export interface UserAccessOptions<R extends BoundModel> {
  /** The model of `refreshTokenColumns`. */
  readonly refreshTokens: R
  /** What signs and reads access tokens: `jwtTokens({ … })`. */
  readonly tokens: AccessTokens
  /** Default `hashedPasswords()`: argon2id, as many at once as its `concurrency` says. */
  readonly passwords?: Passwords
  /** Asked before a password is hashed for `login` and `changePassword`. Default none. */
  readonly attempts?: AttemptLimit
}
