import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dao } from 'terrace/dao'
import { unscoped } from 'terrace/database'
import { openApiDocument } from 'terrace/http'
import { testClient } from 'terrace/testing'
import type { TestClient } from 'terrace/testing'
import { app } from '../src/app.ts'
import { AuthorDao } from '../src/author/author.dao.ts'
import { models } from '../src/models.ts'
import { UserDao } from '../src/user/user.dao.ts'
import { calling, loggedIn, password, registered, registeredAs } from './support/callers.ts'
import type { Caller } from './support/callers.ts'
import { giveSecrets } from './support/secrets.ts'

giveSecrets()

const ada = { email: 'ada@example.com', password, displayName: 'Ada' }

let client: TestClient
let nobody: Caller

beforeEach(async () => {
  client = await testClient(app)
  nobody = calling(client)
})
afterEach(() => client.close())

const stored = (id: number) =>
  client.database.session(unscoped('test'), async (session) => session.use(UserDao).get(id))
const count = (): Promise<number> =>
  client.database.session(unscoped('test'), (session) => session.use(UserDao).count())

describe('B13: POST /users', () => {
  it('stores a validated user with a hashed password and answers 201 with the shape of a user', async () => {
    const response = await nobody('POST', '/v1/users', ada)
    expect(response).toMatchObject({ status: 201, headers: { location: '/v1/users/1' } })
    expect(response.json).toEqual({
      id: 1,
      email: ada.email,
      isActive: true,
      displayName: 'Ada',
      role: 'reader',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      updatedAt: expect.any(String) as string,
    })
    const row = await stored(1)
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=(\d+),t=\d+,p=1\$/)
    expect(JSON.stringify(row)).not.toContain(password)
    const author = await client.database.session(unscoped('test'), (session) =>
      session.use(AuthorDao).find({ userId: 1 }),
    )
    expect(author).toMatchObject({ name: 'Ada' })
  })

  it('refuses an e-mail that is registered by 409, in any case, through the one handler', async () => {
    await nobody('POST', '/v1/users', ada)
    const again = await nobody('POST', '/v1/users', { ...ada, email: 'ADA@Example.com' })
    expect(again).toMatchObject({ status: 409, headers: { 'content-type': 'application/problem+json' } })
    expect(again.json).toMatchObject({ title: 'Conflict', status: 409, code: 'EMAIL_TAKEN' })
    expect(await count()).toBe(1)
    const authors = await client.database.session(unscoped('test'), (session) => session.use(AuthorDao).count())
    expect(authors).toBe(1)
  })

  it('gives the user to its owner by GET /users/{id}, and to nobody else', async () => {
    const one = await registered(client, 'one')
    const two = await registered(client, 'two')
    const own = await one.call('GET', `/v1/users/${one.id}`)
    expect(own).toMatchObject({ status: 200, json: { id: one.id, email: 'one@example.com', role: 'reader' } })
    expect(own.json).not.toHaveProperty('passwordHash')
    const [other, missing] = [await one.call('GET', `/v1/users/${two.id}`), await one.call('GET', '/v1/users/999')]
    expect([other.status, missing.status]).toEqual([404, 404])
    expect(withoutRequest(other.text)).toBe(withoutRequest(missing.text))
    expect(await nobody('GET', `/v1/users/${one.id}`)).toMatchObject({ status: 401 })
  })
})

