import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import type { IssuedTokens } from '../../src/auth/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { everyone } from '../../src/database/index.ts'
import { list, read } from '../../src/dto/index.ts'
import { group, override, plain, route, userRoutes } from '../../src/http/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { app, currentUser, user } from './user-app.ts'
import { ada, models, UserService } from './user-models.ts'

let client: TestClient

beforeAll(async () => {
  client = await testClient(app)
})
afterAll(() => client.close())

const as = ({ accessToken }: IssuedTokens) => ({ authorization: `Bearer ${accessToken}` })

async function login(email: string, password = 'correct horse'): Promise<IssuedTokens> {
  const { status, json } = await client.post('/v1/auth/login', { email, password })
  expect(status).toBe(200)
  return json as IssuedTokens
}

test('B13: registering answers 201 with the user, without anything of the password; the same e-mail 409', async () => {
  const created = await client.post('/v1/auth/register', ada)
  expect(created.status).toBe(201)
  expect(created.headers['cache-control']).toBe('no-store')
  expect(created.json).toEqual({
    id: expect.any(Number),
    email: 'Ada@Example.com',
    isActive: true,
    displayName: 'Ada',
    role: 'reader',
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  })
  const again = await client.post('/v1/auth/register', { ...ada, email: 'ADA@example.com' })
  expect([again.status, again.json]).toMatchObject([409, { code: 'EMAIL_TAKEN' }])
})

test('B14: what breaks a rule is 422, with a pointer to it', async () => {
  for (const [name, value] of [
    ['password', 'short'],
    ['password', 'p'.repeat(129)],
    ['email', 'no e-mail'],
    ['email', `${'x'.repeat(250)}@example.com`],
    ['displayName', ''],
    ['displayName', 'x'.repeat(101)],
    ['role', 'admin'],
    ['isActive', true],
    ['passwordHash', 'x'],
    ['id', 1],
  ]) {
    const { status, json } = await client.post('/v1/auth/register', {
      ...ada,
      email: 'eve@example.com',
      [name as string]: value,
    })
    expect([status, json]).toMatchObject([422, { errors: [{ in: 'body', path: `/${name}` }] }])
  }
})

test('a whole life: log in, who am I, refresh, change the password, log out', async () => {
  const first = await login('ada@example.com')
  expect((await client.get('/v1/auth/me', as(first))).json).toMatchObject({ email: 'Ada@Example.com' })
  const refreshed = await client.post('/v1/auth/refresh', { refreshToken: first.refreshToken })
  expect([refreshed.status, refreshed.headers['cache-control']]).toEqual([200, 'no-store'])
  const second = refreshed.json as IssuedTokens
  const change = { current: 'correct horse', next: 'another horse' }
  const wrong = await client.post('/v1/auth/password', { ...change, current: 'wrong horse' }, as(second))
  expect([wrong.status, wrong.json]).toMatchObject([403, { code: 'PASSWORD_WRONG' }])
  const changed = await client.post('/v1/auth/password', change, as(second))
  expect(changed.status).toBe(200)
  expect((await client.get('/v1/auth/me', as(second))).status).toBe(401)
  const third = changed.json as IssuedTokens
  expect((await client.get('/v1/auth/me', as(third))).status).toBe(200)
  expect((await client.post('/v1/auth/logout', { refreshToken: third.refreshToken })).status).toBe(204)
  expect((await client.get('/v1/auth/me', as(third))).status).toBe(401)
  expect((await client.post('/v1/auth/password', change, as(third))).status).toBe(401)
  await login('ada@example.com', 'another horse')
})

test('an unknown e-mail and a wrong password are one answer', async () => {
  const answers = await Promise.all(
    [
      { email: 'unknown@example.com', password: 'correct horse' },
      { email: 'ada@example.com', password: 'wrong horse' },
      { email: 'no e-mail at all', password: 'x' },
    ].map((body) => client.post('/v1/auth/login', body)),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers[0]?.json).toMatchObject({ code: 'LOGIN_FAILED' })
  expect(answers[0]?.headers['www-authenticate']).toBe('Bearer')
})

