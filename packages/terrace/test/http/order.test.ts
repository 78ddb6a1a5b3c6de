import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { unscoped } from '../../src/database/index.ts'
import type { Session } from '../../src/database/index.ts'
import { read, shape } from '../../src/dto/index.ts'
import { defineErrors, errors } from '../../src/errors/index.ts'
import { authentication, bearer, group, plain, reply, route } from '../../src/http/index.ts'
import { integer, text } from '../../src/model/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'

const { FOOD_PROTECTED } = defineErrors({
  FOOD_PROTECTED: {
    kind: 'permission',
    en: 'Not this food',
    zh: '不可修改此食物',
    remedy: 'Choose another',
    values: {},
  },
})

/** Tokens say what comes of them: `good.admin`, `good.user`, `unknown.x`; anything without a dot cannot be one. */
const key = authentication('key', {
  scheme: bearer({ form: (token) => token.includes('.') }),
  verify: async ({ token }) => (token.startsWith('good.') ? { role: token.slice('good.'.length) } : null),
  actor: () => ({}),
  roles: ({ role }) => [role],
})

class Guarded {
  readonly foods: ShelfFoods
  constructor(session: Session) {
    this.foods = session.use(ShelfFoods)
  }

  /** The row, then who may change it, then the rules. */
  async rename(id: number, name: string) {
    const food = await this.foods.get(id)
    if (food.name === 'Bread') throw FOOD_PROTECTED()
    return this.foods.update(id, { name })
  }
}

const rename = route('PATCH /foods/:id', {
  summary: 'Renames',
  auth: key,
  roles: ['admin'],
  params: shape({ id: integer() }),
  query: shape({ answer: text().length(1, 9).nullable() }),
  body: shape({ name: text().length(1, 100) }),
  responses: { 200: read(shelfModels.Food) },
  errors: [FOOD_PROTECTED, errors.NOT_FOUND, errors.UNIQUE],
  use: { guarded: Guarded },
  handler: async ({ params, query, body, use }) => {
    const food = await use.guarded.rename(params.id, body.name)
    return query.answer === 'wrong' ? reply(200, { ...food, name: null } as unknown as typeof food) : food
  },
})

let running: RunningApp

beforeAll(async () => {
  const app = createApp({
    title: 'Order',
    version: '1.0.0',
    models: shelfModels,
    responses: plain,
    routes: [group({ prefix: '/v1' }, [rename])],
  })
  const limits = { bodyBytes: 200 }
  running = await startApp(app, {
    databaseUrl: 'sqlite::memory:',
    host: '127.0.0.1',
    port: 0,
    log: 'silent',
    metrics: false,
    limits,
  })
})
afterAll(() => running.stop())

interface Faulty {
  method: string
  path: string
  id: string
  query: string
  headers: Record<string, string>
  body: string
}

/** What can be wrong with a request, in the order in which it is looked at, with the answer to it. */
const faults: readonly (readonly [what: string, answer: string, spoil: (request: Faulty) => void])[] = [
  ['headers', '431 HEADERS_TOO_LARGE', ({ headers }) => (headers['x-large'] = 'x'.repeat(40_000))],
  ['an unknown path', '404 ROUTE_NOT_FOUND', (request) => (request.path = '/v1/nowhere')],
  ['another method', '405 METHOD_NOT_ALLOWED', (request) => (request.method = 'PUT')],
  ['a long query', '414 URL_TOO_LONG', (request) => (request.query += `&x=${'x'.repeat(8_200)}`)],
  ['what can be no token', '401 UNAUTHENTICATED', ({ headers }) => (headers['authorization'] = 'Bearer none')],
  ['another media type', '415 UNSUPPORTED_MEDIA_TYPE', ({ headers }) => (headers['content-type'] = 'text/plain')],
  ['a large body', '413 BODY_TOO_LARGE', (request) => (request.body += ' '.repeat(300))],
  ['broken JSON', '400 MALFORMED_JSON', (request) => (request.body = `{${request.body}`)],
  ['a token of nobody', '401 UNAUTHENTICATED', ({ headers }) => (headers['authorization'] = 'Bearer unknown.x')],
  ['a missing role', '403 ROLE_MISSING', ({ headers }) => (headers['authorization'] = 'Bearer good.user')],
  ['an unknown name', '400 UNKNOWN_QUERY', (request) => (request.query += '&colour=red')],
  ['a wrong value in the query', '422 VALIDATION', (request) => (request.query += '&answer=much-too-long')],
  ['a wrong value in the body', '422 VALIDATION', (request) => (request.body = '{"name":""}')],
  ['no row', '404 NOT_FOUND', (request) => (request.id = '999')],
  ['a protected row', '403 FOOD_PROTECTED', (request) => (request.id = '2')],
  ['a rule', '409 UNIQUE', (request) => (request.body = '{"name":"Cheese"}')],
  ['an answer that does not fit', '500 INTERNAL', (request) => (request.query += '&answer=wrong')],
]

async function answerTo(...spoil: readonly ((request: Faulty) => void)[]): Promise<string> {
  const request: Faulty = {
    method: 'PATCH',
    path: '/v1/foods/',
    id: '1',
    query: '',
    headers: { authorization: 'Bearer good.admin', 'content-type': 'application/json' },
    body: '{"name":"Renamed"}',
  }
  for (const spoilIt of spoil) spoilIt(request)
  const { method, path, id, query, headers, body } = request
  const url = `${running.url}${path}${path.endsWith('/') ? id : ''}${query.replace('&', '?')}`
  const response = await fetch(url, { method, headers, body })
  const json = (await response.json()) as { code?: string }
  return `${response.status} ${json.code ?? json.constructor.name}`
}

const apply = (at: number): ((request: Faulty) => void) => (faults[at] as (typeof faults)[number])[2]

test.each(faults.map(([what, answer], at) => [what, answer, at] as const))(
  '%s alone answers %s',
  async (_what, answer, at) => {
    expect(await answerTo(apply(at))).toBe(answer)
  },
)

/** Those that spoil the same part of a request cannot both be wrong with it. */
const apart: ReadonlySet<string> = new Set([
  'what can be no token + a token of nobody',
  'what can be no token + a missing role',
  'a token of nobody + a missing role',
  'a wrong value in the query + an answer that does not fit',
  'a wrong value in the body + a rule',
  'no row + a protected row',
])
const pairs = faults.flatMap(([first, answer], at) =>
  faults.slice(at + 1).map(([second], after) => [`${first} + ${second}`, answer, at, at + 1 + after] as const),
)

test.each(pairs.filter(([what]) => !apart.has(what)))('%s answers %s', async (_what, answer, first, second) => {
  expect(await answerTo(apply(second), apply(first))).toBe(answer)
})

test('what is wrong in the query and in the body is named at once', async () => {
  const headers = { authorization: 'Bearer good.admin', 'content-type': 'application/json' }
  const url = `${running.url}/v1/foods/1?answer=much-too-long`
  const response = await fetch(url, { method: 'PATCH', headers, body: '{"name":"","more":1}' })
  const { errors: issues } = (await response.json()) as { errors: { in: string; path: string }[] }
  expect(issues.map((issue) => `${issue.in} ${issue.path}`)).toEqual(['query /answer', 'body /name', 'body /more'])
})

test('what is refused changes nothing', async () => {
  const { rows } = await running.database.session(unscoped('a test'), (session) =>
    session.use(ShelfFoods).list({ page: { limit: 50, offset: 0 } }),
  )
  expect(rows.map(({ name }) => name).toSorted()).toEqual(['Apple', 'Bread', 'Cheese'])
})
