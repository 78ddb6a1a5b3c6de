import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../src/app/index.ts'
import type { App, AppOptions } from '../../src/app/index.ts'
import { list, read, shape } from '../../src/dto/index.ts'
import {
  authentication,
  bearer,
  content,
  group,
  plain,
  publicAccess,
  reply,
  resource,
  route,
} from '../../src/http/index.ts'
import type { RouteTrees } from '../../src/http/index.ts'
import { integer, text, timestamp } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'
import * as shelfRoutes from '../shelf/shelf-routes.ts'

const open = publicAccess('a test')
const opened: TestClient[] = []

afterEach(async () => {
  for (const client of opened.splice(0)) await client.close()
})

function appOf(routes: RouteTrees, options: Partial<AppOptions> = {}): App {
  const facts = { title: 'Custom', version: '1.0.0', models: shelfModels, responses: plain }
  return createApp({ ...facts, ...options, routes: [group({ auth: open }, routes)] })
}

async function clientOf(routes: RouteTrees, options: Partial<AppOptions> = {}): Promise<TestClient> {
  const client = await testClient(appOf(routes, options), { log: 'silent' })
  opened.push(client)
  return client
}

const hello = route('GET /hello', {
  summary: 'Hello',
  responses: { 200: shape({ text: text() }) },
  handler: () => ({ text: 'hello' }),
})

describe('operation ids', () => {
  const ids = (app: App) => app.routes.map(({ operationId }) => operationId)

  test('a module’s exports, keys of an object, a name of its own, else method and path', () => {
    expect(ids(appOf(shelfRoutes))).toEqual(['firstFood', 'listFoods', 'getFood'])
    expect(ids(appOf({ greet: hello }))).toEqual(['greet'])
    expect(ids(appOf([hello]))).toEqual(['getHello'])
    const named = route('GET /named', {
      name: 'mine',
      summary: 'Named',
      responses: { 204: null },
      handler: () => undefined,
    })
    expect(ids(appOf({ key: named }))).toEqual(['mine'])
    expect(
      ids(
        createApp({
          title: 'T',
          version: '1',
          models: shelfModels,
          routes: { food: group({ auth: open }, { hi: hello }) },
        }),
      ),
    ).toEqual(['hi'])
  })

  test('two routes of one name do not start', () => {
    const other = route('GET /other', { summary: 'Other', responses: { 204: null }, handler: () => undefined })
    expect(() => appOf([group({ prefix: '/a' }, { greet: hello }), group({ prefix: '/b' }, { greet: other })])).toThrow(
      /GET \/b\/other: another route is named greet too\. Give one of them a name of its own/,
    )
  })

  test('what is neither a route nor a group is refused by its name', () => {
    expect(() => group({}, { path: '/v1' as unknown as typeof hello })).toThrow(
      /its entry path is neither a route nor a group/,
    )
  })
})

