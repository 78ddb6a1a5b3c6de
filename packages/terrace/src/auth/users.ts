import type { DaoClass } from '../dao/index.ts'
import { executorOf, frameworkReasons } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import { errors, issueText, TerraceError } from '../errors/index.ts'
import { foldCase } from '../model/index.ts'
import type { BoundModel, KeyOf, Row } from '../model/index.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { AttemptLimit, AttemptPlace } from './attempt-limit.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import { LoginRows } from './login-rows.ts'
import type { NewRefreshToken, RefreshTokenModel, RefreshTokenRow } from './login-rows.ts'
import type { OwnKey } from './own-key.ts'
import { checkNewPassword, isPasswordText } from './password-rule.ts'
import type { Passwords } from './passwords.ts'
import { isTokenText } from './token.ts'
import type { GivenColumns, Login, PasswordChange, Registration, UserOperations } from './user-operations.ts'
import { UserRows } from './user-rows.ts'
import type { UserRow } from './user-rows.ts'

/** What all sessions of a service of users share. */
export interface UserParts {
  readonly users: DaoClass<BoundModel>
  readonly logins: DaoClass<RefreshTokenModel>
  readonly key: OwnKey
  readonly tokens: AccessTokens
  readonly passwords: Passwords
  readonly attempts: AttemptLimit | null
  /** The columns that somebody who registers may send. */
  readonly sendable: ReadonlySet<string>
}

/** The rows that a method works on. */
interface Rows {
  readonly users: UserRows
  readonly logins: LoginRows
}

const uuidText = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Users and their logins. It works on rows that are not known to belong to the caller yet, so it leaves the session's scope, in the same
 * transaction, under the framework's own reason. While a password is hashed the session holds no connection, unless it has written
 * before.
 *
 * Whatever changes the logins of a user locks the user's row first, so that a login with a password and the change of that
 * password cannot both succeed.
 */
export class Users<M extends BoundModel> implements UserOperations<M> {
  protected readonly session: Session
  readonly #parts: UserParts

  constructor(session: Session, parts: UserParts) {
    this.session = session
    this.#parts = parts
  }

