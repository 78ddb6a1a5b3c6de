import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { ApiKeyAccess, apiKeyColumns, isApiKeyText, isSeenDue } from '../../src/auth/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { list, read, shape } from '../../src/dto/index.ts'
import { errors } from '../../src/errors/index.ts'
import { anyOf, apiKeyHeader, authentication, bearer, group, plain, route } from '../../src/http/index.ts'
import { actor, array, boolean, graph, identity, model, oneOf, owner, text, uuid } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { oneOfEachEngine } from '../support/one-of-each-engine.ts'

const User = model(
  'users',
  {
    id: identity(),
    name: text().length(1, 40),
    isActive: boolean().default(true),
    role: oneOf('reader', 'admin').default('reader'),
  },
  { access: actor() },
)
const models = graph({
  User,
  ApiKey: model('api_keys', apiKeyColumns(User)),
  Note: model('notes', { id: uuid().primaryKey(), userId: owner(User), title: text().length(1, 40) }),
})
class UserDao extends Dao(models.User) {}
class NoteDao extends Dao(models.Note) {
  async all() {
    return (await this.list({ sort: ['title'] })).rows
  }
}
class ApiKeyService extends ApiKeyAccess(models.ApiKey, {
  users: models.User,
  roles: ({ role }) => [role],
  kind: 'demo',
}) {}

const user = authentication('user', {
  scheme: bearer({ form: (token) => /^user-\d+$/.test(token) }),
  verify: ({ token, session }) => session.use(UserDao).get(Number(token.slice(5))),
  actor: ({ id }) => ({ User: id }),
  roles: ({ role }) => [role],
})
const apiKey = authentication('apiKey', {
  scheme: apiKeyHeader(),
  verify: ({ token, session }) => session.use(ApiKeyService).verify(token),
  actor: ({ user: { id } }) => ({ User: id }),
  roles: ({ roles }) => roles,
  seen: {
    isDue: ({ key }, nowMs) => isSeenDue(key.lastUsedAt, nowMs),
    record: ({ row, session }) => session.use(ApiKeyService).recordUsed(row),
  },
  quotas: [{ max: 5, windowMs: 600_000 }],
  quotaKey: ({ key }) => key.id,
})

const notes = route('GET /notes', {
  summary: 'Notes of the caller',
  responses: { 200: list(read(models.Note)) },
  use: { notes: NoteDao },
  handler: ({ use }) => use.notes.all(),
})
const secrets = route('GET /secrets', {
  summary: 'What only administrators see',
  roles: ['admin'],
  responses: { 200: shape({ ok: boolean() }) },
  handler: () => ({ ok: true }),
})
const newKey = shape({ name: text().length(1, 100), scopes: array(text()) })
const keys = route('POST /keys', {
  summary: 'A new key, shown this once',
  body: newKey,
  errors: [errors.API_KEY_SCOPES],
  responses: { 201: shape({ key: text(), id: uuid(), prefix: text() }) },
  use: { keys: ApiKeyService },
  handler: async ({ body, use, roles }) => {
    const { key, row } = await use.keys.issue({ name: body.name, scopes: body.scopes }, { roles })
    return { key, id: row.id, prefix: row.prefix }
  },
})
const app = createApp({
  title: 'Keys',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [group({ prefix: '/v1', auth: anyOf(user, apiKey) }, { notes, secrets }), group({ auth: user }, { keys })],
})

