import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { apiClient, ApiError, dataOf, failureOf, type ApiClientOptions } from '../../src/client/index.ts'
import { json, stubServer, type Answering, type StubServer } from './stub-server.ts'

interface Row {
  id: string
  name: string
}
interface Failure {
  detail: string
  code: 'GONE' | 'BUSY'
}
type Answers = {
  200: { headers: {}; content: { 'application/json': Row } }
  409: { headers: {}; content: { 'application/json': Failure } }
}
interface paths {
  '/rows': {
    get: {
      parameters: { query?: { cursor?: string; name?: string } }
      responses: { 200: { headers: {}; content: { 'application/json': Row[] } } }
    }
    post: { parameters: {}; requestBody: { content: { 'application/json': { name: string } } }; responses: Answers }
  }
  '/rows/{id}': {
    get: { parameters: { path: { id: string } }; responses: Answers }
    patch: {
      parameters: { path: { id: string } }
      requestBody: { content: { 'application/json': { name: string } } }
      responses: Answers
    }
    delete: { parameters: { path: { id: string } }; responses: { 204: { headers: {}; content?: never } } }
  }
}

let server: StubServer
afterEach(() => server.close())

const quick = { baseMs: 5 } as const
const row: Row = { id: '1', name: 'a' }

async function clientFor(
  answer: Answering,
  options: Partial<ApiClientOptions> = {},
  idempotent: readonly string[] = [],
) {
  server = await stubServer(answer)
  return apiClient<paths>({ baseUrl: server.url, retries: quick, ...options }, { idempotent })
}

const one = { params: { path: { id: '1' } } } as const

describe('a token', () => {
  test('is asked for before each call, and goes to its own origin alone', async () => {
    let token = 'a'
    const api = await clientFor((_, response) => json(response, 200, row), { token: () => token })
    await api.GET('/rows/{id}', one)
    token = 'b'
    await api.GET('/rows/{id}', one)
    await api.GET('/rows/{id}', { ...one, headers: { authorization: 'Basic x' } })
    await api.GET('/rows/{id}', { ...one, baseUrl: server.url.replace('127.0.0.1', 'localhost') })
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer a',
      'Bearer b',
      'Basic x',
      undefined,
    ])
  })

  test('that is refused is renewed once for all that wait, and what was sent is sent again', async () => {
    let token = 'old'
    let renewals = 0
    const api = await clientFor(
      ({ headers, body }, response) =>
        headers.authorization === 'Bearer new' ? json(response, 200, { id: '1', name: body }) : json(response, 401, {}),
      {
        token: () => token,
        refresh: async (refused) => {
          expect(refused).toBe('old')
          renewals += 1
          await sleep(30)
          return (token = 'new')
        },
      },
    )
    const names = ['a', 'b', 'c', 'd', 'e']
    const answers = await Promise.all(names.map((name) => api.POST('/rows', { body: { name } })))
    expect(answers.map((answer) => dataOf(answer).name)).toEqual(names.map((name) => JSON.stringify({ name })))
    expect(renewals).toBe(1)
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    expect(renewals).toBe(1)
  })

  test('that another call has renewed meanwhile is taken, and not renewed again', async () => {
    let token = 'old'
    let renewals = 0
    const api = await clientFor(
      ({ headers }, response) => {
        if (headers.authorization === 'Bearer new') return json(response, 200, row)
        token = 'new'
        return json(response, 401, {})
      },
      { token: () => token, refresh: async () => String((renewals += 1)) },
    )
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    expect(renewals).toBe(0)
  })

  test('of which there is none any more leaves the 401; what renewing throws is thrown; later calls try again', async () => {
    const outcomes: (() => string | null)[] = [
      () => null,
      () => {
        throw new Error('offline')
      },
      () => 'new',
    ]
    const api = await clientFor(
      ({ headers }, response) =>
        json(response, headers.authorization === 'Bearer new' ? 200 : 401, { code: 'UNAUTHENTICATED' }),
      { token: () => 'old', refresh: async () => (outcomes.shift() as () => string | null)() },
    )
    expect(failureOf(await api.GET('/rows/{id}', one))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    await expect(api.GET('/rows/{id}', one)).rejects.toThrow('offline')
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
  })

  test('that is refused twice is answered once more and no further', async () => {
    let renewals = 0
    const api = await clientFor((_, response) => json(response, 401, {}), {
      token: () => 'old',
      refresh: async () => `new ${(renewals += 1)}`,
    })
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(401)
    expect([renewals, server.received.length]).toEqual([1, 2])
  })
})

