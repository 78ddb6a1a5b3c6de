import { afterEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import type { App, AppOptions } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { shelfApp, shelfModels } from '../shelf/shelf-app.ts'

const clients: TestClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
})

const echo = route('POST /echo', {
  summary: 'Gives back what is sent',
  body: shape({ text: text() }),
  responses: { 200: shape({ text: text() }) },
  handler: ({ body }) => body,
})
const hello = route('GET /hello', {
  summary: 'Says hello',
  responses: { 200: shape({ text: text() }) },
  handler: () => ({ text: 'hello' }),
})

function appWith(options: Partial<AppOptions>): App {
  const routes = [group({ auth: publicAccess('a test') }, [echo, hello])]
  return createApp({ title: 'Outside', version: '1.0.0', models: shelfModels, responses: plain, routes, ...options })
}

async function clientOf(app: App): Promise<TestClient> {
  const client = await testClient(app, { log: 'silent' })
  clients.push(client)
  return client
}

describe('security headers', () => {
  test('every answer has them, errors and unknown paths too', async () => {
    const client = await clientOf(appWith({}))
    for (const path of ['/hello', '/nothing', '/healthz', '/%ff']) {
      const { headers } = await client.get(path)
      expect([path, headers['x-content-type-options'], headers['content-security-policy']]).toEqual([
        path,
        'nosniff',
        "default-src 'none'; frame-ancestors 'none'",
      ])
    }
  })
})

describe('CORS', () => {
  const page = 'https://app.example.org'
  const ask = { origin: page, 'access-control-request-method': 'PATCH' }

  test('is off unless configured', async () => {
    const client = await clientOf(shelfApp())
    const { headers } = await client.request('GET', '/healthz', { headers: { origin: page } })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect((await client.request('OPTIONS', '/v1/products', { headers: ask })).status).toBe(405)
  })

  test('a named origin is answered with what its page may read, another is not', async () => {
    const client = await clientOf(appWith({ cors: { origins: [page] } }))
    const named = await client.request('GET', '/hello', { headers: { origin: page } })
    expect(named.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-expose-headers':
        'x-total-count, x-next-cursor, link, location, etag, retry-after, idempotency-replayed, ratelimit, ratelimit-policy, x-request-id',
      vary: 'Origin',
    })
    for (const origin of ['https://evil.example', 'null', `${page}.evil.example`, page.toUpperCase()]) {
      const { status, headers } = await client.request('GET', '/hello', { headers: { origin } })
      expect([status, headers['access-control-allow-origin'], headers['vary']]).toEqual([200, undefined, 'Origin'])
    }
    const failed = await client.request('GET', '/nothing', { headers: { origin: page } })
    expect([failed.status, failed.headers['access-control-allow-origin']]).toEqual([404, page])
    expect(failed.headers['vary']).toBe('Origin, Accept-Language')
  })

  test('a preflight needs no credential and asks no route', async () => {
    const options = { cors: { origins: [page], headers: ['x-mine'], maxAgeSeconds: 60 } }
    const client = await clientOf(createApp({ ...shelfOptions(), ...options }))
    const { status, headers, text: body } = await client.request('OPTIONS', '/v1/products/1', { headers: ask })
    expect([status, body]).toEqual([204, ''])
    expect(headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'GET, HEAD, POST, PATCH, PUT, DELETE',
      'access-control-max-age': '60',
    })
    expect(headers['access-control-allow-headers']?.split(', ')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'x-mine']),
    )
    const foreign = await client.request('OPTIONS', '/v1/products', {
      headers: { ...ask, origin: 'https://evil.example' },
    })
    expect([foreign.status, foreign.headers['access-control-allow-methods']]).toEqual([204, undefined])
    expect((await client.request('OPTIONS', '/echo')).status).toBe(405)
  })

  test("every page may read with '*', which needs no vary", async () => {
    const client = await clientOf(appWith({ cors: { origins: '*' } }))
    const { headers } = await client.request('GET', '/hello', { headers: { origin: page } })
    expect([headers['access-control-allow-origin'], headers['vary']]).toEqual(['*', undefined])
  })

  test('what is no origin is refused when the app is put together', () => {
    for (const wrong of ['*', 'app.example.org', `${page}/`, 'https://*.example.org'])
      expect(() => appWith({ cors: { origins: [wrong] } })).toThrow(/is not an origin/)
  })
})

