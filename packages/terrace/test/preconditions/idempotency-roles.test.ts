import { expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { anyOf, apiKeyHeader, authentication, bearer, group, plain, route } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { models } from './idempotent-app.ts'

/** Credentials are a name and its roles: `ann+admin`. */
const proving = {
  verify: ({ token }: { readonly token: string }) => Promise.resolve(token.split('+')),
  actor: ([name = '']: readonly string[]) => ({ Person: name }),
  roles: ([, ...roles]: readonly string[]) => roles,
}
const person = authentication('person', { scheme: bearer({ form: () => true }), ...proving })
const key = authentication('key', { scheme: apiKeyHeader({ form: () => true }), ...proving })

const reports = route('POST /reports', {
  summary: 'What the roles of the caller let them see',
  body: shape({ about: text() }),
  responses: { 200: shape({ seen: text() }) },
  handler: ({ body, roles }) => ({ seen: roles.includes('admin') ? `all of ${body.about}` : 'little' }),
})

const app = createApp({
  title: 'Reports',
  version: '1.0.0',
  models,
  responses: plain,
  idempotency: { keys: models.IdempotencyKey },
  routes: [group({ auth: anyOf(person, key) }, { reports })],
})

test('X4: what an administrator was answered is given again to no credential of theirs with other roles', async () => {
  const client = await testClient(app, { log: 'silent' })
  const ask = (credential: Readonly<Record<string, string>>) =>
    client.post('/reports', { about: 'ann' }, { ...credential, 'idempotency-key': 'one' })
  const first = await ask({ authorization: 'Bearer ann+admin+editor' })
  expect(first.json).toEqual({ seen: 'all of ann' })
  for (const credential of [{ authorization: 'Bearer ann' }, { 'x-api-key': 'ann+editor' }]) {
    const { status, json, text: told } = await ask(credential)
    expect([status, (json as { code: string }).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect(told).not.toContain('all of')
  }
  const again = await ask({ 'x-api-key': 'ann+editor+admin' })
  expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true'])
  await client.close()
})
