import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import { read } from '../../src/dto/index.ts'
import { openApiDocument } from '../../src/http/index.ts'
import type { ResourceOptions } from '../../src/http/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { journalApp } from './journal-app.ts'
import { journalModels } from './journal-models.ts'

const { User, Post } = journalModels

let client: TestClient
beforeAll(async () => {
  client = await testClient(journalApp(), { as: actingAs(User, 'ann') })
  await client.database.session(unscoped('test'), async (session) => {
    await session.use(Dao(User)).create({ id: 'ann', name: 'Ann' })
    const post = (id: string, title: string, body: string) =>
      session.use(Dao(Post)).create({ id, title, body, kind: 'note', userId: 'ann', pin: 4711 })
    await post('a', 'Straßen und ÄPFEL', 'Red fruit grows here')
    await post('b', '100% ﬁne', 'a_b\\c')
    await post('c', 'Nothing', "Robert'); DROP TABLE posts;--")
  })
})
afterAll(() => client.close())

const found = async (query: string) => {
  const { status, json } = await client.get(`/v1/posts?${query}`)
  return [status, status === 200 ? (json as { id: string }[]).map(({ id }) => id).join(' ') : json]
}

test.each([
  ['q=äpfel', 'a'],
  ['q=fruit+ÄPFEL', 'a'],
  ['q=Fruit', ''],
  ['q=nothing+table', ''],
  ['q=TABLE', 'c'],
  ['q=FINE', 'b'],
  ['q=%25', 'b'],
  ['q=_', 'b'],
  ['q=%5C', 'b'],
  [`q=${encodeURIComponent("');")}`, 'c'],
  ['q=', 'a b c'],
  ['q=+%09%0A%E3%80%80', 'a b c'],
  ['q=e&title=nothing', 'c'],
  ['q=e&or[x][title]=nothing&or[y][id]=a', 'a c'],
  ['q=4711', ''],
])('%s', async (query, ids) => {
  expect(await found(query)).toEqual([200, ids])
})

test.each([
  [`q=${Array.from({ length: 11 }, (_, at) => `w${at}`).join('+')}`, 'TOO_MANY'],
  [`q=${'x'.repeat(201)}`, 'LENGTH'],
  ['q=%00', 'TEXT'],
  ['q=a&q=b', 'REPEATED'],
])('refuses %s', async (query, code) => {
  expect(await found(query)).toMatchObject([422, { errors: [{ in: 'query', path: '/q', code }] }])
})

test('the same word twice is one, and a text may have 200 characters, however they are written', async () => {
  expect(await found(`q=${Array.from({ length: 40 }, () => 'e').join('+')}`)).toEqual([200, 'a b c'])
  expect(await found(`q=${encodeURIComponent('😀'.repeat(200))}`)).toEqual([200, ''])
})

test('a list that declares none is not searched', async () => {
  expect((await client.get('/v1/tasks?q=x')).status).toBe(400)
})

test('the document says in what a list is searched', () => {
  const { paths } = openApiDocument(journalApp()) as unknown as {
    paths: Record<string, { get: { parameters: { name?: string; description?: string }[] } }>
  }
  const parameter = paths['/v1/posts']?.get.parameters.find(({ name }) => name === 'q')
  expect(parameter?.description).toBe(
    'Words, separated by blanks, at most 10: each stands in one of title, body; without case in title',
  )
})

const message = 'its lists cannot be searched in'
test.each([
  [{ search: ['pin'] }, `${message} pin`],
  [{ search: ['stars'] }, `${message} stars`],
  [{ search: ['nothing'] }, `${message} nothing`],
  [{ search: ['title', 'title'] }, `${message} title`],
  [{ search: ['body'], read: read(Post, { except: ['body'] }) }, `${message} body`],
  [{ search: ['body'], read: read(Post, { as: { stars: 'q' } }) }, 'its lists would be filtered by "q"'],
] as const)('refuses at start %j', (options, problem) => {
  expect(() => journalApp(options as Partial<ResourceOptions>)).toThrow(problem)
})