function shelfOptions(): AppOptions {
  const { title, version, models } = shelfApp()
  return { title, version, models, routes: [group({ auth: publicAccess('a test') }, [echo])] }
}

describe('rate limits', () => {
  test('a caller who asks too often is told how long to wait, whatever the route', async () => {
    const client = await clientOf(appWith({ rateLimit: { max: 2, windowMs: 60_000 } }))
    const statuses = []
    for (const path of ['/hello', '/hello', '/hello']) statuses.push((await client.get(path)).status)
    const { status, headers, json } = await client.post('/echo', 'no json')
    expect([...statuses, status]).toEqual([200, 200, 429, 429])
    expect(json).toMatchObject({ code: 'RATE_LIMITED', detail: 'Too many requests' })
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(29)
    expect((await client.get('/healthz')).status).toBe(200)
  })

  test('come before the form of the credential, and count nothing but what is known', async () => {
    const { routes, ...shelf } = shelfApp()
    const limited: App = { ...shelf, routes, server: { rateLimit: { max: 1, windowMs: 60_000 } } }
    const client = await clientOf(limited)
    expect([(await client.get('/v1/products')).status, (await client.get('/v1/products')).status]).toEqual([401, 429])
    expect((await client.get('/nothing')).status).toBe(404)
  })

  test('a route may have one of its own, counted apart; HEAD is the same route', async () => {
    const routes = { 'GET /hello': { max: 1, windowMs: 60_000 } }
    const client = await clientOf(appWith({ rateLimit: { max: 1, windowMs: 60_000, routes } }))
    const statuses = [
      (await client.request('HEAD', '/hello')).status,
      (await client.get('/hello')).status,
      (await client.post('/echo', { text: 'a' })).status,
    ]
    expect(statuses).toEqual([200, 429, 200])
  })

  test('callers are told apart by their address, which only a trusted proxy may name', async () => {
    const rateLimit = { max: 1, windowMs: 60_000 }
    const from = (ip: string) => ({ headers: { 'x-forwarded-for': ip } })
    const statusesOf = async (app: App) => {
      const client = await clientOf(app)
      const first = await client.request('GET', '/hello', from('192.0.2.1'))
      const second = await client.request('GET', '/hello', from('192.0.2.2'))
      return [first.status, second.status]
    }
    expect(await statusesOf(appWith({ rateLimit }))).toEqual([200, 429])
    expect(await statusesOf(appWith({ rateLimit, trustProxy: 1 }))).toEqual([200, 200])
    expect(await statusesOf(appWith({ rateLimit, trustProxy: ['127.0.0.0/8'] }))).toEqual([200, 200])
    expect(await statusesOf(appWith({ rateLimit, trustProxy: ['10.0.0.0/8'] }))).toEqual([200, 429])
  })

  test('a limit of a route that is not there, or that allows nothing, is refused when the app is put together', () => {
    const windowMs = 1_000
    expect(() => appWith({ rateLimit: { max: 1, windowMs, routes: { 'GET /nope': { max: 1, windowMs } } } })).toThrow(
      /there is no route GET \/nope/,
    )
    expect(() => appWith({ rateLimit: { max: 0, windowMs } })).toThrow(/allows nothing/)
  })
})

