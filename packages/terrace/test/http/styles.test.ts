import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { App, AppOptions, RunningApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import {
  authentication,
  bearer,
  envelope,
  group,
  plain,
  problem,
  publicAccess,
  resource,
  route,
} from '../../src/http/index.ts'
import type { ResponseStyle } from '../../src/http/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { integer, text } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'

/** A style of an app's own, by the interface alone. */
const house: ResponseStyle = {
  name: 'house',
  success: (value, { status, page }) => ({
    status: status === 204 ? 200 : status,
    headers: { 'content-type': 'application/vnd.house+json' },
    body: { ok: true, value: value ?? null, ...(page === null ? {} : { of: page.total }) },
  }),
  failure: ({ status, code, message, issues, requestId }) => ({
    status,
    headers: { 'content-type': 'application/vnd.house+json', 'x-house': code },
    body: { ok: false, say: message, code, wrong: issues.map(({ path }) => path), requestId },
  }),
  schema: {
    success: (item, list) => ({
      type: 'object',
      properties: {
        ok: { type: 'boolean' },
        value: item === null ? { type: 'null' } : list ? { type: 'array', items: item } : item,
        of: { type: 'integer' },
      },
      required: ['ok', 'value'],
    }),
    failure: () => ({ type: 'object', properties: { ok: { type: 'boolean' } } }),
  },
}

interface Failure {
  readonly status: number
  readonly title: string
  readonly code: string
  readonly message: string
  readonly errors?: readonly {
    readonly in: string
    readonly path: string
    readonly code: string
    readonly message: string
  }[]
}

interface Expected {
  readonly style: ResponseStyle
  readonly wire: NonNullable<AppOptions['wire']>
  readonly types: readonly [success: string, failure: string]
  readonly value: (value: unknown) => unknown
  readonly list: (rows: unknown, pageSize: number, total: number) => unknown
  readonly nothing: readonly [status: number, body: unknown]
  readonly failure: (failure: Failure, requestId: string) => unknown
}

const json = 'application/json; charset=utf-8'
const enveloped = (errorCode: string, pageSize: string): Omit<Expected, 'style' | 'wire'> => ({
  types: [json, json],
  value: (data) => ({ [errorCode]: 'OK', message: 'ok', data }),
  list: (data, size, total) => ({ [errorCode]: 'OK', message: 'ok', data, page: { page: 1, [pageSize]: size, total } }),
  nothing: [200, { [errorCode]: 'OK', message: 'ok', data: null }],
  failure: ({ code, message, errors }) => ({
    [errorCode]: code,
    message,
    data: null,
    ...(errors === undefined ? {} : { errors }),
  }),
})
const asProblem = (id: string): Omit<Expected, 'style' | 'wire'> => ({
  types: [json, 'application/problem+json'],
  value: (value) => value,
  list: (rows) => rows,
  nothing: [204, undefined],
  failure: ({ status, title, code, message, errors }, requestId) => ({
    type: 'about:blank',
    title,
    status,
    detail: message,
    code,
    [id]: requestId,
    ...(errors === undefined ? {} : { errors }),
  }),
})

const styles: readonly Expected[] = [
  { style: envelope, wire: 'camel', ...enveloped('errorCode', 'pageSize') },
  { style: envelope, wire: 'snake', ...enveloped('error_code', 'page_size') },
  { style: problem, wire: 'camel', ...asProblem('requestId') },
  { style: problem, wire: 'snake', ...asProblem('request_id') },
  {
    style: plain,
    wire: 'camel',
    ...asProblem(''),
    types: [json, json],
    failure: ({ code, message, errors }) => ({ detail: message, code, ...(errors === undefined ? {} : { errors }) }),
  },
  {
    style: house,
    wire: 'snake',
    types: ['application/vnd.house+json', 'application/vnd.house+json'],
    value: (value) => ({ ok: true, value }),
    list: (value, _size, of) => ({ ok: true, value, of }),
    nothing: [200, { ok: true, value: null }],
    failure: ({ code, message, errors = [] }, requestId) => ({
      ok: false,
      say: message,
      code,
      wrong: errors.map(({ path }) => path),
      requestId,
    }),
  },
]

const key = authentication('key', {
  scheme: bearer({ form: (token) => token === 'good' }),
  verify: async () => null,
  actor: () => ({}),
})
const closed = defineErrors({
  SHELF_LOCKED: { kind: 'permission', en: 'The shelf is locked', zh: '货架已上锁', remedy: 'Find the key', values: {} },
})
const failing = route('POST /failing/:how', {
  summary: 'Fails',
  body: shape({ energyKcal: integer().range(0, 1000), name: text().length(1, 5) }),
  responses: { 201: shape({ name: text() }) },
  errors: [closed.SHELF_LOCKED],
  handler: ({ params, body }) => {
    if (params.how === 'domain') throw closed.SHELF_LOCKED()
    if (params.how === 'bug') throw new Error('password=hunter2 at /srv/app.ts')
    return { name: body.name }
  },
})
const locked = route('GET /locked', {
  summary: 'Locked',
  auth: key,
  responses: { 204: null },
  handler: () => undefined,
})
const nothing = route('DELETE /nothing', { summary: 'Nothing', responses: { 204: null }, handler: () => undefined })

function appIn(responses: ResponseStyle, wire: Expected['wire']): App {
  return createApp({
    title: 'Styles',
    version: '1.0.0',
    models: shelfModels,
    responses,
    wire,
    routes: [
      group({ auth: publicAccess('a test') }, [
        failing,
        locked,
        nothing,
        resource(ShelfFoods, { path: '/foods', only: ['list', 'get'] }),
      ]),
    ],
  })
}

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const typed = { 'content-type': 'application/json' }
const good = '{"name":"a"}'
const post = (how: string, body: string, headers = typed): Sent => ({
  method: 'POST',
  url: `/failing/${how}`,
  body,
  headers,
})
const get = (url: string, headers = {}): Sent => ({ method: 'GET', url, headers })

type Situations = Readonly<Record<string, readonly [Sent, Failure]>>

const unreached: Situations = {
  'an unknown path': [
    get('/nowhere'),
    { status: 404, title: 'Not Found', code: 'ROUTE_NOT_FOUND', message: 'Not found' },
  ],
  'a missing row': [
    get('/foods/999'),
    { status: 404, title: 'Not Found', code: 'NOT_FOUND', message: 'Food not found' },
  ],
  'another method': [
    { method: 'PUT', url: '/foods' },
    {
      status: 405,
      title: 'Method Not Allowed',
      code: 'METHOD_NOT_ALLOWED',
      message: 'This path does not answer PUT; it answers GET, HEAD',
    },
  ],
  'a broken URL': [
    get('/foods/%ff'),
    { status: 400, title: 'Bad Request', code: 'URL_MALFORMED', message: 'The URL cannot be read' },
  ],
  'a long query': [
    get(`/foods?x=${'x'.repeat(8_200)}`),
    { status: 414, title: 'URI Too Long', code: 'URL_TOO_LONG', message: 'The URL is longer than 8192 bytes' },
  ],
  'no credential': [
    get('/locked'),
    { status: 401, title: 'Unauthorized', code: 'UNAUTHENTICATED', message: 'Invalid or expired token' },
  ],
  'a credential of nobody': [
    get('/locked', { authorization: 'Bearer good' }),
    { status: 401, title: 'Unauthorized', code: 'UNAUTHENTICATED', message: 'Invalid or expired token' },
  ],
  'another media type': [
    post('no', good, { 'content-type': 'text/xml' }),
    {
      status: 415,
      title: 'Unsupported Media Type',
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'The body must be sent as application/json',
    },
  ],
  'a large body': [
    post('no', ' '.repeat(1_048_577)),
    {
      status: 413,
      title: 'Payload Too Large',
      code: 'BODY_TOO_LARGE',
      message: 'The body is larger than 1048576 bytes',
    },
  ],
  'broken JSON': [
    post('no', '{'),
    {
      status: 400,
      title: 'Bad Request',
      code: 'MALFORMED_JSON',
      message: 'The body is not valid JSON: its syntax is broken',
    },
  ],
}

const reached = (kcal: string): Situations => ({
  'an unknown name in the query': [
    get('/foods?colour=red'),
    {
      status: 400,
      title: 'Bad Request',
      code: 'UNKNOWN_QUERY',
      message: 'The query has a name that is not known here',
      errors: [{ in: 'query', path: '/colour', code: 'UNKNOWN', message: expect.any(String) as string }],
    },
  ],
  'wrong values': [
    post('no', JSON.stringify({ name: 'a', [kcal]: 1001 })),
    {
      status: 422,
      title: 'Unprocessable Entity',
      code: 'VALIDATION',
      message: 'Validation error',
      errors: [{ in: 'body', path: `/${kcal}`, code: 'RANGE', message: expect.any(String) as string }],
    },
  ],
  'an error of the domain': [
    post('domain', JSON.stringify({ name: 'a', [kcal]: 1 })),
    { status: 403, title: 'Forbidden', code: 'SHELF_LOCKED', message: 'The shelf is locked' },
  ],
  'a defect': [
    post('bug', JSON.stringify({ name: 'a', [kcal]: 1 })),
    { status: 500, title: 'Internal Server Error', code: 'INTERNAL', message: 'Internal server error' },
  ],
})

/** What Node's parser refuses: only bytes on a socket can be that wrong. */
const unreadable: Readonly<Record<string, readonly [bytes: string, Failure]>> = {
  'no HTTP': [
    'hello\r\n\r\n',
    { status: 400, title: 'Bad Request', code: 'REQUEST_MALFORMED', message: 'This is not a request in HTTP' },
  ],
  'large headers': [
    `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    {
      status: 431,
      title: 'Request Header Fields Too Large',
      code: 'HEADERS_TOO_LARGE',
      message: 'The headers are larger than the server reads',
    },
  ],
}

const uuid = /^[0-9a-f-]{36}$/

describe.each(styles)('$style.name in $wire', ({ style, wire, types, ...expected }) => {
  const kcal = wire === 'snake' ? 'energy_kcal' : 'energyKcal'
  let client: TestClient
  let running: RunningApp
  const app = appIn(style, wire)

  beforeAll(async () => {
    client = await testClient(app, { log: 'silent' })
    running = await startApp(app, {
      databaseUrl: 'sqlite::memory:',
      host: '127.0.0.1',
      port: 0,
      log: 'silent',
      metrics: false,
    })
  })
  afterAll(async () => {
    await client.close()
    await running.stop()
  })

  /** Both ways in must be one. */
  async function answersOf({ method, url, headers = {}, body }: Sent) {
    const injected = await client.request(method, url, { headers, body })
    const response = await fetch(`${running.url}${url}`, { method, headers, ...(body === undefined ? {} : { body }) })
    const received = await response.text()
    const fetched = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      json: received === '' ? undefined : (JSON.parse(received) as unknown),
    }
    return [injected, fetched]
  }

  test('values, lists, and nothing', async () => {
    const values = await answersOf(get('/foods/1'))
    for (const { status, headers, json: body } of values)
      expect([status, headers['content-type'], body]).toEqual([200, types[0], expected.value({ id: 1, name: 'Apple' })])
    for (const { json: body } of await answersOf(get('/foods?limit=1')))
      expect(body).toEqual(expected.list([{ id: 1, name: 'Apple' }], 1, 3))
    for (const { status, json: body } of await answersOf({ method: 'DELETE', url: '/nothing' }))
      expect([status, body]).toEqual(expected.nothing)
  })

  test.each(Object.entries({ ...unreached, ...reached(kcal) }))('%s', async (_what, [sent, failure]) => {
    for (const { status, headers, json: body } of await answersOf(sent)) {
      const requestId = headers['x-request-id'] ?? ''
      expect(requestId).toMatch(uuid)
      expect([status, headers['content-type'], body]).toEqual([
        failure.status,
        types[1],
        expected.failure(failure, requestId),
      ])
    }
  })

  test.each(Object.entries(unreadable))('%s', async (_what, [bytes, failure]) => {
    const received = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(running.url).port), '127.0.0.1', () => socket.write(bytes))
      let all = ''
      socket
        .on('data', (some) => (all += some.toString()))
        .on('close', () => resolve(all))
        .on('error', () => undefined)
    })
    const [head = '', body = ''] = received.split('\r\n\r\n')
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.toLowerCase().split(': ') as [string, string]),
    )
    const requestId = headers['x-request-id'] ?? ''
    expect(requestId).toMatch(uuid)
    expect([Number(head.split(' ')[1]), headers['content-type'], JSON.parse(body)]).toEqual([
      failure.status,
      types[1],
      expected.failure(failure, requestId),
    ])
  })
})