describeEngines(
  'API keys',
  (engine) => {
    let db: Database
    let client: TestClient
    beforeAll(async () => {
      db = await openDatabase((await engine.fresh()).url, { models })
      client = await testClient(app, { database: db })
    }, 120_000)
    afterAll(async () => {
      await client.close()
      await db.close()
    })

    async function newUser(role: 'reader' | 'admin' = 'reader') {
      const { id } = await db.session(unscoped('a test'), (session) =>
        session.use(UserDao).create({ name: 'Ann', role }),
      )
      const asUser = { authorization: `Bearer user-${id}` }
      const make = async (scopes: readonly string[] = []) => {
        const made = await client.post('/keys', { name: 'ci', scopes }, asUser)
        return made.json as {
          readonly key: string
          readonly id: string
          readonly prefix: string
          readonly code: string
        }
      }
      const change = (values: { readonly isActive?: boolean; readonly role?: 'reader' | 'admin' }) =>
        db.session(unscoped('a test'), (session) => session.use(UserDao).update(id, values))
      return { id, asUser, make, change }
    }
    const withKey = (url: string, key: string) => client.get(url, { 'x-api-key': key })

    test('a key acts as its user, and only the hash of it is kept', async () => {
      const [mine, other] = [await newUser(), await newUser()]
      const { key, prefix } = await mine.make()
      for (const { id } of [mine, other])
        await db.session(actingAs(models.User, id), (session) => session.use(NoteDao).create({ title: `of ${id}` }))
      expect(isApiKeyText(key)).toBe(true)
      expect(key.startsWith(`${prefix}_`)).toBe(true)
      expect(prefix).toMatch(/^demo_[0-9a-f]{8}$/)
      expect((await withKey('/v1/notes', key)).json).toMatchObject([{ title: `of ${mine.id}` }])
      expect((await client.get('/v1/notes', mine.asUser)).json).toMatchObject([{ title: `of ${mine.id}` }])
      const stored = await db.session(unscoped('a test'), (session) => session.use(Dao(models.ApiKey)).list())
      expect(JSON.stringify(stored.rows)).not.toContain(key.slice(prefix.length + 1))
    })

    test('what is no key, or a key of nobody, is refused, and says what to send', async () => {
      const { make } = await newUser()
      const { key } = await make()
      const turned = key.slice(0, -2) + (key.at(-2) === 'A' ? 'B' : 'A') + key.slice(-1)
      for (const wrong of ['', 'x', turned, `${key} `, key.toUpperCase()]) {
        const answer = await withKey('/v1/notes', wrong)
        expect([wrong, answer.status]).toEqual([wrong, 401])
        expect(answer.headers['www-authenticate']).toBe('Bearer, ApiKey header="X-API-Key"')
      }
      expect((await client.post('/keys', { name: 'x', scopes: [] }, { 'x-api-key': key })).status).toBe(401)
    })

    test('a key has no more roles than it was given, and its user has', async () => {
      const admin = await newUser('admin')
      const [plainKey, adminKey] = [await admin.make(), await admin.make(['admin'])]
      expect((await withKey('/v1/secrets', plainKey.key)).status).toBe(403)
      expect((await withKey('/v1/secrets', adminKey.key)).status).toBe(200)
      await admin.change({ role: 'reader' })
      expect((await withKey('/v1/secrets', adminKey.key)).status).toBe(403)
      expect((await admin.make(['admin'])).code).toBe('API_KEY_SCOPES')
    })

    test('a key is refused once it is revoked, expired, or its user is not active or gone', async () => {
      const mine = await newUser()
      const status = async (key: string) => (await withKey('/v1/notes', key)).status
      const acting = <R>(work: (service: ApiKeyService) => Promise<R>) =>
        db.session(actingAs(models.User, mine.id), (session) => work(session.use(ApiKeyService)))
      const [one, two] = [await mine.make(), await mine.make()]
      const revoked = await acting((service) => service.revoke(one.id))
      expect(revoked.revokedAt).toBeInstanceOf(Date)
      expect(await acting((service) => service.revoke(one.id))).toEqual(revoked)
      expect([await status(one.key), await status(two.key)]).toEqual([401, 200])
      await mine.change({ isActive: false })
      expect(await status(two.key)).toBe(401)
      await mine.change({ isActive: true })
      expect(await status(two.key)).toBe(200)
      const { key, row } = await acting((service) =>
        service.issue({ name: 'short', expiresAt: new Date(Date.now() + 300) }, { roles: [] }),
      )
      expect(row.expiresAt).toBeInstanceOf(Date)
      await new Promise((resolve) => setTimeout(resolve, 350))
      expect(await status(key)).toBe(401)
      const past = acting((service) => service.issue({ name: 'past', expiresAt: new Date(0) }, { roles: [] }))
      await expect(past).rejects.toEqual(expect.objectContaining({ code: 'VALIDATION' }))
      await db.session(unscoped('a test'), (session) => session.use(UserDao).delete(mine.id))
      expect(await status(two.key)).toBe(401)
    })

    test("another user's key is not there to revoke", async () => {
      const [mine, other] = [await newUser(), await newUser()]
      const { id, key } = await other.make()
      const revoke = db.session(actingAs(models.User, mine.id), (session) => session.use(ApiKeyService).revoke(id))
      await expect(revoke).rejects.toEqual(expect.objectContaining({ code: 'NOT_FOUND' }))
      expect((await withKey('/v1/notes', key)).status).toBe(200)
    })

    test('each key has its quota, told in each answer; then 429 with the time to wait', async () => {
      const mine = await newUser()
      const [one, two] = [await mine.make(), await mine.make()]
      const answers = []
      for (let at = 0; at < 7; at += 1) answers.push(await withKey('/v1/notes', one.key))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429])
      expect(answers[0]?.headers['ratelimit']).toBe('"apiKey-600s";r=4;t=120')
      expect(answers[0]?.headers['ratelimit-policy']).toBe('"apiKey-600s";q=5;w=600')
      expect(answers[5]?.json).toMatchObject({ code: 'QUOTA_EXCEEDED' })
      const seconds = Number(answers[5]?.headers['retry-after'])
      expect([seconds > 100, seconds <= 120]).toEqual([true, true])
      expect((await withKey('/v1/notes', two.key)).status).toBe(200)
      expect((await client.get('/v1/notes', mine.asUser)).status).toBe(200)
    })

    test('when it was last used is noted', async () => {
      const mine = await newUser()
      const { key, id } = await mine.make()
      const lastUsed = () =>
        db.session(actingAs(models.User, mine.id), async (session) => {
          return (await session.use(Dao(models.ApiKey)).get(id))?.lastUsedAt
        })
      expect(await lastUsed()).toBeNull()
      await withKey('/v1/notes', key)
      expect(await lastUsed()).toBeInstanceOf(Date)
    })
  },
  oneOfEachEngine,
)

test('the OpenAPI document says that either credential will do, and what a quota answers', async () => {
  const client = await testClient(app)
  try {
    const document = (await client.get('/openapi.json')).json as {
      readonly paths: Record<string, Record<string, { readonly security: unknown; readonly responses: object }>>
      readonly components: { readonly securitySchemes: unknown }
    }
    expect(document.components.securitySchemes).toEqual({
      user: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
      apiKey: expect.objectContaining({ type: 'apiKey', in: 'header', name: 'X-API-Key' }),
    })
    expect(document.paths['/v1/notes']?.['get']?.security).toEqual([{ user: [] }, { apiKey: [] }])
    expect(document.paths['/keys']?.['post']?.security).toEqual([{ user: [] }])
  } finally {
    await client.close()
  }
})

test('a model that is none of keys is refused with what it lacks', () => {
  expect(() => ApiKeyAccess(models.Note, { users: models.User })).toThrow(
    expect.objectContaining({
      code: 'MODEL_DECLARATION',
      message: 'ApiKeyAccess(Note): it has no name, prefix, keyHash, scopes, expiresAt, lastUsedAt, revokedAt',
    }),
  )
  expect(() => ApiKeyAccess(models.ApiKey, { users: models.User, kind: 'my key' })).toThrow('is no word')
})
