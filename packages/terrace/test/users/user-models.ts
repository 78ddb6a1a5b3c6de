import { createHash, timingSafeEqual } from 'node:crypto'
import { jwtTokens, refreshTokenColumns, UserAccess, userCredentials } from '../../src/auth/index.ts'
import type { Passwords } from '../../src/auth/index.ts'
import { actor, graph, identity, model, oneOf, text, timestamps } from '../../src/model/index.ts'

const User = model(
  'users',
  {
    id: identity(),
    email: text().length(3, 255).email().ignoreCase().unique({ global: true }),
    ...userCredentials(),
    displayName: text().length(1, 100),
    role: oneOf('reader', 'author', 'admin').default('reader').readOnly(),
    ...timestamps(),
  },
  { access: actor() },
)

export const models = graph({ User, RefreshToken: model('refresh_tokens', refreshTokenColumns(User)) })

/** Hashes that cost nothing, for what is not about hashing; what waits on `gate` stands still. */
export class QuickPasswords implements Passwords {
  computed = 0
  gate: Promise<unknown> | null = null
  /** Runs while a password is being hashed. */
  meanwhile: (() => void) | null = null

  async hash(password: string): Promise<string> {
    await this.#computing()
    return `quick:${this.computed}:${sum(password).toString('hex')}`
  }

  async verify(password: string, stored: string | null): ReturnType<Passwords['verify']> {
    await this.#computing()
    const known = Buffer.from(stored?.split(':')[2] ?? '', 'hex')
    const isRight = known.length === 32 && timingSafeEqual(known, sum(password))
    return isRight ? { isRight, isOutdated: stored?.startsWith('quick:0:') ?? false } : { isRight: false }
  }

  async #computing(): Promise<void> {
    this.computed += 1
    this.meanwhile?.()
    if (this.gate !== null) await this.gate
  }
}

function sum(password: string): Buffer {
  return createHash('sha256').update(password).digest()
}

export const passwords = new QuickPasswords()

export const tokenSecret = 'a secret of the tests, long enough for HS256'

export const tokens = jwtTokens({
  issuer: 'https://api.example.com',
  audience: 'https://api.example.com',
  keys: () => [{ id: 'test', secret: tokenSecret }],
})

export class UserService extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens, passwords }) {}

export const ada = { email: 'Ada@Example.com', password: 'correct horse', displayName: 'Ada' }