describe('what is sent and answered', () => {
  test('a body by zod, an answer by TypeBox, checked in both directions', async () => {
    const double = route('POST /double', {
      summary: 'Doubles',
      body: z.strictObject({ n: z.int().min(1) }),
      responses: { 200: Type.Object({ n: Type.Integer({ maximum: 10 }) }) },
      handler: async ({ body }) => ({ n: body.n * 2 }),
    })
    const client = await clientOf([double])
    expect(await client.post('/double', { n: 2 })).toMatchObject({ status: 200, json: { n: 4 } })
    expect(await client.post('/double', { n: 0, m: 1 })).toMatchObject({
      status: 422,
      json: { detail: 'Validation error', code: 'VALIDATION' },
    })
    expect(await client.post('/double', { n: 6 })).toMatchObject({ status: 500, json: { code: 'INTERNAL' } })
  })

  test('a schema may take its time', async () => {
    const slow = z.strictObject({ name: z.string().refine(async (name) => name !== 'taken', 'is taken') })
    const claim = route('POST /claim', {
      summary: 'Claims',
      body: slow,
      responses: { 200: slow },
      handler: ({ body }) => body,
    })
    const client = await clientOf([claim])
    expect(await client.post('/claim', { name: 'free' })).toMatchObject({ status: 200, json: { name: 'free' } })
    expect(await client.post('/claim', { name: 'taken' })).toMatchObject({
      status: 422,
      json: { errors: [{ in: 'body', path: '/name' }] },
    })
  })

  test('a list of rows is projected row by row', async () => {
    const all = route('GET /all', {
      summary: 'All',
      query: shape({ limit: integer().range(1, 50).default(2) }),
      responses: { 200: list(read(shelfModels.Food)) },
      use: { foods: ShelfFoods },
      handler: async ({ query, use }) => {
        const { rows } = await use.foods.list({ page: { limit: query.limit, offset: 0 } })
        return rows.map((row) => ({ ...row, secret: 'kept' }))
      },
    })
    const answer = await (await clientOf([all])).get('/all')
    expect(answer.json).toHaveLength(2)
    expect(Object.keys((answer.json as object[])[0] as object)).toEqual(['id', 'name'])
  })

  test('PATCH takes merge-patch; a body in another media type is refused', async () => {
    const patching = route('PATCH /patching', {
      summary: 'Patches',
      body: shape({ name: text() }),
      responses: { 200: shape({ name: text() }) },
      handler: ({ body }) => body,
    })
    const client = await clientOf([patching])
    const send = (type: string) =>
      client.request('PATCH', '/patching', { body: '{"name":"a"}', headers: { 'content-type': type } })
    expect((await send('application/merge-patch+json')).status).toBe(200)
    expect((await send('application/merge-patch+json; charset=utf-8')).status).toBe(200)
    expect((await send('application/json-patch+json')).status).toBe(415)
  })

  test('Accept never refuses, HEAD is GET without its body, OPTIONS names what there is', async () => {
    const client = await clientOf([hello])
    const ask = (method: string, headers = {}) => client.request(method, '/hello', { headers })
    expect(await ask('GET', { accept: 'image/png' })).toMatchObject({ status: 200, json: { text: 'hello' } })
    const [got, head] = [await ask('GET'), await ask('HEAD')]
    expect([head.status, head.text, head.headers['content-length'], head.headers['content-type']]).toEqual([
      200,
      '',
      got.headers['content-length'],
      got.headers['content-type'],
    ])
    const options = await ask('OPTIONS')
    expect([options.status, options.headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  test('an answer that can have no body declares none', () => {
    const declare = () =>
      route('GET /none', {
        summary: 'None',
        responses: { 204: shape({ text: text() }) },
        handler: () => ({ text: '' }),
      })
    expect(declare).toThrow(/its answer 204 has a value, which is never sent/)
  })
})

describe('content that is no JSON', () => {
  const csv = 'id,name\n1,Äpfel\n'
  const sources: Readonly<
    Record<string, () => string | Uint8Array | Iterable<string> | AsyncIterable<string | Uint8Array>>
  > = {
    text: () => csv,
    bytes: () => new TextEncoder().encode(csv),
    generator: function* () {
      yield* ['id,name\n', '', '1,Äpfel\n']
    },
    pieces: async function* () {
      yield 'id,name\n'
      yield new TextEncoder().encode('1,Äpfel\n')
    },
    stream: () => Readable.from([Buffer.from('id,name\n'), '1,Äpfel\n']),
    none: () => Readable.from([]),
  }
  const exported = route('GET /exports/:source', {
    summary: 'Exports',
    responses: { 200: content('text/csv') },
    handler: ({ params }) =>
      reply(200, (sources[params.source] as () => string)(), {
        'content-disposition': 'attachment; filename="foods.csv"',
      }),
  })

  test.each(Object.keys(sources))('%s', async (source) => {
    const client = await clientOf([exported])
    const answer = await client.request('GET', `/exports/${source}`, { headers: { accept: 'application/json' } })
    expect([answer.status, answer.text]).toEqual([200, source === 'none' ? '' : csv])
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="foods.csv"',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    })
    const head = await client.request('HEAD', `/exports/${source}`)
    expect([head.status, head.text, head.headers['content-type']]).toEqual([200, '', 'text/csv; charset=utf-8'])
  })

  test('bytes of another type leave as they are', async () => {
    const bytes = new Uint8Array([0x89, 0x50, 0x00, 0xff])
    const image = route('GET /image', {
      summary: 'Image',
      responses: { 200: content('image/png') },
      handler: () => bytes.subarray(1),
    })
    const { body, headers } = await (
      await clientOf([image])
    )
      .request('GET', '/image')
      .then(({ text: got, headers: h }) => ({ body: got.length, headers: h }))
    expect([headers['content-type'], headers['content-length']]).toEqual(['image/png', '3'])
    expect(body).toBeGreaterThan(0)
  })

  test('what is no content is a mismatch, and nothing is stored', async () => {
    const wrong = route('POST /wrong', {
      summary: 'Wrong',
      responses: { 200: content('text/plain') },
      use: { foods: ShelfFoods },
      handler: async ({ use }) => {
        await use.foods.create({ name: 'Lost' })
        return 5 as unknown as string
      },
    })
    const count = route('GET /count', {
      summary: 'Count',
      responses: { 200: shape({ n: integer() }) },
      use: { foods: ShelfFoods },
      handler: async ({ use }) => ({ n: (await use.foods.list({ page: { limit: 50, offset: 0 } })).rows.length }),
    })
    const client = await clientOf([wrong, count])
    expect(await client.post('/wrong')).toMatchObject({ status: 500, json: { code: 'INTERNAL' } })
    expect((await client.get('/count')).json).toEqual({ n: 3 })
  })

  test('content whose first piece fails is answered with the error, and nothing is stored; the first piece may ask services', async () => {
    const ways = ['asks', 'fails'] as const
    const made = route('POST /made/:way', {
      summary: 'Makes content',
      params: shape({ way: text().length(1, 5) }),
      responses: { 200: content('text/plain') },
      use: { foods: ShelfFoods },
      handler: async ({ params, use }) => {
        await use.foods.create({ name: params.way })
        return (async function* () {
          const { rows } = await use.foods.list({ page: { limit: 50, offset: 0 } })
          if (params.way === 'fails') throw new Error('the file is gone')
          yield rows.map(({ name }) => name).join()
        })()
      },
    })
    const client = await clientOf([made, resource(ShelfFoods, { path: '/foods', only: ['list'] })])
    const answers = []
    for (const way of ways) answers.push(await client.post(`/made/${way}`))
    expect(answers.map(({ status, headers }) => [status, headers['content-type']])).toEqual([
      [200, 'text/plain; charset=utf-8'],
      [500, 'application/json; charset=utf-8'],
    ])
    const names = ((await client.get('/foods')).json as { name: string }[]).map(({ name }) => name)
    expect([names.includes('asks'), names.includes('fails')]).toEqual([true, false])
  })

  test.each(['text/csv; charset=utf-8', 'csv', 'Text/CSV', ''])('%s is no media type to declare', (mediaType) => {
    expect(() => content(mediaType)).toThrow(/this is no media type/)
  })
})

describe('deprecation', () => {
  const none = { summary: 'None', responses: { 204: null }, handler: () => undefined } as const

  test('RFC 9745 and RFC 8594: both headers, on errors too, from the route or the groups around it', async () => {
    const old = route('GET /old', { ...none, query: shape({ n: integer() }), deprecated: { since: '2026-01-31' } })
    const older = route('GET /older', none)
    const client = await clientOf([
      group({ deprecated: { since: '2025-06-30T12:00:00+02:00', sunset: '2026-12-31' } }, [old, group({}, [older])]),
    ])
    const headersOf = async (url: string) => {
      const { status, headers } = await client.get(url)
      return [status, headers['deprecation'], headers['sunset']]
    }
    expect(await headersOf('/old?n=1')).toEqual([204, '@1769817600', undefined])
    expect(await headersOf('/old')).toEqual([422, '@1769817600', undefined])
    expect(await headersOf('/older')).toEqual([204, '@1751277600', 'Thu, 31 Dec 2026 00:00:00 GMT'])
  })

  test.each([
    [{ since: '2026-02-31' }, /'2026-02-31', which is no date/],
    [{ since: 'soon' }, /'soon', which is no date/],
    [{ since: '2026-01-31T10:00' }, /no date/],
    [{ since: '2026-01-31', sunset: '2026-01-30' }, /its sunset 2026-01-30 is before its deprecation 2026-01-31/],
  ])('%j does not start', (deprecated, message) => {
    expect(() => appOf([route('GET /old', { ...none, deprecated })])).toThrow(message)
  })
})

describe('roles', () => {
  const device = authentication('device', {
    scheme: bearer({ form: () => true }),
    verify: async ({ token }) => token.split('-'),
    actor: () => ({ Device: 'd' }),
    roles: (roles) => roles,
  })
  const strict = route('POST /strict', {
    summary: 'For administrators',
    roles: ['admin', 'root'],
    body: shape({ at: timestamp() }),
    responses: { 200: shape({ text: text() }) },
    handler: ({ roles }) => ({ text: roles.join() }),
  })
  const lax = route('GET /lax', { summary: 'As its group says', responses: { 204: null }, handler: () => undefined })

  test('one of them is needed, and asked for before what was sent is checked; a route asks for more than its group, never for less', async () => {
    const client = await clientOf([group({ auth: device, roles: ['auditor'] }, [strict, lax])])
    const send = async (method: string, url: string, token: string, body?: unknown) => {
      const answer = await client.request(method, url, { headers: { authorization: `Bearer ${token}` }, body })
      return [answer.status, (answer.json as { code?: string } | undefined)?.code]
    }
    expect(await send('POST', '/strict', 'nobody', {})).toEqual([403, 'ROLE_MISSING'])
    expect(await send('POST', '/strict', 'auditor', {})).toEqual([403, 'ROLE_MISSING'])
    expect(await send('POST', '/strict', 'admin', {})).toEqual([403, 'ROLE_MISSING'])
    expect(await send('POST', '/strict', 'auditor-root', {})).toEqual([422, 'VALIDATION'])
    expect(await send('POST', '/strict', 'auditor-admin', { at: '2026-01-01T00:00:00Z' })).toEqual([200, undefined])
    expect(await send('GET', '/lax', 'admin')).toEqual([403, 'ROLE_MISSING'])
    expect(await send('GET', '/lax', 'auditor')).toEqual([204, undefined])
  })

  test('a role on a public route can be nobody’s', () => {
    expect(() => appOf([strict])).toThrow(/POST \/strict: it needs the role admin or root, but anybody may call it/)
  })
})
