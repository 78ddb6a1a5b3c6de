import { beforeAll, afterAll, expect, test } from 'vitest'
import { UserAccess } from '../../src/auth/index.ts'
import type { IssuedTokens } from '../../src/auth/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { everyone, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import type { EngineUnderTest } from '../support/describe-engines.ts'
import { openModels } from '../support/open-models.ts'
import type { OpenModels } from '../support/open-models.ts'
import { ada, models, passwords, tokens, UserService } from './user-models.ts'

class UserDao extends Dao(models.User) {}
class RefreshTokenDao extends Dao(models.RefreshToken) {}

/** The two that have a single connection add nothing here; the routes are tried on one of them. */
const engines = ['sqliteFile', 'postgres', 'mysql'] as const

const declare = (engine: EngineUnderTest): void => {
  let db: Database
  let driver: OpenModels['driver']
  let people = 0

  beforeAll(async () => {
    ;({ db, driver } = await openModels(engine, models))
  })
  afterAll(() => db.close())

  const asked = <R>(work: (users: UserService) => Promise<R>): Promise<R> =>
    db.session(everyone, (session) => work(session.use(UserService)))
  const stored = <R>(work: (dao: UserDao) => Promise<R>): Promise<R> =>
    db.session(unscoped('a test'), (session) => work(session.use(UserDao)))
  const refused = (work: (users: UserService) => Promise<unknown>) => asked(work).catch((error: unknown) => error)
  const isGood = async ({ accessToken }: IssuedTokens) => (await asked((users) => users.verify(accessToken))) !== null

  /** Somebody new, logged in. */
  async function person() {
    people += 1
    const data = { email: `Person${people}@example.com`, password: 'correct horse', displayName: 'Somebody' }
    const { id } = await asked((users) => users.register(data))
    const login = () => asked((users) => users.login(data))
    return { ...data, id, login, tokens: await login() }
  }

  test('B13: who registers is stored with the hash of their password; the e-mail is theirs in any case', async () => {
    const row = await asked((users) => users.register(ada))
    expect(row).toMatchObject({ email: 'Ada@Example.com', displayName: 'Ada', role: 'reader', isActive: true })
    expect(row.passwordHash).toMatch(/^quick:/)
    for (const email of ['Ada@Example.com', 'ada@example.com', 'ADA@EXAMPLE.COM'])
      expect(await refused((users) => users.register({ ...ada, email }))).toMatchObject({
        code: 'EMAIL_TAKEN',
        kind: 'conflict',
        fields: ['email'],
        issues: [{ path: '/email' }],
      })
  })

  test('nobody gives themselves a role, or a hash; the app does', async () => {
    for (const name of ['role', 'isActive', 'passwordHash', 'id', 'createdAt', 'nothing'])
      expect(
        await refused((users) => users.register({ ...ada, email: 'eve@example.com', [name]: 'admin' })),
      ).toMatchObject({ code: 'VALIDATION', issues: [{ path: `/${name}`, code: 'UNKNOWN' }] })
    const boss = await asked((users) => users.register({ ...ada, email: 'boss@example.com' }, { role: 'admin' }))
    expect(boss.role).toBe('admin')
  })

  test('B14: a password of fewer than 8 or more than 128 characters is refused before it is hashed', async () => {
    const before = passwords.computed
    for (const password of ['1234567', 'p'.repeat(129)])
      expect(await refused((users) => users.register({ ...ada, email: 'eve@example.com', password }))).toMatchObject({
        code: 'VALIDATION',
        fields: ['password'],
      })
    expect(passwords.computed).toBe(before)
  })

  test('a login gives tokens, by which its user is known, by one statement', async () => {
    const { tokens: issued, id } = await person()
    expect(issued).toEqual({
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      tokenType: 'Bearer',
      expiresIn: 900,
    })
    driver.calls.length = 0
    expect(await asked((users) => users.verify(issued.accessToken))).toMatchObject({ id, displayName: 'Somebody' })
    expect(driver.calls.filter((call) => /select|update|insert/i.test(JSON.stringify(call)))).toHaveLength(1)
  })

  test('an unknown e-mail, a wrong password, a disabled user and one without a password are refused alike, by one hash each', async () => {
    const known = await person()
    const disabled = await person()
    await asked((users) => users.disable(disabled.id))
    const invited = await stored((dao) => dao.create({ email: 'invited@example.com', displayName: 'Invited' }))
    const tried = [
      { email: 'unknown@example.com', password: 'correct horse' },
      { email: known.email, password: 'wrong horse' },
      { email: disabled.email, password: 'correct horse' },
      { email: disabled.email, password: 'wrong horse' },
      { email: invited.email, password: 'correct horse' },
    ]
    const answers: unknown[] = []
    for (const login of tried) {
      const before = passwords.computed
      answers.push(await refused((users) => users.login(login)))
      expect([login, passwords.computed - before]).toEqual([login, 1])
    }
    for (const answer of answers) {
      expect(answer).toMatchObject({ code: 'LOGIN_FAILED', kind: 'authentication' })
      expect((answer as Error).message).toBe((answers[0] as Error).message)
    }
  })

  test.each(['', '\0', 'lone\ud800', 'x'.repeat(10_000), "' or 1=1 --", '%'])(
    'a text that is no e-mail is an unknown one: %j',
    async (email) => {
      expect(await refused((users) => users.login({ email, password: 'correct horse' }))).toMatchObject({
        code: 'LOGIN_FAILED',
      })
    },
  )

  test('while a password is hashed no connection is held', async () => {
    const somebody = await person()
    const held: number[] = []
    passwords.meanwhile = () => void held.push(db.stats().size - db.stats().idle)
    try {
      await somebody.login()
      await asked((users) => users.changePassword(somebody.id, { current: 'correct horse', next: 'another horse' }))
    } finally {
      passwords.meanwhile = null
    }
    expect(held).toEqual([0, 0, 0])
  })

  test('a refresh token is good once; the pair that it gave goes on, and a second use ends all of it', async () => {
    const { tokens: first } = await person()
    const second = await asked((users) => users.refresh(first.refreshToken))
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect([await isGood(first), await isGood(second)]).toEqual([true, true])
    const third = await asked((users) => users.refresh(second.refreshToken))
    expect(await refused((users) => users.refresh(second.refreshToken))).toMatchObject({ code: 'REFRESH_FAILED' })
    expect([await isGood(first), await isGood(second), await isGood(third)]).toEqual([false, false, false])
    expect(await refused((users) => users.refresh(third.refreshToken))).toMatchObject({ code: 'REFRESH_FAILED' })
  })

  test('reuse ends the login also where the refusal is caught and the session commits', async () => {
    const { tokens: first } = await person()
    const second = await asked((users) => users.refresh(first.refreshToken))
    await asked(async (users) => {
      await users.refresh(first.refreshToken).catch(() => null)
    })
    expect(await isGood(second)).toBe(false)
  })

  test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(10_000), '\0', 'a.b.c'])('no refresh token: %j', async (token) => {
    expect(await refused((users) => users.refresh(token))).toMatchObject({ code: 'REFRESH_FAILED' })
    await asked((users) => users.logout(token))
  })

  test('only the hash of a refresh token is stored', async () => {
    const { tokens: issued, id } = await person()
    const rows = await db.session(unscoped('a test'), (session) =>
      session.use(RefreshTokenDao).list({ where: { userId: id } }),
    )
    expect(rows.rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(issued.refreshToken)
    expect(rows.rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a logout ends its login at the next request, and no other one', async () => {
    const { tokens: first, login, id } = await person()
    const second = await login()
    const next = await asked((users) => users.refresh(first.refreshToken))
    await asked((users) => users.logout(first.refreshToken))
    expect([await isGood(first), await isGood(next), await isGood(second)]).toEqual([false, false, true])
    expect(await refused((users) => users.refresh(next.refreshToken))).toMatchObject({ code: 'REFRESH_FAILED' })
    const other = await person()
    const third = await login()
    expect(await asked((users) => users.logoutEverywhere(id))).toBe(2)
    expect([await isGood(second), await isGood(third), await isGood(other.tokens)]).toEqual([false, false, true])
    expect(await asked((users) => users.logoutEverywhere(id))).toBe(0)
  })

  test('B14: another password is hashed anew, ends every login and begins one', async () => {
    const somebody = await person()
    const second = await somebody.login()
    const before = await stored((dao) => dao.get(somebody.id))
    const change = { current: 'correct horse', next: 'another horse' }
    const changed = await asked((users) => users.changePassword(somebody.id, change))
    expect([await isGood(somebody.tokens), await isGood(second), await isGood(changed)]).toEqual([false, false, true])
    expect(await refused((users) => users.refresh(second.refreshToken))).toMatchObject({ code: 'REFRESH_FAILED' })
    expect((await stored((dao) => dao.get(somebody.id)))?.passwordHash).not.toBe(before?.passwordHash)
    expect(await somebody.login().catch((error: unknown) => error)).toMatchObject({ code: 'LOGIN_FAILED' })
    await asked((users) => users.login({ email: somebody.email, password: 'another horse' }))
    expect(await refused((users) => users.changePassword(somebody.id, change))).toMatchObject({
      code: 'PASSWORD_WRONG',
    })
    await asked((users) => users.setPassword(somebody.id, 'a third horse'))
    expect(await isGood(changed)).toBe(false)
    await asked((users) => users.login({ email: somebody.email, password: 'a third horse' }))
    expect(await refused((users) => users.setPassword(somebody.id, 'short'))).toMatchObject({ code: 'VALIDATION' })
    expect(await refused((users) => users.setPassword(1_000_000, 'long enough'))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a disabled user is nobody from the next request on, and must log in again once enabled', async () => {
    const somebody = await person()
    expect(await asked((users) => users.disable(somebody.id))).toMatchObject({ id: somebody.id, isActive: false })
    expect(await isGood(somebody.tokens)).toBe(false)
    expect(await refused((users) => users.refresh(somebody.tokens.refreshToken))).toMatchObject({
      code: 'REFRESH_FAILED',
    })
    await asked((users) => users.enable(somebody.id))
    expect(await isGood(somebody.tokens)).toBe(false)
    expect(await isGood(await somebody.login())).toBe(true)
    for (const change of [
      (users: UserService) => users.disable(1_000_000),
      (users: UserService) => users.enable(1_000_000),
    ])
      expect(await refused(change)).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a user who is gone takes their logins along', async () => {
    const somebody = await person()
    await stored((dao) => dao.delete(somebody.id))
    expect(await isGood(somebody.tokens)).toBe(false)
    expect(await refused((users) => users.refresh(somebody.tokens.refreshToken))).toMatchObject({
      code: 'REFRESH_FAILED',
    })
  })

  test('a login that was hashing the former password when it was changed does not succeed', async () => {
    const somebody = await person()
    const { promise, resolve } = Promise.withResolvers<void>()
    passwords.gate = promise
    const login = somebody.login().catch((error: unknown) => error)
    await new Promise((waited) => setTimeout(waited, 20))
    passwords.gate = null
    await asked((users) => users.setPassword(somebody.id, 'another horse'))
    resolve()
    expect(await login).toMatchObject({ code: 'LOGIN_FAILED' })
  })

  test('a login and a change of the password at once leave no login by the former password', async () => {
    const expected: readonly string[] = ['ended', 'LOGIN_FAILED', 'REFRESH_FAILED']
    const outcomeOf = async (attempt: Promise<IssuedTokens>): Promise<string> => {
      try {
        const issued = await attempt
        await changed
        return (await isGood(issued)) ? 'alive' : 'ended'
      } catch (error) {
        return (error as { readonly code: string }).code
      }
    }
    let changed: Promise<unknown> = Promise.resolve()
    for (let round = 0; round < 5; round++) {
      const somebody = await person()
      const change = { current: 'correct horse', next: 'another horse' }
      const attempts = [
        ...Array.from({ length: 5 }, somebody.login),
        ...Array.from({ length: 5 }, () => asked((users) => users.refresh(somebody.tokens.refreshToken))),
      ]
      const changing = asked((users) => users.changePassword(somebody.id, change))
      changed = changing
      const outcomes = await Promise.all(attempts.map(outcomeOf))
      expect(await isGood(await changing)).toBe(true)
      expect(outcomes.filter((outcome) => !expected.includes(outcome))).toEqual([])
    }
  })

  test('a password that is stored by less work is hashed again at the next login', async () => {
    const somebody = await person()
    const [, , sum] = ((await stored((dao) => dao.get(somebody.id)))?.passwordHash ?? '').split(':')
    await stored((dao) => dao.update(somebody.id, { passwordHash: `quick:0:${sum}` }))
    await somebody.login()
    const { passwordHash } = (await stored((dao) => dao.get(somebody.id))) as { readonly passwordHash: string }
    expect(passwordHash.startsWith('quick:0:')).toBe(false)
    expect(passwordHash.endsWith(`:${sum}`)).toBe(true)
  })

  test('of several at once with such a password none is refused, nor is a change of it', async () => {
    const somebody = await person()
    const [, , sum] = ((await stored((dao) => dao.get(somebody.id)))?.passwordHash ?? '').split(':')
    await stored((dao) => dao.update(somebody.id, { passwordHash: `quick:0:${sum}` }))
    const { promise, resolve } = Promise.withResolvers<void>()
    passwords.gate = promise
    const logins = [1, 2, 3].map(() => somebody.login())
    const change = { current: 'correct horse', next: 'another horse' }
    await new Promise((waited) => setTimeout(waited, 20))
    passwords.gate = null
    await somebody.login()
    resolve()
    expect(await Promise.all(logins.map(async (login) => isGood(await login)))).toEqual([true, true, true])
    await stored((dao) => dao.update(somebody.id, { passwordHash: `quick:0:${sum}` }))
    const { promise: again, resolve: goOn } = Promise.withResolvers<void>()
    passwords.gate = again
    const changing = asked((users) => users.changePassword(somebody.id, change))
    await new Promise((waited) => setTimeout(waited, 20))
    passwords.gate = null
    await somebody.login()
    goOn()
    expect(await isGood(await changing)).toBe(true)
    expect(await refused((users) => users.login(somebody))).toMatchObject({ code: 'LOGIN_FAILED' })
  })

  test('an attempt is counted before anything is asked or hashed, and given back where the password was right', async () => {
    const log: string[] = []
    const before = { computed: 0 }
    const attempts = {
      reserve: async ({
        account,
        address = 'nowhere',
      }: {
        readonly account: string
        readonly address?: string | undefined
      }) => {
        log.push(`${account} from ${address}`)
        if (account.startsWith('blocked')) throw new RangeError('too many')
        return { succeeded: async () => void log.push('right'), untried: () => void log.push('untried') }
      },
    }
    class Limited extends UserAccess(models.User, {
      refreshTokens: models.RefreshToken,
      tokens,
      passwords,
      attempts,
    }) {}
    const limited = <R>(work: (users: Limited) => Promise<R>) =>
      db.session(everyone, (session) => work(session.use(Limited))).catch((error: unknown) => error)
    const somebody = await person()
    before.computed = passwords.computed
    driver.calls.length = 0
    await limited((users) =>
      users.login({ email: 'BLOCKED@example.com', password: 'correct horse', address: '192.0.2.1' }),
    )
    expect([driver.calls.length, passwords.computed - before.computed]).toEqual([0, 0])
    await limited((users) => users.login({ email: somebody.email, password: 'wrong horse' }))
    await limited((users) => users.login(somebody))
    await limited((users) => users.changePassword(somebody.id, { current: 'wrong horse', next: 'another horse' }))
    await limited((users) => users.changePassword(somebody.id, { current: 'correct horse', next: 'another horse' }))
    const email = somebody.email.toLowerCase()
    const id = `password:${somebody.id}`
    expect(log).toEqual([
      'blocked@example.com from 192.0.2.1',
      `${email} from nowhere`,
      `${email} from nowhere`,
      'right',
      `${id} from nowhere`,
      `${id} from nowhere`,
      'right',
    ])
  })

  test('E5: refresh tokens that expired before an instant are cleared, of all users', async () => {
    await person()
    const inADay = new Date(Date.now() + 86_400_000)
    expect(await asked((users) => users.clearExpired({ before: inADay }))).toBe(0)
    const inAYear = new Date(Date.now() + 366 * 86_400_000)
    const count = await db.session(unscoped('a test'), (session) => session.use(RefreshTokenDao).count())
    expect(await asked((users) => users.clearExpired({ before: inAYear }))).toBe(count)
  })
}

describeEngines('users', declare, engines)
