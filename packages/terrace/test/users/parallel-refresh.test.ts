import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IssuedTokens } from '../../src/auth/index.ts'
import { everyone } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { EngineUnderTest } from '../support/describe-engines.ts'
import { openModels } from '../support/open-models.ts'
import { ada, models, UserService } from './user-models.ts'

const rounds = Number(process.env['TERRACE_TOKEN_ROUNDS'] ?? 3)
const uses = 50

/** What became of one use of the token: `won`, or the code of its refusal. */
interface Outcome {
  readonly code: string
  readonly tokens: IssuedTokens | null
}

const declare = (engine: EngineUnderTest): void => {
  let db: Database

  beforeAll(async () => {
    // Fifty wait for ten connections: on a busy machine longer than a request would.
    ;({ db } = await openModels(engine, models, { acquireTimeoutMs: 30_000 }))
    await asked((users) => users.register(ada))
  })
  afterAll(() => db.close())

  const asked = <R>(work: (users: UserService) => Promise<R>): Promise<R> =>
    db.session(everyone, (session) => work(session.use(UserService)))

  async function use(token: string): Promise<Outcome> {
    try {
      return { code: 'won', tokens: await asked((users) => users.refresh(token)) }
    } catch (error) {
      return { code: (error as { readonly code?: string }).code ?? String(error), tokens: null }
    }
  }

  test(
    `${uses} uses of one refresh token at once: one wins, and the login ends (${rounds} rounds)`,
    { timeout: 10_000 + rounds * 5_000 },
    async () => {
      const counts = new Map<string, number>()
      for (let round = 0; round < rounds; round++) {
        const { refreshToken } = await asked((users) => users.login(ada))
        // Of every other round it is a token that followed another one, whose login began elsewhere.
        const token =
          round % 2 === 0 ? refreshToken : (await asked((users) => users.refresh(refreshToken))).refreshToken
        const outcomes = await Promise.all(Array.from({ length: uses }, () => use(token)))
        for (const { code } of outcomes) counts.set(code, (counts.get(code) ?? 0) + 1)
        const winners = outcomes.flatMap(({ tokens }) => (tokens === null ? [] : [tokens]))
        expect(winners).toHaveLength(1)
        const [{ accessToken, refreshToken: next }] = winners as [IssuedTokens]
        expect(await asked((users) => users.verify(accessToken))).toBeNull()
        expect((await use(next)).code).toBe('REFRESH_FAILED')
      }
      process.stdout.write(
        `${engine.name}: ${rounds} rounds of ${uses}: ${JSON.stringify(Object.fromEntries(counts))}\n`,
      )
      expect(Object.fromEntries(counts)).toEqual({ won: rounds, REFRESH_FAILED: rounds * (uses - 1) })
    },
  )
}

describeEngines('one refresh token, many times at once', declare, ['sqliteFile', 'postgres', 'mysql'])