describe('request ids', () => {
  const given = { headers: { 'x-request-id': 'gateway-1' } }

  test('are our own by default', async () => {
    const client = await clientOf(appWith({}))
    expect((await client.request('GET', '/hello', given)).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test("are a gateway's where that is wanted and the id is plain", async () => {
    const client = await clientOf(appWith({ acceptRequestIds: true }))
    expect((await client.request('GET', '/hello', given)).headers['x-request-id']).toBe('gateway-1')
    for (const id of ['a b', '"}', 'x'.repeat(129), '']) {
      const { headers } = await client.request('GET', '/hello', { headers: { 'x-request-id': id } })
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

describe('outside the layers', () => {
  const app = appWith({
    cors: { origins: ['https://app.example.org'] },
    rateLimit: { max: 50, windowMs: 60_000 },
    fastify: (server) => {
      server.addHook('onSend', async (_request, reply, payload) => {
        reply.header('x-plugin', 'saw it')
        return payload
      })
      server.post('/outside/sum', async ({ body }) => {
        const { a, b } = body as { readonly a: number; readonly b: number }
        return { sum: a + b }
      })
      const schema = { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } }
      server.post('/outside/named', { schema }, async ({ body }) => body)
      server.get('/outside/fails/:how', async ({ params }) => {
        const { how } = params as { readonly how: string }
        if (how === 'bug') throw new Error('secret of the plugin')
        throw Object.assign(new Error('not for outside'), { statusCode: Number(how) })
      })
      server.get('/outside/page', async (_request, reply) =>
        reply.header('content-security-policy', "default-src 'self'").type('text/html').send('<p>Hello</p>'),
      )
    },
  })

  test("a plugin's routes read JSON as Fastify does, beside ours that read their own", async () => {
    const client = await clientOf(app)
    const sum = await client.post('/outside/sum', { a: 1, b: 2 })
    expect([sum.status, sum.json]).toEqual([200, { sum: 3 }])
    const own = await client.post('/echo', { text: 'a' })
    expect([own.status, own.json, own.headers['x-plugin']]).toEqual([200, { text: 'a' }, 'saw it'])
    expect((await client.post('/echo', '{"text":"a","text":"b"}')).json).toMatchObject({ code: 'MALFORMED_JSON' })
  })

  test('have request ids, security headers and origins, and may set their own', async () => {
    const client = await clientOf(app)
    const request = { headers: { origin: 'https://app.example.org' } }
    const { headers, text: page } = await client.request('GET', '/outside/page', request)
    expect(page).toBe('<p>Hello</p>')
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'self'",
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': 'https://app.example.org',
    })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('errors are answered in the style, without what the plugin said', async () => {
    const client = await clientOf(app)
    const answers = []
    for (const how of ['400', '401', '403', '404', '418', '429', '503', '500', 'bug']) {
      const { status, json, text: body } = await client.get(`/outside/fails/${how}`)
      expect(body).not.toMatch(/secret|outside/)
      answers.push([how, status, (json as { code: string }).code])
    }
    expect(answers).toEqual([
      ['400', 400, 'REQUEST_REFUSED'],
      ['401', 401, 'UNAUTHENTICATED'],
      ['403', 400, 'REQUEST_REFUSED'],
      ['404', 404, 'ROUTE_NOT_FOUND'],
      ['418', 400, 'REQUEST_REFUSED'],
      ['429', 429, 'RATE_LIMITED'],
      ['503', 503, 'NOT_READY'],
      ['500', 500, 'INTERNAL'],
      ['bug', 500, 'INTERNAL'],
    ])
    const named = await client.post('/outside/named', { name: {} })
    expect([named.status, named.json]).toMatchObject([
      422,
      { code: 'VALIDATION', errors: [{ in: 'body', path: '/name', code: 'TYPE' }] },
    ])
    expect((await client.post('/outside/sum', '{')).json).toMatchObject({ code: 'REQUEST_REFUSED' })
  })

  test("a plugin that fails, or takes one of the app's paths, keeps the app from answering", async () => {
    const failing = await clientOf(appWith({ fastify: () => Promise.reject(new Error('no plugin')) }))
    await expect(failing.get('/hello')).rejects.toThrow('no plugin')
    const taking = await clientOf(appWith({ fastify: (server) => void server.get('/hello', async () => 'mine') }))
    await expect(taking.get('/hello')).rejects.toThrow(/already declared/)
  })
})
