import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryUrl, openDatabase } from '../connect/index.ts'
import { everyone } from '../database/index.ts'
import type { Database } from '../database/index.ts'
import { actor, boolean, graph, shared, identity, model, text, uuid } from '../model/index.ts'
import { hashedPasswords } from './hashed-passwords.ts'
import { jwtTokens } from './jwt-tokens.ts'
import type { Passwords } from './passwords.ts'
import { refreshTokenColumns } from './refresh-token-columns.ts'
import { UserAccess } from './user-access.ts'
import { userCredentials } from './user-credentials.ts'

const email = text().length(3, 255).email().ignoreCase().unique({ global: true })
const User = model('users', { id: uuid().primaryKey(), email, ...userCredentials() }, { access: actor() })
const models = graph({ User, RefreshToken: model('refresh_tokens', refreshTokenColumns(User)) })
const tokens = jwtTokens({ issuer: 'i', audience: 'a', keys: () => [{ id: 'k', secret: 's'.repeat(32) }] })
class Users extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens }) {}

let db: Database
let statements = 0
let nowMs = Date.UTC(2026, 0, 1)

beforeAll(async () => {
  const observer = { statement: () => void (statements += 1) }
  db = await openDatabase(memoryUrl, { models, clock: () => nowMs, observer })
})
afterAll(() => db.close())

const asked = <R>(work: (users: Users) => Promise<R>) => db.session(everyone, (session) => work(session.use(Users)))
const days = (count: number) => count * 86_400_000

test('everything that the models lack is named at once, with the lines to write', () => {
  const Person = model(
    'people',
    { id: identity(), email: text().length(3, 255), isActive: boolean() },
    { access: actor() },
  )
  const Session = model('sessions', { id: uuid().primaryKey() }, { access: shared({ write: 'nobody' }) })
  const others = graph({ Person, Session })
  expect(() => UserAccess(others.Person, { refreshTokens: others.Session, tokens })).toThrow(
    expect.objectContaining({
      code: 'MODEL_DECLARATION',
      message:
        'UserAccess(Person): email must be a text column that is unique without case; passwordHash and isActive must be those of userCredentials(); Session must have the columns of refreshTokenColumns(Person)',
      remedy:
        "Declare: email: text().length(3, 255).email().ignoreCase().unique({ global: true }), ...userCredentials(), Session: model('sessions', refreshTokenColumns(Person))",
    }),
  )
  expect(() => UserAccess(models.User, { refreshTokens: others.Session, tokens })).toThrow(/is of another graph/)
})

test('an access token lasts a quarter of an hour, a login thirty days however often it is refreshed', async () => {
  await asked((users) => users.register({ email: 'ada@example.com', password: 'correct horse' }))
  let issued = await asked((users) => users.login({ email: 'ADA@example.com', password: 'correct horse' }))
  const isGood = async () => (await asked((users) => users.verify(issued.accessToken))) !== null
  nowMs += 899_000
  expect(await isGood()).toBe(true)
  nowMs += 1_000
  expect(await isGood()).toBe(false)
  for (let day = 1; day < 30; day++) {
    nowMs = Date.UTC(2026, 0, 1) + days(day)
    issued = await asked((users) => users.refresh(issued.refreshToken))
  }
  expect(await isGood()).toBe(true)
  nowMs = Date.UTC(2026, 0, 1) + days(30)
  await expect(asked((users) => users.refresh(issued.refreshToken))).rejects.toMatchObject({ code: 'REFRESH_FAILED' })
  expect(await asked((users) => users.clearExpired({ before: new Date(nowMs) }))).toBe(0)
  expect(await asked((users) => users.clearExpired({ before: new Date(nowMs + 1) }))).toBe(30)
})

test('an unknown e-mail, a wrong password and a disabled user cost the same: one hash, and as many statements', async () => {
  const hashed = hashedPasswords()
  const compared: (string | null)[] = []
  const passwords: Passwords = {
    hash: (password) => hashed.hash(password),
    verify: (password, stored) => {
      compared.push(stored)
      return hashed.verify(password, stored)
    },
  }
  class Counted extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens, passwords }) {}
  const counted = <R>(work: (users: Counted) => Promise<R>) =>
    db.session(everyone, (session) => work(session.use(Counted)))
  const { id } = await counted((users) => users.register({ email: 'gone@example.com', password: 'correct horse' }))
  await counted((users) => users.disable(id))
  const costs: unknown[] = []
  for (const tried of ['ada@example.com', 'nobody@example.com', 'gone@example.com']) {
    compared.length = 0
    statements = 0
    const refused = await counted((users) => users.login({ email: tried, password: 'wrong horse' })).catch(String)
    costs.push([refused, compared.length, statements])
  }
  const one = ['AuthenticationError: The e-mail or the password is wrong', 1, 1]
  expect(costs).toEqual([one, one, one])
})
