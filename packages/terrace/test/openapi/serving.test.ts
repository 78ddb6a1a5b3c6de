import { afterAll, describe, expect, test } from 'vitest'
import { createApp, documentRoutesOf, startApp } from '../../src/app/index.ts'
import type { App, AppOptions } from '../../src/app/index.ts'
import { authentication, bearer, group, openApiDocument, publicAccess, route } from '../../src/http/index.ts'
import { graph, identity, model } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'

const Ping = model('pings', { id: identity() })

const key = authentication('key', {
  scheme: bearer({ form: (token) => token.length > 3 }),
  verify: ({ token }) => Promise.resolve(token === 'right' ? { id: token } : null),
  actor: () => ({}),
})

const ping = route('GET /ping', { summary: 'Answer', responses: { 204: null }, handler: () => undefined })

function appWith(options: Partial<AppOptions> = {}): App {
  const routes = [group({ auth: publicAccess('a test') }, [ping])]
  return createApp({ title: 'Ping & <pong>', version: '1', models: graph({ Ping }), routes, ...options })
}

const clients: TestClient[] = []
afterAll(() => Promise.all(clients.map((client) => client.close())))

async function clientOf(app: App): Promise<TestClient> {
  const client = await testClient(app)
  clients.push(client)
  return client
}

describe('/openapi.json', () => {
  test('is the document, for everybody, and not sent again while it is the same', async () => {
    const app = appWith()
    const client = await clientOf(app)
    const first = await client.get('/openapi.json')
    expect(first.status).toBe(200)
    expect(first.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(first.headers['cache-control']).toBe('no-cache')
    expect(first.json).toEqual(openApiDocument(app))
    const etag = first.headers['etag'] as string
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await client.request('GET', '/openapi.json', { headers: { 'if-none-match': tags } })
      expect(again).toMatchObject({ status: 304, text: '', headers: { etag } })
    }
    const other = await client.request('GET', '/openapi.json', { headers: { 'if-none-match': '"other"' } })
    expect(other.status).toBe(200)
  })

  test('behind an authentication, for whom that knows, and kept by no shared cache', async () => {
    const client = await clientOf(appWith({ openapi: key }))
    const ask = (token: string) =>
      client.request('GET', '/openapi.json', { headers: { authorization: `Bearer ${token}` } })
    expect(await client.get('/openapi.json')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
    expect((await ask('wrong')).status).toBe(401)
    expect(await ask('right')).toMatchObject({ status: 200, headers: { 'cache-control': 'private, no-cache' } })
    expect((await client.get('/docs')).status).toBe(404)
  })

  test('is nowhere where the app says so, and no route may have its path', async () => {
    const client = await clientOf(appWith({ openapi: false }))
    expect((await client.get('/openapi.json')).status).toBe(404)
    expect((await client.get('/docs')).status).toBe(404)
    const own = route('GET /openapi.json', { summary: 'Own', responses: { 204: null }, handler: () => undefined })
    expect(() => appWith({ routes: [group({ auth: publicAccess('a test') }, [own])] })).toThrow(
      /GET \/openapi.json: the server answers this path by itself/,
    )
  })
})

describe('/docs', () => {
  test('is a page with a policy of its own, and a script that is kept for ever under its hash', async () => {
    const client = await clientOf(appWith())
    const page = await client.get('/docs')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe-eval|https?:/)
    expect(page.text).toContain('<title>Ping &amp; &lt;pong&gt;</title>')
    expect(page.text).not.toMatch(/https?:\/\//)
    const [, script] = /src="(docs\/scalar\.js\?v=[\w-]+)"/.exec(page.text) ?? []
    const { status, headers, text } = await client.get(`/${script}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(text.length).toBeGreaterThan(1_000_000)
  })

  test.each([
    ['development', {}, 200],
    ['development, switched off', { docs: false }, 404],
    ['production', { NODE_ENV: 'production' }, 404],
    ['production by the other name', { ENV_TYPE: 'prod' }, 404],
    ['production, asked for', { NODE_ENV: 'production', docs: true }, 200],
  ] as const)('%s', async (_name, { docs, ...environment }: { docs?: boolean; [name: string]: unknown }, status) => {
    const before = { ...process.env }
    Object.assign(process.env, environment)
    try {
      const given = docs === undefined ? {} : { docs }
      const running = await startApp(appWith(), {
        databaseUrl: 'sqlite::memory:',
        host: '127.0.0.1',
        port: 0,
        log: 'error',
        ...given,
      })
      const page = await fetch(`${running.url}/docs`)
      await page.text()
      const document = await fetch(`${running.url}/openapi.json`)
      await document.text()
      await running.stop()
      expect([page.status, document.status]).toEqual([status, 200])
    } finally {
      process.env = before
    }
  })

  test('where it was asked for and cannot be, the start is refused', async () => {
    const client = await clientOf(appWith())
    const { database } = client
    const parts = { database, log: silent, docs: true }
    expect(() => documentRoutesOf(appWith({ openapi: key }), parts)).toThrow(/docs: true: anybody could open the page/)
    expect(() => documentRoutesOf(appWith({ openapi: false }), parts)).toThrow(
      /docs: true: anybody could open the page/,
    )
  })
})

const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  hiding: () => silent,
}
