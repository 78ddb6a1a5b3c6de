import { jwtTokens, limitAttempts, UserAccess } from 'terrace/auth'
import type { Registration } from 'terrace/auth'
import type { Session } from 'terrace/database'
import { AuthorDao } from '../author/author.dao.ts'
import { models } from '../models.ts'
import { tokenSecret } from '../settings.ts'

const tokens = jwtTokens({
  issuer: 'https://blog.example.com',
  audience: 'https://blog.example.com',
  keys: () => [{ id: 'token', secret: tokenSecret() }],
})

/** Accounts and their logins. */
export class AccountService extends UserAccess(models.User, {
  refreshTokens: models.RefreshToken,
  tokens,
  attempts: limitAttempts(),
}) {
  readonly #session: Session

  constructor(session: Session) {
    super(session)
    this.#session = session
  }

  /** With its author, in one transaction: whoever has an account has a name for others. */
  override async register(data: Registration<typeof models.User>) {
    const user = await super.register(data)
    await this.#session.unscoped('the author of a new account', (session) =>
      session.use(AuthorDao).create({ userId: user.id, name: user.displayName }),
    )
    return user
  }
}
