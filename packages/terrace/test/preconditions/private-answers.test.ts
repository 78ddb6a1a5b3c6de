import { expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { errors } from '../../src/errors/index.ts'
import { apiKeyHeader, authentication, group, plain, publicAccess, reply, route } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { models } from './models.ts'

const key = authentication('key', {
  scheme: apiKeyHeader({ form: () => true }),
  verify: ({ token }) => Promise.resolve(token),
  actor: (id) => ({ Person: id }),
})
const responses = { 200: shape({ name: text() }) }

const mine = route('GET /mine', { summary: 'Of the caller', responses, handler: () => ({ name: 'ann' }) })
const missing = route('GET /missing', {
  summary: 'Not there, for this caller',
  responses,
  errors: [errors.NOT_FOUND],
  handler: () => Promise.reject(errors.NOT_FOUND({ values: { model: 'Name' } })),
})
const once = route('GET /once', {
  summary: 'Kept by nobody',
  responses,
  handler: () => reply(200, { name: 'ann' }, { 'cache-control': 'no-store' }),
})
const open = route('GET /open', { summary: 'Of everybody', responses, handler: () => ({ name: 'all' }) })

const app = createApp({
  title: 'Names',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [group({ auth: key }, { mine, missing, once }), group({ auth: publicAccess('open') }, { open })],
})

test('what is read with a key of one’s own is kept for nobody else, by routes by hand and refusals too', async () => {
  const client = await testClient(app, { log: 'silent' })
  const told = async (path: string, headers: Readonly<Record<string, string>> = { 'x-api-key': 'ann' }) => {
    const answer = await client.get(path, headers)
    return [answer.status, answer.headers['cache-control']]
  }
  expect(await told('/mine')).toEqual([200, 'private, no-cache'])
  expect(await told('/missing')).toEqual([404, 'private, no-cache'])
  expect(await told('/mine', {})).toEqual([401, 'private, no-cache'])
  expect(await told('/once')).toEqual([200, 'no-store'])
  expect(await told('/open')).toEqual([200, undefined])
  await client.close()
})