describe('B14: what is refused, with the rule that it breaks', () => {
  it.each([
    ['an e-mail of more than 255 characters', { email: `${'a'.repeat(251)}@b.de` }, '/email', 'LENGTH'],
    ['no e-mail', { email: 'ada' }, '/email', 'EMAIL'],
    ['a password of 7', { password: '1234567' }, '/password', 'LENGTH'],
    ['a password of 129', { password: 'a'.repeat(129) }, '/password', 'LENGTH'],
    ['no display name', { displayName: '' }, '/displayName', 'LENGTH'],
    ['a display name of 101', { displayName: 'a'.repeat(101) }, '/displayName', 'LENGTH'],
    ['a role', { role: 'admin' }, '/role', 'UNKNOWN'],
    ['being active', { isActive: true }, '/isActive', 'UNKNOWN'],
    ['an id', { id: 7 }, '/id', 'UNKNOWN'],
    ['a hash', { passwordHash: 'x' }, '/passwordHash', 'UNKNOWN'],
    ['a time', { createdAt: '2026-01-01T00:00:00Z' }, '/createdAt', 'UNKNOWN'],
  ])('%s', async (_what, part, path, code) => {
    const refused = await nobody('POST', '/v1/users', { ...ada, ...part })
    expect(refused).toMatchObject({ status: 422, json: { code: 'VALIDATION' } })
    expect((refused.json as { errors: object[] }).errors).toEqual([expect.objectContaining({ in: 'body', path, code })])
    expect(await count()).toBe(0)
  })

  it.each([8, 128])('not a password of %i characters', async (length) => {
    expect(await nobody('POST', '/v1/users', { ...ada, password: 'ä'.repeat(length) })).toMatchObject({ status: 201 })
    expect((await loggedIn(client, ada.email, 'ä'.repeat(length))).accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })
})

describe('B14: the model of users', () => {
  const { column, uniques } = models.User.fact

  it('has an integer id, an e-mail that is unique and so indexed, a role and a default on either side', () => {
    expect(column['id']).toMatchObject({ type: { kind: 'identity' } })
    expect(uniques).toContainEqual(expect.objectContaining({ columns: ['email'], within: [], aliveOnly: false }))
    // Client-side: the session's stamps. Server-side: a DEFAULT of the column, for other writers too.
    expect(column['createdAt']).toMatchObject({ stamp: 'createdAt', default: { kind: 'now' } })
    expect(column['isActive']).toMatchObject({ default: { kind: 'value', value: true }, readOnly: true })
    expect(column['role']).toMatchObject({ default: { kind: 'value', value: 'reader' }, readOnly: true })
  })

  it('gives rows that are usable after the commit', async () => {
    const row = await client.database.session(unscoped('test'), (session) =>
      session.use(Dao(models.Tag)).create({ name: 'Later', slug: 'later' }),
    )
    expect({ ...row, at: row.createdAt.getTime() }).toMatchObject({
      name: 'Later',
      slug: 'later',
      at: expect.any(Number) as number,
    })
  })
})

describe('B14: the document', () => {
  const document = openApiDocument(app) as unknown as {
    readonly paths: Readonly<
      Record<
        string,
        Readonly<
          Record<string, { readonly tags: readonly string[]; readonly security?: object[]; readonly responses: object }>
        >
      >
    >
    readonly components: Readonly<Record<'securitySchemes' | 'parameters', Readonly<Record<string, object>>>>
  }

  it('has every route below the prefix, each with a tag, and says which need an account and by which scheme', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      expect(path).toMatch(/^\/v1\//)
      for (const { tags } of Object.values(operations)) expect(tags).toHaveLength(1)
    }
    expect(document.paths['/v1/users/{id}']?.['get']?.security).toEqual([{ account: [] }])
    expect(document.paths['/v1/posts']?.['get']?.security ?? []).toEqual([])
    expect(document.components.securitySchemes['account']).toMatchObject({ type: 'http', scheme: 'bearer' })
  })

  it('lists 20 rows at once where nothing is asked', () => {
    const limit = JSON.stringify(document.components.parameters['Limit'])
    expect(limit).toContain('default 20')
    expect(limit).toContain('"maximum":100')
  })

  it('says that a policy may refuse', () => {
    const responses = (path: string, method: string) => Object.keys(document.paths[path]?.[method]?.responses ?? {})
    expect(responses('/v1/posts/{id}', 'patch')).toContain('403')
    expect(responses('/v1/drafts', 'post')).toContain('403')
    expect(responses('/v1/drafts/{id}', 'get')).not.toContain('403')
  })
})

