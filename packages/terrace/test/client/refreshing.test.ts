import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { apiClient, dataOf, type ApiClientOptions } from '../../src/client/index.ts'
import { json, stubServer, type Answering, type StubServer } from './stub-server.ts'

interface Row {
  id: string
  name: string
}
type Answer = { 200: { headers: {}; content: { 'application/json': Row } } }
interface paths {
  '/rows': {
    get: { parameters: {}; responses: Answer }
    post: { parameters: {}; requestBody: { content: { 'application/json': { name: string } } }; responses: Answer }
  }
  '/rows/{id}': { get: { parameters: { path: { id: string } }; responses: Answer } }
}

let server: StubServer
afterEach(() => server.close())

async function clientFor(answer: Answering, options: Partial<ApiClientOptions>) {
  server = await stubServer(answer)
  return apiClient<paths>({ baseUrl: server.url, ...options }, { idempotent: [] })
}

const row: Row = { id: '1', name: 'a' }
const one = { params: { path: { id: '1' } } } as const

describe('a token', () => {
  /** A server where every token is refused, by which nothing can be renewed. */
  const refusing: Answering = (_, response) => json(response, 401, { code: 'UNAUTHENTICATED' })

  async function refreshedByItself(before: () => Promise<unknown> | null, timeoutMs = 30_000) {
    let renewals = 0
    const api = await clientFor(refusing, {
      token: () => 'old',
      timeoutMs,
      refresh: async () => {
        renewals += 1
        const waiting = before()
        if (waiting !== null) await waiting
        return dataOf(await api.POST('/rows', { body: { name: 'a' } })).name
      },
    })
    const calls = await Promise.allSettled([api.GET('/rows/{id}', one), api.GET('/rows')])
    return { renewals, reasons: calls.map((call) => (call.status === 'rejected' ? call.reason : call.value)) }
  }

  test.each([
    ['at once', (): null => null],
    ['later', () => sleep(10)],
  ] as const)(
    'that is renewed by a call of the same client, made %s, is refused where that call is',
    async (_, before) => {
      const { renewals, reasons } = await refreshedByItself(before)
      expect(renewals).toBe(1)
      expect(reasons).toEqual([0, 1].map(() => expect.objectContaining({ status: 401, code: 'UNAUTHENTICATED' })))
    },
  )

  test.each([
    ['at once', (): null => null, 30_000],
    ['later', () => sleep(10), 300],
  ] as const)('is so in a browser too, by a call made %s', async (_, before, timeoutMs) => {
    const following = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
    try {
      const { renewals, reasons } = await refreshedByItself(before, timeoutMs)
      expect(renewals).toBe(1)
      expect(reasons).toEqual([0, 1].map(() => expect.objectContaining({ status: 401 })))
    } finally {
      following.mockRestore()
    }
  })

  test('that is being renewed is waited for by calls that begin meanwhile', async () => {
    let token = 'old'
    let began: Promise<{ response: Response }> | null = null
    const api = await clientFor(
      ({ headers }, response) => json(response, headers.authorization === 'Bearer new' ? 200 : 401, row),
      {
        token: () => token,
        refresh: async () => {
          await sleep(60)
          return (token = 'new')
        },
      },
    )
    setTimeout(() => {
      began = api.GET('/rows/{id}', one)
    }, 20)
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    expect((await (began as Promise<{ response: Response }> | null))?.response.status).toBe(200)
    expect(server.received.filter(({ headers }) => headers.authorization === 'Bearer old')).toHaveLength(2)
  })

  test('is renewed for what a renewal has left running', async () => {
    let token = 'old'
    let later: Promise<{ response: Response }> | null = null
    const api = await clientFor(
      ({ headers }, response) => json(response, headers.authorization === `Bearer ${token}!` ? 200 : 401, row),
      {
        token: () => token,
        refresh: async () => {
          later ??= sleep(50).then(() => api.GET('/rows/{id}', one))
          return `${token}!`
        },
      },
    )
    expect((await api.GET('/rows/{id}', one)).response.status).toBe(200)
    token = 'other'
    expect((await (later as Promise<{ response: Response }> | null))?.response.status).toBe(200)
  })
})