test('a refresh token that comes a second time ends the login, though its request is rolled back', async () => {
  await client.post('/v1/auth/register', { ...ada, email: 'bob@example.com' })
  const first = await login('bob@example.com')
  const second = (await client.post('/v1/auth/refresh', { refreshToken: first.refreshToken })).json as IssuedTokens
  expect((await client.get('/v1/auth/me', as(second))).status).toBe(200)
  const reused = await client.post('/v1/auth/refresh', { refreshToken: first.refreshToken })
  expect([reused.status, reused.json]).toMatchObject([401, { code: 'REFRESH_FAILED' }])
  expect((await client.get('/v1/auth/me', as(second))).status).toBe(401)
  expect((await client.post('/v1/auth/refresh', { refreshToken: second.refreshToken })).status).toBe(401)
})

test('B10, B11: an admin is let in by a chain of dependencies, or by the roles of a group; others are 403', async () => {
  const boss = { ...ada, email: 'boss@example.com' }
  await client.database.session(everyone, (session) => session.use(UserService).register(boss, { role: 'admin' }))
  const [admin, reader] = [await login('boss@example.com'), await login('ada@example.com', 'another horse')]
  for (const path of ['/v1/admin/self', '/v1/admins/self']) {
    expect((await client.get(path)).status).toBe(401)
    const refused = await client.get(path, as(reader))
    expect([refused.status, refused.json]).toMatchObject([403, { code: 'ROLE_MISSING' }])
    expect((await client.get(path, as(admin))).json).toMatchObject({ email: 'boss@example.com', role: 'admin' })
  }
})

test('B10: a test puts somebody else in the place of the current user', async () => {
  const somebody = {
    id: 7,
    email: 'fake@example.com',
    passwordHash: null,
    isActive: true,
    displayName: 'Fake',
    role: 'admin',
    createdAt: new Date(0),
    updatedAt: new Date(0),
  } as const
  const other = await testClient(app, { as: 7, override: [override(currentUser, () => somebody)] })
  expect((await other.get('/v1/admin/self')).json).toMatchObject({ email: 'fake@example.com' })
  await other.close()
})

test('B14: the document has a bearer scheme for the routes that need a user, and none for the others', async () => {
  const { paths, components } = (await client.get('/openapi.json')).json as {
    readonly paths: Readonly<
      Record<string, Readonly<Record<string, { readonly security: unknown; readonly operationId: string }>>>
    >
    readonly components: { readonly securitySchemes: unknown }
  }
  expect(components.securitySchemes).toMatchObject({ user: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } })
  const facts = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map(({ operationId, security }) => [path, operationId, JSON.stringify(security)]),
  )
  expect(facts.slice(0, 6)).toEqual([
    ['/v1/auth/register', 'registerUser', '[]'],
    ['/v1/auth/login', 'login', '[]'],
    ['/v1/auth/refresh', 'refresh', '[]'],
    ['/v1/auth/logout', 'logout', '[]'],
    ['/v1/auth/password', 'changePassword', '[{"user":[]}]'],
    ['/v1/auth/me', 'me', '[{"user":[]}]'],
  ])
})

test('logins may be shown beside the routes of users: no name of theirs is that of the model of refresh tokens', () => {
  const logins = route('GET /auth/logins', {
    summary: 'Where the caller is logged in',
    responses: { 200: list(read(models.RefreshToken)) },
    use: { logins: Dao(models.RefreshToken) },
    handler: async ({ use }) => (await use.logins.list()).rows,
  })
  const routes = [userRoutes(UserService, { auth: user }), group({ auth: user }, { logins })]
  expect(() => createApp({ title: 'Logins', version: '1.0.0', models, responses: plain, routes })).not.toThrow()
})

test('none of the routes keeps an answer to be given again: there are tokens in it', () => {
  const ofUsers = app.routes.filter(({ path }) => path.startsWith('/v1/auth/'))
  expect(ofUsers).toHaveLength(6)
  expect(ofUsers.filter(({ idempotency }) => idempotency !== null)).toEqual([])
})
