import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actingAs } from 'terrace/database'
import type { Scope } from 'terrace/database'
import { openApiDocument } from 'terrace/http'
import { testClient } from 'terrace/testing'
import type { TestClient, TestResponse } from 'terrace/testing'
import { app } from '../src/app.ts'
import { CommentService } from '../src/comment/comment.service.ts'
import { DraftService } from '../src/draft/draft.service.ts'
import { models } from '../src/models.ts'
import { PostService } from '../src/post/post.service.ts'
import { people, text } from './support/people.ts'
import type { People } from './support/people.ts'

interface Parameter {
  readonly in: string
  readonly name: string
  readonly schema: { readonly items?: { readonly enum?: readonly string[] }; readonly enum?: readonly string[] }
}
interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: object
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

const { paths, components } = openApiDocument(app) as unknown as {
  readonly paths: Paths
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> }
}
const missing = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
const secret = { ...text('secret-plans', 'Secret plans'), excerpt: 'Nobody may know' }

let blog: People
let client: Readonly<Record<string, TestClient>>
/** A draft of Ada's, and a post of hers that is a draft again. */
let hidden: readonly string[]
let before: ReadonlyMap<string, string>

beforeAll(async () => {
  blog = await people({ seeds: true })
  const ada = await blog.account('author')
  const bob = await blog.account('author')
  const shown = await ada(async (session) => (await session.use(PostService).create(text('shown'))).id)
  await bob((session) => session.use(CommentService).create({ postId: shown, body: 'Well said.' }))
  await bob((session) => session.use(PostService).create(text('mine')))
  const callers: Readonly<Record<string, Scope | null>> = {
    nobody: null,
    author: actingAs(models.User, bob.id, { roles: ['author'] }),
  }
  const clients = Object.entries(callers).map(
    async ([name, as]) =>
      [name, await testClient(app, { database: blog.database, ...(as === null ? {} : { as }) })] as const,
  )
  client = Object.fromEntries(await Promise.all(clients))
  before = await answers(lists())
  hidden = await ada(async (session) => {
    const drafts = session.use(DraftService)
    const draft = await drafts.create(secret)
    const withdrawn = await drafts.create(text('withdrawn', 'Withdrawn plans'))
    await drafts.publish(withdrawn.id)
    await session.use(CommentService).create({ postId: withdrawn.id, body: 'Nobody may know' })
    await session.use(PostService).unpublish(withdrawn.id)
    return [draft.id, withdrawn.id]
  })
}, 120_000)
afterAll(async () => {
  for (const each of Object.values(client)) await each.close()
  await blog.database.close()
})

/** What a list may be asked about a text: everything of it that could be guessed. */
const guesses = [
  secret.title,
  secret.slug,
  secret.excerpt,
  'Secret',
  'withdrawn',
  'Nobody may know',
  'author 1',
  missing,
]

/** Every list of the API, asked by each parameter that the document has, with each guess and each of its own words. */
function lists(): readonly string[] {
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (get === undefined || path.includes('{id}')) return []
    const place = path.replace('{slug}', 'notes').replace('{postId}', missing)
    const queries = (get.parameters ?? [])
      .map(resolved)
      .filter(({ in: where }) => where === 'query')
      .flatMap(questions)
    return [place, ...queries.map((query) => `${place}?${query}`)]
  })
}

function resolved(parameter: Parameter | { readonly $ref: string }): Parameter {
  if (!('$ref' in parameter)) return parameter
  return components.parameters[parameter.$ref.split('/').at(-1) ?? ''] as Parameter
}

function questions({ name, schema }: Parameter): readonly string[] {
  const words = schema.enum ?? schema.items?.enum ?? guesses
  return words.map((word) => `${encodeURIComponent(name)}=${encodeURIComponent(word)}`)
}

/** Of each caller to each request; without what belongs to the request alone. */
async function answers(urls: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const url of urls)
    for (const [name, caller] of Object.entries(client)) found.set(`${name} ${url}`, plainly(await caller.get(url)))
  return found
}

function plainly({ status, headers, text: body }: TestResponse): string {
  const { date: _date, 'x-request-id': _id, ...kept } = headers
  return JSON.stringify([status, kept, body.replace(/"requestId":"[^"]*"/, '')])
}

describe("another's draft", { timeout: 120_000 }, () => {
  it('changes the answer of no list, whatever it is asked: no row, no count, no page, no error', async () => {
    const urls = lists()
    expect(urls.length).toBeGreaterThan(100)
    const after = await answers(urls)
    for (const [request, answer] of before) expect([request, after.get(request)]).toEqual([request, answer])
    expect([...before.values()].filter((answer) => answer.startsWith('[200,')).length).toBeGreaterThan(50)
  })

  // An ETag is also about the links of a page, which name what was asked.
  const untagged = (answer: string, id: string): string => answer.replaceAll(id, missing).replace(/"etag":"[^,]*,/, '')

  it('changes the answer of no list that filters by its id or includes what could hold it', async () => {
    const asked = (id: string): readonly string[] => [
      `/v1/posts?id=${id}`,
      `/v1/posts?id[in]=${id}&include=author,comments,postTags.tag`,
      `/v1/comments?postId=${id}`,
      `/v1/comments?postId[in]=${id}&include=post`,
      `/v1/authors?include=posts.comments,comments.post`,
      `/v1/tags?include=postTags.post`,
      `/v1/drafts?id=${id}`,
    ]
    const nothing = await answers(asked(missing))
    for (const id of hidden) {
      const found = [...(await answers(asked(id)))].map(([, answer]) => untagged(answer, id))
      expect(found).toEqual([...nothing.values()].map((answer) => untagged(answer, id)))
    }
  })

  it('is answered under every path that has a key as one that is not there', async () => {
    const keyed = Object.entries(paths).flatMap(([path, operations]) =>
      /\{(?:id|postId)\}/.test(path)
        ? Object.keys(operations).map((method) => [method.toUpperCase(), path] as const)
        : [],
    )
    expect(keyed.length).toBeGreaterThan(15)
    for (const [method, path] of keyed) {
      const sent = bodyOf(path, method)
      for (const [name, caller] of Object.entries(client)) {
        const call = async (id: string): Promise<string> => {
          const url = path.replaceAll(/\{(?:id|postId)\}/g, id)
          return plainly(await caller.request(method, url, sent === null ? {} : { body: sent })).replaceAll(id, missing)
        }
        const nothing = await call(missing)
        for (const id of hidden) expect([name, method, path, await call(id)]).toEqual([name, method, path, nothing])
      }
    }
  })

  it('keeps no address from others, and none of its author', async () => {
    const { author } = client
    expect(await author?.post('/v1/drafts', secret)).toMatchObject({ status: 201 })
    expect(await author?.post('/v1/posts', secret)).toMatchObject({ status: 201 })
  })

  it('is found by nobody by writing in its place', async () => {
    const { author } = client
    for (const body of [
      { ...secret, id: hidden[0] },
      { ...secret, userId: 1 },
      { ...secret, authorId: 1 },
    ])
      for (const path of ['/v1/drafts', '/v1/posts'])
        expect(await author?.post(path, body)).toMatchObject({ status: 422 })
  })
})

/** One that is right, so that the row is what decides. */
function bodyOf(path: string, method: string): object | null {
  if (!Object.hasOwn(paths[path]?.[method.toLowerCase()] ?? {}, 'requestBody')) return null
  if (path.endsWith('/comments')) return { body: 'Hello' }
  if (path.endsWith('/tags')) return { tagIds: [] }
  if (path.endsWith('/role')) return { role: 'reader' }
  return {}
}
