import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'terrace/app'
import { unscoped } from 'terrace/database'
import { override, stubRemote, testClient } from 'terrace/testing'
import type { TestClient } from 'terrace/testing'
import { app, appOptions } from '../src/app.ts'
import { LinkPreviewDao } from '../src/preview/preview.dao.ts'
import { linksIn } from '../src/preview/links-in.ts'
import { previewDao, PreviewDao } from '../src/preview/preview.source.ts'
import { registeredAs } from './support/callers.ts'
import { giveSecrets } from './support/secrets.ts'

beforeEach(giveSecrets)

const body = 'See [a](https://a.example/x), https://b.example/y. And https://a.example/x#again.'
const a = { title: 'A page', description: '  of\n some  words ', image: 'https://a.example/a.png' }

async function posted(client: TestClient): Promise<string> {
  const author = await registeredAs(client, 'ann', 'author')
  const post = await author.call('POST', '/v1/posts', { title: 'Links', slug: 'links', body })
  return (post.json as { readonly id: string }).id
}

describe('previews of a post’s links', () => {
  let client: TestClient
  let asked: string[]
  let isDown: boolean
  afterEach(() => client.close())
  beforeEach(async () => {
    asked = []
    isDown = false
    const fake = stubRemote(PreviewDao, {
      preview: ({ query: { url } }) => {
        asked.push(url)
        if (isDown) return { title: 3 }
        return url === 'https://a.example/x' ? a : null
      },
    })
    client = await testClient(app, { override: [override(previewDao, () => fake)] })
  })
  const seen = async (id: string) => (await client.get(`/v1/posts/${id}/previews`)).json
  const ofA = { url: 'https://a.example/x', title: 'A page', description: 'of some words', image: a.image }
  const bare = (url: string) => ({ url, title: null, description: null, image: null })

  it('are asked for once, in the order of the links, and kept', async () => {
    const id = await posted(client)
    const expected = [ofA, bare('https://b.example/y')]
    expect([await seen(id), await seen(id)]).toEqual([expected, expected])
    expect(asked).toEqual(['https://a.example/x', 'https://b.example/y'])
  })

  it('are asked for again when they have expired, and stand in as they were where the API fails', async () => {
    const id = await posted(client)
    await seen(id)
    await client.database.session(unscoped('test'), (session) =>
      session.use(LinkPreviewDao).updateWhere({ title: 'A page' }, { expiresAt: new Date(0) }),
    )
    isDown = true
    expect(await seen(id)).toEqual([ofA, bare('https://b.example/y')])
    expect(asked).toEqual(['https://a.example/x', 'https://b.example/y', 'https://a.example/x'])
  })

  it('are bare addresses where the API fails and nothing is known', async () => {
    isDown = true
    const id = await posted(client)
    expect(await seen(id)).toEqual([bare('https://a.example/x'), bare('https://b.example/y')])
  })

  it('are those of a post that is there', async () => {
    expect((await client.get('/v1/posts/0198c0de-0000-7000-8000-000000000000/previews')).status).toBe(404)
  })
})

it('come from the API that the settings name, with its key', async () => {
  const requests: (string | undefined)[][] = []
  const server = createServer((request, response) => {
    requests.push([request.url, request.headers['x-api-key'] as string])
    response.end(JSON.stringify({ title: 'T', image: 'javascript:alert(1)', unknown: 1 }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, { PREVIEW_URL: `http://${host}`, PREVIEW_KEY: 'a-key', PREVIEW_HOSTS: host })
  const client = await testClient(createApp(appOptions))
  try {
    const id = await posted(client)
    const previews = (await client.get(`/v1/posts/${id}/previews`)).json
    expect(previews).toMatchObject([
      { url: 'https://a.example/x', title: 'T', image: null },
      { url: 'https://b.example/y' },
    ])
    expect(requests.toSorted()).toEqual([
      ['/v1/preview?url=https%3A%2F%2Fa.example%2Fx', 'a-key'],
      ['/v1/preview?url=https%3A%2F%2Fb.example%2Fy', 'a-key'],
    ])
  } finally {
    for (const name of ['PREVIEW_URL', 'PREVIEW_KEY', 'PREVIEW_HOSTS']) delete process.env[name]
    await client.close()
    server.closeAllConnections()
    server.close()
  }
})

it.each([
  ['none', []],
  ['<https://a.example>', ['https://a.example/']],
  ['[x](http://a.example/b_(c)) and "https://b.example"', ['http://a.example/b', 'https://b.example/']],
  ['https://me:pw@a.example https://[ http:// ftp://a.example javascript:alert(1)', []],
  ['HTTPS://A.example/%C3%BC?q=1#f!', ['https://a.example/%C3%BC?q=1']],
  [
    Array.from({ length: 9 }, (_, at) => `https://${at}.example`).join('\n'),
    [0, 1, 2, 3, 4].map((at) => `https://${at}.example/`),
  ],
  [`https://a.example/${'x'.repeat(3_000)}`, []],
])('of %s the links are %j', (text, links) => {
  expect(linksIn(text)).toEqual(links)
})