describe('a call that fails for a while', () => {
  const failing =
    (statuses: readonly (number | 'cut')[], headers: object = {}): Answering =>
    (_, response, at) => {
      const status = statuses[at] ?? 200
      if (status === 'cut') return void response.destroy()
      return json(response, status, status === 200 ? row : { code: 'BUSY' }, status === 200 ? {} : headers)
    }

  test.each([
    ['an answer of a proxy', [502, 504]],
    ['a connection that is cut', ['cut', 'cut']],
    ['503', [503]],
  ] as const)('is made again where twice is once: %s', async (_, statuses) => {
    const api = await clientFor(failing(statuses))
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    expect(server.received).toHaveLength(statuses.length + 1)
  })

  test('is not made again more often than is said, and its outcome is then what it is', async () => {
    const api = await clientFor(failing([503, 503, 503, 503]))
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(503)
    expect(server.received).toHaveLength(3)
    await server.close()
    const cut = await clientFor(failing(['cut', 'cut', 'cut', 'cut']))
    await expect(cut.GET('/rows/{id}', one)).rejects.toThrow(TypeError)
    expect(server.received).toHaveLength(3)
    await server.close()
    const never = await clientFor(failing([503]), { retries: false })
    expect((await never.GET('/rows/{id}', one)).response.status).toBe(503)
    expect(server.received).toHaveLength(1)
  })

  test('is not made again where it may have been carried out', async () => {
    for (const status of [503, 502]) {
      const api = await clientFor(failing([status]))
      expect((await api.POST('/rows', { body: { name: 'a' } })).response.status).toBe(status)
      expect(server.received).toHaveLength(1)
      await server.close()
    }
    const posting = await clientFor(failing(['cut']))
    await expect(posting.POST('/rows', { body: { name: 'a' } })).rejects.toThrow(TypeError)
    expect(server.received).toHaveLength(1)
    await server.close()
    const api = await clientFor(failing(['cut']))
    await expect(api.PATCH('/rows/{id}', { ...one, body: { name: 'a' } })).rejects.toThrow(TypeError)
    expect(server.received).toHaveLength(1)
  })

  test('is made again where it was refused and told when to come back, whatever it is', async () => {
    for (const status of [429, 503]) {
      const api = await clientFor(failing([status], { 'retry-after': '0' }))
      expect((await api.POST('/rows', { body: { name: 'a' } })).response.status).toBe(200)
      expect(server.received.map(({ body }) => body)).toEqual(['{"name":"a"}', '{"name":"a"}'])
      await server.close()
    }
    server = await stubServer(() => undefined)
  })

  test('waits as long as it is told, and not at all where that is too long', async () => {
    const api = await clientFor(failing([429], { 'retry-after': '1' }))
    const startedMs = performance.now()
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(990)
    await server.close()
    const late = await clientFor(failing([429], { 'retry-after': '3600' }))
    expect((await late.GET('/rows/{id}', one)).response.status).toBe(429)
    await server.close()
    const dated = await clientFor(failing([503], { 'retry-after': new Date(Date.now() - 5_000).toUTCString() }))
    expect((await dated.GET('/rows/{id}', one)).response.status).toBe(200)
  })

  test('has the same Idempotency-Key each time, another one the next time, and none where it is not taken', async () => {
    const api = await clientFor(failing(['cut', 503, 200, 200]), {}, ['POST /rows'])
    for (const _ of [1, 2]) expect((await api.POST('/rows', { body: { name: 'a' } })).response.status).toBe(200)
    await api.POST('/rows', { body: { name: 'a' }, headers: { 'idempotency-key': 'mine' } })
    await api.PATCH('/rows/{id}', { ...one, body: { name: 'a' } })
    const keys = server.received.map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys.slice(1, 3)).toEqual([keys[0], keys[0]])
    expect(keys[3]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys[3]).not.toBe(keys[0])
    expect(keys.slice(4)).toEqual(['mine', undefined])
  })
})