describe('B11: an account', () => {
  it('is that of the token, and says who one is', async () => {
    const one = await registered(client, 'one')
    expect(await one.call('GET', '/v1/auth/me')).toMatchObject({ status: 200, json: { id: one.id, email: one.email } })
    expect(await nobody('GET', '/v1/auth/me')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
    expect(await calling(client, 'a.b.c')('GET', '/v1/auth/me')).toMatchObject({ status: 401 })
  })

  it('is entered with the right password only, and answers alike whatever is wrong', async () => {
    await registered(client, 'one')
    const wrong = await nobody('POST', '/v1/auth/login', { email: 'one@example.com', password: 'wrong password' })
    const unknown = await nobody('POST', '/v1/auth/login', { email: 'two@example.com', password })
    expect(wrong).toMatchObject({ status: 401, json: { code: 'LOGIN_FAILED' } })
    expect(withoutRequest(unknown.text)).toBe(withoutRequest(wrong.text))
  })

  it('has its password hashed anew when it changes, and every earlier login ended', async () => {
    const one = await registered(client, 'one')
    const before = (await stored(one.id))?.passwordHash
    const next = 'another horse, another staple'
    const refused = await one.call('POST', '/v1/auth/password', { current: 'wrong', next })
    expect(refused).toMatchObject({ status: 403, json: { code: 'PASSWORD_WRONG' } })
    const changed = await one.call('POST', '/v1/auth/password', { current: password, next })
    expect(changed).toMatchObject({ status: 200, json: { tokenType: 'Bearer', expiresIn: 900 } })
    const after = (await stored(one.id))?.passwordHash
    expect(after).toMatch(/^\$argon2id\$/)
    expect(after).not.toBe(before)
    expect(await one.call('GET', '/v1/auth/me')).toMatchObject({ status: 401 })
    expect(await nobody('POST', '/v1/auth/refresh', { refreshToken: one.refreshToken })).toMatchObject({ status: 401 })
    expect(await nobody('POST', '/v1/auth/login', { email: one.email, password })).toMatchObject({ status: 401 })
    const { accessToken } = changed.json as { readonly accessToken: string }
    expect(await calling(client, accessToken)('GET', '/v1/auth/me')).toMatchObject({ status: 200 })
    await loggedIn(client, one.email, next)
  })

  it('is left by logging out, and stays in by the refresh token that was given last', async () => {
    const one = await registered(client, 'one')
    const refreshed = await nobody('POST', '/v1/auth/refresh', { refreshToken: one.refreshToken })
    const { accessToken, refreshToken } = refreshed.json as { accessToken: string; refreshToken: string }
    expect(refreshToken).not.toBe(one.refreshToken)
    expect(await calling(client, accessToken)('GET', '/v1/auth/me')).toMatchObject({ status: 200 })
    expect(await nobody('POST', '/v1/auth/logout', { refreshToken })).toMatchObject({ status: 204 })
    expect(await calling(client, accessToken)('GET', '/v1/auth/me')).toMatchObject({ status: 401 })
  })

  it('is renamed by its owner, for everybody to see', async () => {
    const one = await registered(client, 'one')
    expect(await one.call('PATCH', `/v1/users/${one.id}`, { displayName: 'First' })).toMatchObject({ status: 200 })
    expect((await nobody('GET', '/v1/authors')).json).toMatchObject([{ name: 'First' }])
    expect((await nobody('GET', '/v1/authors')).text).not.toContain('example.com')
    expect(await one.call('PATCH', `/v1/users/${one.id}`, { email: 'x@example.com' })).toMatchObject({ status: 422 })
  })
})

describe('admins', () => {
  it('list, promote, disable and enable, which acts on the next request', async () => {
    const admin = await registeredAs(client, 'root', 'admin')
    const one = await registered(client, 'one')
    const listed = (await admin.call('GET', '/v1/users?sort=id')).json
    expect(listed).toMatchObject([{ email: 'root@example.com' }, { email: 'one@example.com' }])
    expect(await admin.call('GET', `/v1/users/${one.id}`)).toMatchObject({ status: 200, json: { role: 'reader' } })
    const draft = { title: 'x', slug: 'x', body: 'x' }
    expect(await one.call('POST', '/v1/drafts', draft)).toMatchObject({ status: 403 })
    const role = (to: string) => admin.call('PUT', `/v1/users/${one.id}/role`, { role: to })
    expect(await role('author')).toMatchObject({ status: 200, json: { role: 'author' } })
    expect(await one.call('POST', '/v1/drafts', draft)).toMatchObject({ status: 201 })
    expect(await role('king')).toMatchObject({ status: 422 })
    expect(await admin.call('POST', `/v1/users/${one.id}/disable`)).toMatchObject({ json: { isActive: false } })
    expect(await one.call('GET', '/v1/auth/me')).toMatchObject({ status: 401 })
    expect(await nobody('POST', '/v1/auth/login', { email: one.email, password })).toMatchObject({ status: 401 })
    expect(await admin.call('POST', `/v1/users/${one.id}/enable`)).toMatchObject({ json: { isActive: true } })
    await loggedIn(client, one.email)
    expect(await admin.call('PUT', '/v1/users/999/role', { role: 'author' })).toMatchObject({ status: 404 })
  })

  it('are the only ones who may, and the last one stays', async () => {
    const [admin, author] = [await registeredAs(client, 'root', 'admin'), await registeredAs(client, 'one', 'author')]
    const calls: readonly (readonly [string, string, unknown?])[] = [
      ['GET', '/v1/users'],
      ['PUT', `/v1/users/${author.id}/role`, { role: 'admin' }],
      ['POST', `/v1/users/${admin.id}/disable`],
      ['POST', `/v1/users/${admin.id}/enable`],
      ['GET', '/v1/admin/drafts'],
      ['POST', '/v1/tags', { name: 'x', slug: 'x' }],
    ]
    for (const [method, url, body] of calls) {
      expect(await author.call(method, url, body)).toMatchObject({ status: 403, json: { code: 'ROLE_MISSING' } })
      expect(await nobody(method, url, body)).toMatchObject({ status: 401 })
    }
    for (const [method, url, body] of [
      ['POST', `/v1/users/${admin.id}/disable`],
      ['PUT', `/v1/users/${admin.id}/role`, { role: 'author' }],
    ] as const)
      expect(await admin.call(method, url, body)).toMatchObject({ status: 409, json: { code: 'LAST_ADMIN' } })
    expect(await admin.call('PUT', `/v1/users/${author.id}/role`, { role: 'admin' })).toMatchObject({ status: 200 })
    expect(await admin.call('PUT', `/v1/users/${admin.id}/role`, { role: 'reader' })).toMatchObject({ status: 200 })
  })
})

function withoutRequest(text: string): string {
  return text.replace(/"requestId":"[^"]*"/, '')
}