  async register(data: Registration<M>, given: GivenColumns<M> = {}): Promise<Row<M>> {
    const { password, ...own } = data as unknown as { readonly password: string }
    checkNewPassword(password, 'password')
    this.#checkNames(own)
    const passwordHash = await this.#hashed(password)
    return (await this.#work(({ users }) => users.create({ ...own, ...given, passwordHash }))) as unknown as Row<M>
  }

  async login({ email, password, address }: Login): Promise<IssuedTokens> {
    const { attempts } = this.#parts
    const place = await attempts?.reserve({ account: foldCase(email), address }, this.session)
    if (!isPasswordText(password)) throw errors.LOGIN_FAILED()
    const known = await this.#work(({ users }) => users.findByEmail(email))
    const verdict = await this.#unlessFull(place, () => this.#verdict(password, known?.passwordHash ?? null))
    if (known === null || !verdict.isRight || !known.isActive) throw errors.LOGIN_FAILED()
    const rehashed = verdict.isOutdated ? await this.#rehashed(password) : null
    await place?.succeeded()
    return this.#begin(known, { password, patch: rehashed, refuse: errors.LOGIN_FAILED })
  }

  async refresh(refreshToken: string): Promise<IssuedTokens> {
    if (!isTokenText(refreshToken)) throw errors.REFRESH_FAILED()
    const { userId, next } = await this.#work((rows) => this.#next(rows, refreshToken))
    return this.#issued(userId, next)
  }

  async logout(refreshToken: string): Promise<void> {
    if (!isTokenText(refreshToken)) return
    await this.#work(async ({ logins }) => {
      const token = await logins.find(refreshToken)
      if (token !== null) await logins.end(token.family)
    })
  }

  async logoutEverywhere(userId: KeyOf<M>): Promise<number> {
    return this.#work(async ({ users, logins }) => {
      await users.hold(userId)
      return logins.endAll(userId)
    })
  }

  async changePassword(userId: KeyOf<M>, { current, next }: PasswordChange): Promise<IssuedTokens> {
    checkNewPassword(next, 'next')
    const { attempts, key } = this.#parts
    const place = await attempts?.reserve({ account: `password:${key.print(userId)}` }, this.session)
    const known = isPasswordText(current) ? await this.#work(({ users }) => users.get(userId)) : null
    if (known === null) throw errors.PASSWORD_WRONG()
    const { isRight } = await this.#unlessFull(place, () => this.#verdict(current, known.passwordHash))
    if (!isRight || !known.isActive) throw errors.PASSWORD_WRONG()
    const passwordHash = await this.#unlessFull(place, () => this.#hashed(next))
    await place?.succeeded()
    const change = { patch: { passwordHash }, refuse: errors.PASSWORD_WRONG, endsOthers: true }
    return this.#begin(known, { password: current, ...change })
  }

  async get(userId: KeyOf<M>): Promise<Row<M>> {
    const { users, key } = this.#parts
    const row = await new UserRows(this.session, users, key).get(userId)
    if (row === null) throw errors.NOT_FOUND({ values: { model: users.model.name } })
    return row as unknown as Row<M>
  }

  async setPassword(userId: KeyOf<M>, password: string): Promise<void> {
    checkNewPassword(password, 'password')
    const passwordHash = await this.#hashed(password)
    await this.#changed(userId, { passwordHash })
  }

  async disable(userId: KeyOf<M>): Promise<Row<M>> {
    return (await this.#changed(userId, { isActive: false })) as unknown as Row<M>
  }

  async enable(userId: KeyOf<M>): Promise<Row<M>> {
    return (await this.#work(({ users }) => users.update(userId, { isActive: true }))) as unknown as Row<M>
  }

  async verify(accessToken: string): Promise<Row<M> | null> {
    const { tokens, key, logins } = this.#parts
    const claims = await tokens.verify(accessToken, executorOf(this.session).now)
    const userId = claims === null ? undefined : key.read(claims.subject)
    if (claims === null || userId === undefined || !uuidText.test(claims.session)) return null
    const login = { table: logins.model.table, id: claims.session }
    return (await this.#work(({ users }) => users.findByLogin(userId, login))) as unknown as Row<M> | null
  }

  async clearExpired({ before }: { readonly before: Date }): Promise<number> {
    return this.#work(({ logins }) => logins.clear(before))
  }

  /** The token that follows, or the end of the login where the one that was sent has had its turn. */
  async #next({ users, logins }: Rows, refreshToken: string): Promise<Next> {
    const token = await logins.find(refreshToken)
    if (token === null || !(await logins.isAlive(token))) throw errors.REFRESH_FAILED()
    const user = await users.hold(token.userId)
    if (user === null || !user.isActive) throw errors.REFRESH_FAILED()
    if (token.usedAt !== null || !(await logins.take(token))) {
      await this.#endReused(logins, token)
      throw errors.REFRESH_FAILED()
    }
    return { userId: token.userId, next: await logins.next(token) }
  }

  /** Ends a login whose token came twice: now, and after this session was rolled back for it, as a request is. */
  async #endReused(logins: LoginRows, { family }: RefreshTokenRow): Promise<void> {
    this.session.afterRollback((later) => later.unscoped(reason, (session) => this.#rows(session).logins.end(family)))
    await logins.end(family)
  }

  /** A new login of a user who has proved to be one, unless what they proved has changed meanwhile. */
  async #begin(known: UserRow, { password, patch, refuse, endsOthers = false }: Beginning): Promise<IssuedTokens> {
    const { key, tokens } = this.#parts
    const userId = key.of(known)
    const next = await this.#work(async ({ users, logins }) => {
      const row = await users.hold(userId)
      if (row === null || !row.isActive || !(await this.#isStill(row, known, password))) throw refuse()
      if (patch !== null) await users.update(userId, patch)
      if (endsOthers) await logins.endAll(userId)
      return logins.begin(userId, tokens.refreshSeconds)
    })
    return this.#issued(userId, next)
  }

  /** Whether a password that was right is so of the row as it is now: another login may have hashed it again meanwhile. */
  async #isStill({ passwordHash }: UserRow, known: UserRow, password: string): Promise<boolean> {
    return passwordHash === known.passwordHash || (await this.#parts.passwords.verify(password, passwordHash)).isRight
  }

  async #issued(userId: unknown, { refreshToken, family }: NewRefreshToken): Promise<IssuedTokens> {
    const { tokens, key } = this.#parts
    const claims = { subject: key.print(userId), session: family }
    const accessToken = await tokens.issue(claims, executorOf(this.session).now)
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: tokens.accessSeconds }
  }

  /** The row after a change that ends all logins. */
  async #changed(userId: KeyOf<M>, patch: Readonly<Record<string, unknown>>): Promise<UserRow> {
    return this.#work(async ({ users, logins }) => {
      const row = await users.update(userId, patch)
      await logins.endAll(userId)
      return row
    })
  }

  /** By today's work; null where too many passwords are being hashed: a login must not fail for that. */
  async #rehashed(password: string): Promise<Beginning['patch']> {
    try {
      return { passwordHash: await this.#hashed(password) }
    } catch (error) {
      if (error instanceof TerraceError && error.code === 'PASSWORD_QUEUE_FULL') return null
      throw error
    }
  }

  /** What finds the queue full has tried nothing, and costs no attempt. */
  async #unlessFull<R>(place: AttemptPlace | undefined, work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof TerraceError && error.code === 'PASSWORD_QUEUE_FULL') place?.untried()
      throw error
    }
  }

  async #hashed(password: string): Promise<string> {
    await executorOf(this.session).releaseConnection()
    return this.#parts.passwords.hash(password)
  }

  async #verdict(password: string, stored: string | null): ReturnType<Passwords['verify']> {
    await executorOf(this.session).releaseConnection()
    return this.#parts.passwords.verify(password, stored)
  }

  #checkNames(own: object): void {
    const unknown = Object.keys(own).filter((name) => !this.#parts.sendable.has(name))
    const issues = unknown.map((name) => ({ in: 'row', path: `/${name}`, ...issueText('unknown') }) as const)
    if (issues.length > 0) throw errors.VALIDATION({ fields: unknown, issues })
  }

  #work<R>(work: (rows: Rows) => Promise<R>): Promise<R> {
    if (this.session.scope.kind === 'unscoped') return work(this.#rows(this.session))
    return this.session.unscoped(reason, (session) => work(this.#rows(session)))
  }

  #rows(session: Session): Rows {
    const { users, logins, key } = this.#parts
    return { users: new UserRows(session, users, key), logins: new LoginRows(session, logins) }
  }
}

const reason = frameworkReasons.authentication

interface Next {
  readonly userId: unknown
  readonly next: NewRefreshToken
}

interface Beginning {
  /** That they proved to know. */
  readonly password: string
  /** What changes of the user's row. */
  readonly patch: { readonly passwordHash: string } | null
  readonly refuse: () => Error
  readonly endsOthers?: boolean
}