describe('a call that takes too long', () => {
  test('ends with its time, is made again where twice is once, and its answer counts too', async () => {
    const api = await clientFor(
      async (_, response, at) => {
        if (at < 2) await sleep(300)
        json(response, 200, row)
      },
      { timeoutMs: 60 },
    )
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    expect(server.received).toHaveLength(3)
    await server.close()
    const slow = await clientFor(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{')
      },
      { timeoutMs: 60 },
    )
    await expect(slow.GET('/rows/{id}', one)).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('ends at once where its caller says so, also while it waits', async () => {
    const api = await clientFor((_, response) => json(response, 429, {}, { 'retry-after': '10' }))
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('closed')), 50)
    const startedMs = performance.now()
    await expect(api.GET('/rows/{id}', { ...one, signal: controller.signal })).rejects.toThrow('closed')
    expect(performance.now() - startedMs).toBeLessThan(2_000)
    expect(server.received).toHaveLength(1)
  })
})

describe('a change of a row', () => {
  test('is of the state that was last seen: read, made or changed', async () => {
    const tags = ['"1"', '"2"', '"3"']
    const api = await clientFor(({ method }, response) => {
      if (method === 'DELETE') return void response.writeHead(204).end()
      return json(response, method === 'POST' ? 201 : 200, row, {
        etag: tags.shift() ?? '"4"',
        ...(method === 'POST' ? { location: '/rows/1' } : {}),
      })
    })
    await api.PATCH('/rows/{id}', { ...one, body: { name: 'never seen' }, headers: { 'if-match': '*' } })
    await api.PATCH('/rows/{id}', { ...one, body: { name: 'a' } })
    await api.POST('/rows', { body: { name: 'a' } })
    await api.PATCH('/rows/{id}', { ...one, body: { name: 'b' } })
    await api.DELETE('/rows/{id}', one)
    await api.PATCH('/rows/{id}', { ...one, body: { name: 'gone' } })
    expect(server.received.map(({ method, headers }) => [method, headers['if-match']])).toEqual([
      ['PATCH', '*'],
      ['PATCH', '"1"'],
      ['POST', undefined],
      ['PATCH', '"3"'],
      ['DELETE', '"4"'],
      ['PATCH', undefined],
    ])
  })

  test('asks for none after a weak tag, for another row, or where that is not wanted', async () => {
    const weak = await clientFor((_, response) => json(response, 200, row, { etag: 'W/"1"' }))
    await weak.GET('/rows/{id}', one)
    await weak.PATCH('/rows/{id}', { ...one, body: { name: 'a' } })
    expect(server.received[1]?.headers['if-match']).toBeUndefined()
    await server.close()
    const off = await clientFor((_, response) => json(response, 200, row, { etag: '"1"' }), { ifMatch: false })
    await off.GET('/rows/{id}', one)
    await off.PATCH('/rows/{id}', { ...one, body: { name: 'a' } })
    expect(server.received[1]?.headers['if-match']).toBeUndefined()
    await server.close()
    const other = await clientFor((_, response) => json(response, 200, row, { etag: '"1"' }))
    await other.GET('/rows/{id}', one)
    await other.PATCH('/rows/{id}', { params: { path: { id: '2' } }, body: { name: 'a' } })
    expect(server.received[1]?.headers['if-match']).toBeUndefined()
  })

  test('of the thousand rows last seen', async () => {
    const api = await clientFor((_, response) => json(response, 200, row, { etag: '"1"' }))
    for (let id = 0; id <= 1_000; id += 1) await api.GET('/rows/{id}', { params: { path: { id: String(id) } } })
    const body = { name: 'a' }
    for (const id of ['1', '0', '1000']) await api.PATCH('/rows/{id}', { params: { path: { id } }, body })
    expect(server.received.slice(-3).map(({ headers }) => headers['if-match'])).toEqual(['"1"', undefined, '"1"'])
  })
})

