import { afterAll, beforeAll, expect, it } from 'vitest'
import { actingAs } from 'terrace/database'
import { testClient } from 'terrace/testing'
import type { TestClient } from 'terrace/testing'
import { app } from '../src/app.ts'
import { CommentService } from '../src/comment/comment.service.ts'
import { DraftService } from '../src/draft/draft.service.ts'
import { models } from '../src/models.ts'
import { PostService } from '../src/post/post.service.ts'
import { TagService } from '../src/tag/tag.service.ts'
import { people, text } from './support/people.ts'
import type { People } from './support/people.ts'

let blog: People
let client: TestClient
/** The key of a row that the caller may change, by model. */
let keys: Readonly<Record<string, string>>

beforeAll(async () => {
  blog = await people()
  const admin = await blog.account('admin')
  client = await testClient(app, { database: blog.database, as: actingAs(models.User, admin.id, { roles: ['admin'] }) })
  keys = await admin(async (session) => {
    const post = await session.use(PostService).create(text('post'))
    const draft = await session.use(DraftService).create(text('draft'))
    const comment = await session.use(CommentService).create({ postId: post.id, body: 'x' })
    const tag = await session.use(TagService).create({ name: 'x', slug: 'x' })
    return { Post: post.id, Draft: draft.id, Comment: comment.id, Tag: String(tag.id), User: String(admin.id) }
  })
})
afterAll(async () => {
  await client.close()
  await blog.database.close()
})

const writing = app.routes.filter(({ body }) => body !== null)
const columns = new Set(Object.values(models).flatMap(({ fact }) => fact.columns.map(({ name }) => name)))
/** Of every kind with `npm run test:blog`: a name is refused whatever stands behind it. */
const kinds: readonly unknown[] = [
  1,
  'x',
  '2026-01-01T00:00:00.000Z',
  '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  true,
  null,
]
const values = process.env['TERRACE_TEST_BLOG'] === undefined ? kinds.slice(0, 1) : kinds

it.each(writing.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s refuses every column of every model that it does not take, whatever is sent in it',
  async (_title, { method, path, body, model }) => {
    const taken = body?.kind === 'object' ? new Set(body.fields.keys()) : new Set<string>()
    const entity = model?.name ?? (path.includes('posts') ? 'Post' : 'User')
    const url = path.replace(/:(?:id|postId)/, keys[entity] ?? '')
    const refused = [...columns].filter((name) => !taken.has(name))
    expect(refused.length).toBeGreaterThan(15)
    for (const name of refused)
      for (const value of values) {
        const response = await client.request(method, url, { body: { [name]: value } })
        expect([name, value, response.status, response.json]).toEqual([
          name,
          value,
          422,
          expect.objectContaining({
            code: 'VALIDATION',
            errors: expect.arrayContaining([
              expect.objectContaining({ in: 'body', path: `/${name}`, code: 'UNKNOWN' }),
            ]) as unknown,
          }),
        ])
      }
  },
)
