import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwtTokens, limitAttempts, refreshTokenColumns, UserAccess, userCredentials } from '../../src/auth/index.ts'
import type { AttemptLimitOptions, Passwords } from '../../src/auth/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { everyone } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import { errors } from '../../src/errors/index.ts'
import { actor, graph, identity, model, text } from '../../src/model/index.ts'
import { databaseRates, memoryRates, rateCounts, redisRates } from '../../src/rate/index.ts'
import type { RateStore } from '../../src/rate/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { oneOfEachEngine } from '../support/one-of-each-engine.ts'
import { prefix, redisAnswers, redisUrl } from '../support/rate-stores.ts'

const User = model(
  'users',
  {
    id: identity(),
    email: text().length(3, 255).email().ignoreCase().unique({ global: true }),
    ...userCredentials(),
  },
  { access: actor() },
)
const models = graph({
  User,
  RefreshToken: model('refresh_tokens', refreshTokenColumns(User)),
  RateCount: rateCounts(),
})
const tokens = jwtTokens({ issuer: 'test', audience: 'test', keys: () => [{ id: '1', secret: 's'.repeat(40) }] })

/** Compares at the cost of a moment, and counts how often. */
function countingPasswords() {
  let hashed = 0
  const passwords: Passwords = {
    hash: async (password) => `hash of ${password}`,
    verify: async (password, stored) => {
      hashed += 1
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (password === 'queue full') throw errors.PASSWORD_QUEUE_FULL({ retryAfterSeconds: 1 })
      return stored === `hash of ${password}` ? { isRight: true, isOutdated: false } : { isRight: false }
    },
  }
  return { passwords, hashed: () => hashed }
}

const stores: Readonly<Record<string, () => RateStore>> = {
  memory: () => memoryRates(),
  database: () => databaseRates(models.RateCount),
  ...(redisAnswers
    ? { redis: () => redisRates({ url: redisUrl, onFailure: 'refuse', timeoutMs: 5_000, prefix }) }
    : {}),
}

let accounts = 0

describeEngines(
  'login attempts',
  (engine) => {
    let db: Database
    const opened: RateStore[] = []
    beforeAll(async () => {
      const { url } = await engine.fresh()
      // A hundred at once wait for few connections, on whatever machine.
      db = await openDatabase(url, { models, pool: { timeoutMs: 60_000 } })
    }, 120_000)
    afterAll(async () => {
      for (const store of opened) await store.close?.()
      await db.close()
    })

    /** A user of a new name, and how their password is tried. */
    async function userWith(store: RateStore, options: AttemptLimitOptions) {
      opened.push(store)
      const { passwords, hashed } = countingPasswords()
      const attempts = limitAttempts({ ...options, store })
      const Users = UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens, passwords, attempts })
      const email = `user${(accounts += 1)}-${process.pid}-${Date.now()}@example.com`
      const run = <R>(work: (users: InstanceType<typeof Users>) => Promise<R>): Promise<R> =>
        db.session(everyone, (session: Session) => work(session.use(Users)))
      await run((users) => users.register({ email, password: 'right password' }))
      const login = async (password: string, address: string, as = email): Promise<string> => {
        try {
          await run((users) => users.login({ email: as, password, address }))
          return 'in'
        } catch (error) {
          return (error as { readonly code: string }).code
        }
      }
      return { login, hashed, email }
    }

    for (const [name, store] of Object.entries(stores)) {
      test(`E: of 100 logins at once with a limit of 5, 5 are hashed (${name})`, { timeout: 60_000 }, async () => {
        const user = await userWith(store(), { perCaller: { max: 5, windowMs: 900_000 } })
        const answers = await Promise.all(Array.from({ length: 100 }, () => user.login('wrong', '192.0.2.1')))
        expect(user.hashed()).toBe(5)
        expect(answers.filter((answer) => answer === 'LOGIN_FAILED')).toHaveLength(5)
        expect(answers.filter((answer) => answer === 'TOO_MANY_ATTEMPTS')).toHaveLength(95)
      })

      test(`what finds the queue full costs no attempt (${name})`, { timeout: 60_000 }, async () => {
        const user = await userWith(store(), { perCaller: { max: 2, windowMs: 900_000 } })
        const answers = []
        for (const password of ['queue full', 'queue full', 'queue full', 'wrong', 'wrong', 'wrong'])
          answers.push(await user.login(password, '192.0.2.7'))
        const [full, wrong] = ['PASSWORD_QUEUE_FULL', 'LOGIN_FAILED']
        expect(answers).toEqual([full, full, full, wrong, wrong, 'TOO_MANY_ATTEMPTS'])
      })

      test(`a success gives all places back, a failure keeps its own (${name})`, { timeout: 60_000 }, async () => {
        const user = await userWith(store(), { perCaller: { max: 2, windowMs: 900_000 } })
        const answers = []
        for (const password of [
          'wrong',
          'right password',
          'wrong',
          'right password',
          'wrong',
          'wrong',
          'right password',
        ])
          answers.push(await user.login(password, '192.0.2.2'))
        expect(answers).toEqual([
          'LOGIN_FAILED',
          'in',
          'LOGIN_FAILED',
          'in',
          'LOGIN_FAILED',
          'LOGIN_FAILED',
          'TOO_MANY_ATTEMPTS',
        ])
      })

      test(`nobody is kept out by what others try (${name})`, { timeout: 60_000 }, async () => {
        const limits = { perCaller: { max: 2, windowMs: 900_000 }, perAccount: { max: 4, windowMs: 3_600_000 } }
        const user = await userWith(store(), limits)
        const [home, cafe] = ['2001:db8:1:2::1', '198.51.100.7']
        expect(await user.login('right password', home)).toBe('in')
        const attack = []
        for (let at = 0; at < 10; at += 1) attack.push(await user.login('wrong', `203.0.113.${at}`))
        expect(attack.filter((answer) => answer === 'LOGIN_FAILED')).toHaveLength(4)
        expect(await user.login('right password', cafe)).toBe('TOO_MANY_ATTEMPTS')
        expect(await user.login('right password', '2001:db8:1:2::ffff')).toBe('in')
      })

      test(`one address is limited over all accounts, known or not (${name})`, { timeout: 60_000 }, async () => {
        const user = await userWith(store(), { perAddress: { max: 3, windowMs: 900_000 } })
        const address = `192.0.2.${100 + (accounts % 100)}`
        const answers = []
        for (let at = 0; at < 5; at += 1) answers.push(await user.login('wrong', address, `nobody${at}-${user.email}`))
        expect(answers.slice(3)).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS'])
      })
    }

    test('an account is one in every case of its e-mail', async () => {
      const user = await userWith(memoryRates(), { perCaller: { max: 1, windowMs: 900_000 } })
      expect(await user.login('wrong', '192.0.2.3')).toBe('LOGIN_FAILED')
      expect(await user.login('wrong', '192.0.2.3', user.email.toUpperCase())).toBe('TOO_MANY_ATTEMPTS')
    })
  },
  oneOfEachEngine,
)

test('limits that let nobody log in are refused where they are declared, all at once', () => {
  const nothing = { max: 0, windowMs: 60_000 }
  expect(() => limitAttempts({ perCaller: nothing, perAccount: { max: 1, windowMs: Infinity }, knownMs: 0 })).toThrow(
    expect.objectContaining({
      code: 'APP_DECLARATION',
      message: expect.stringContaining('perCaller, perAccount, knownMs allows nothing'),
    }),
  )
})