describe('an error', () => {
  const failureFor = async (status: number, body: string, headers: object = {}) => {
    const api = await clientFor((_, response) => void response.writeHead(status, { ...headers }).end(body))
    return failureOf(await api.GET('/rows/{id}', one))
  }
  const issues = [{ in: 'body', path: '/name', code: 'LENGTH', message: 'is too long' }]

  test.each([
    ['plain', { detail: 'Gone', code: 'GONE', errors: issues }],
    ['envelope', { errorCode: 'GONE', message: 'Gone', data: null, errors: issues }],
    ['envelope in snake case', { error_code: 'GONE', message: 'Gone', data: null, errors: issues }],
    ['problem', { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Gone', code: 'GONE', errors: issues }],
  ])('of the style %s is one value', async (_, body) => {
    const failure = await failureFor(409, JSON.stringify(body), { 'x-request-id': 'r1' })
    expect(failure).toMatchObject({ status: 409, code: 'GONE', message: 'Gone', issues, requestId: 'r1' })
    expect(failure).toBeInstanceOf(ApiError)
  })

  test.each([
    ['a proxy’s page', 404, '<html>'],
    ['nothing', 404, ''],
    ['something else', 404, '[1]'],
  ])('that is %s has no code', async (_, status, body) => {
    expect(await failureFor(status, body)).toMatchObject({ status, code: null, issues: [], requestId: null })
  })
})

describe('rows', () => {
  test.each([
    [
      'of a bare list',
      (rows: Row[]) => rows,
      (next: string | null) => (next === null ? {} : { 'x-next-cursor': next }),
    ],
    [
      'of an envelope',
      (data: Row[], nextCursor: string | null) => ({ data, page: { pageSize: 2, nextCursor } }),
      () => ({}),
    ],
    [
      'in snake case',
      (data: Row[], next_cursor: string | null) => ({ data, page: { page_size: 2, next_cursor } }),
      () => ({}),
    ],
  ])('%s are read page after page, as they are asked for', async (_, bodyOf, headersOf) => {
    const api = await clientFor(({ url }, response) => {
      const cursor = Number(new URL(url, 'http://x').searchParams.get('cursor') || '0')
      const next = cursor < 2 ? String(cursor + 1) : null
      const rows =
        cursor === 1
          ? []
          : [
              { id: `${cursor}a`, name: 'x' },
              { id: `${cursor}b`, name: 'x' },
            ]
      json(response, 200, bodyOf(rows, next), headersOf(next))
    })
    const ids: string[] = []
    const askedAt = new Map<string, number>()
    for await (const { id } of api.rows('/rows', { params: { query: { name: 'x' } } })) {
      ids.push(id)
      askedAt.set(id, server.received.length)
    }
    expect(ids).toEqual(['0a', '0b', '2a', '2b'])
    expect([...askedAt.values()]).toEqual([1, 1, 3, 3])
    expect(server.received.map(({ url }) => url)).toEqual([
      '/rows?name=x&cursor=',
      '/rows?name=x&cursor=1',
      '/rows?name=x&cursor=2',
    ])
  })

  test('of what is no list are refused in words', async () => {
    const api = await clientFor((_, response) => json(response, 200, { id: 1 }))
    await expect(api.rows('/rows').next()).rejects.toThrow('The answer is no list')
  })
})
