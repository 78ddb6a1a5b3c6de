import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { graph, identity, integer, model, text } from '../../src/model/index.ts'
import { conformance, testClient } from '../../src/testing/index.ts'
import type { Exchange } from '../../src/testing/index.ts'
import { bazaarApp } from './bazaar-app.ts'

const check = conformance(bazaarApp())

const headers = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'one' }
const country = { code: 'DE', name: 'Germany' }

function answer(exchange: Partial<Exchange> & { readonly json?: unknown }): () => void {
  const { json, ...given } = exchange
  const body = json === undefined ? '' : JSON.stringify(json)
  const spoken = (given.status ?? 200) < 400 ? {} : { 'content-language': 'en' }
  const dates = { ...headers, ...spoken, deprecation: '@1769817600' }
  return () => check({ method: 'GET', url: '/v2/countries/DE', status: 200, headers: dates, text: body, ...given })
}

describe('an answer that is as the document says', () => {
  test.each<[string, ReturnType<typeof answer>]>([
    ['a row', answer({ json: country })],
    ['a part of it that was asked for', answer({ url: '/v2/countries/DE?fields=code', json: { code: 'DE' } })],
    ['a list', answer({ url: '/v2/countries', json: [country] })],
    ['a refusal', answer({ status: 404, json: { detail: 'Country not found', code: 'NOT_FOUND' } })],
    ['no body to HEAD', answer({ method: 'HEAD' })],
    [
      'a path that nobody answers',
      answer({ url: '/nowhere', status: 404, json: { detail: 'Not found', code: 'ROUTE_NOT_FOUND' } }),
    ],
    ['the plainest path wins', answer({ url: '/v1/samples/summary', headers, json: [] })],
  ])('%s', (_name, exchange) => {
    expect(exchange).not.toThrow()
  })
})

describe('an answer that is not', () => {
  test.each<[string, ReturnType<typeof answer>, RegExp]>([
    ['a status', answer({ status: 418 }), /418 to GET \/v2\/countries\/DE .* getCountry documents 200, 304, 400/],
    [
      'a media type',
      answer({ headers: { ...headers, deprecation: '@1', 'content-type': 'text/plain' } }),
      /media type text\/plain/,
    ],
    ['a body that is none', answer({ text: '{' }), /its body is no JSON/],
    ['a property too much', answer({ json: { ...country, secret: 1 } }), /must NOT have additional properties: secret/],
    ['a property too little', answer({ json: { code: 'DE' } }), /must have required property 'name'/],
    [
      'a part that was not asked for, in a list',
      answer({ url: '/v2/countries', json: [{ code: 'DE' }] }),
      /required property/,
    ],
    ['a value of another type', answer({ json: { ...country, name: 1 } }), /\/name must be string/],
    ['a code', answer({ status: 404, json: { detail: 'Gone', code: 'GONE' } }), /\/code must be equal to one of/],
    ['a missing header', answer({ headers, json: country }), /no header Deprecation/],
    [
      'a body where there is none',
      answer({ method: 'DELETE', status: 204, text: '{}' }),
      /has a body, and none is documented/,
    ],
    [
      'a refusal in no style',
      answer({ url: '/nowhere', status: 404, json: { message: 'Not found' } }),
      /required property 'detail'/,
    ],
  ])('%s', (_name, exchange, message) => {
    expect(exchange).toThrow(message)
    expect(exchange).toThrow(expect.objectContaining({ code: 'ANSWER_UNDOCUMENTED' }))
  })
})

describe('a test client', () => {
  const { CLOSED } = defineErrors({
    CLOSED: { kind: 'permission', en: 'Closed', zh: '已关闭', remedy: 'Wait', values: {} },
  })
  const open = route('POST /open', {
    summary: 'Opens, or not',
    body: shape({ hour: integer() }),
    responses: { 200: shape({ word: text() }) },
    handler: ({ body }) => {
      if (body.hour < 8) throw CLOSED()
      return { word: 'welcome' }
    },
  })
  const app = createApp({
    title: 'Door',
    version: '1',
    models: graph({ Door: model('doors', { id: identity() }) }),
    responses: plain,
    routes: [group({ auth: publicAccess('a test') }, [open])],
  })

  test('throws for an error that its route does not declare', async () => {
    const client = await testClient(app)
    expect((await client.post('/open', { hour: 9 })).json).toEqual({ word: 'welcome' })
    await expect(client.post('/open', { hour: 7 })).rejects.toThrow(
      /The answer 403 to POST \/open is not as the OpenAPI document of its app says: .* postOpen documents/,
    )
    await client.close()
  })

  test('does not where it is told not to', async () => {
    const client = await testClient(app, { conform: false })
    expect(await client.post('/open', { hour: 7 })).toMatchObject({ status: 403, json: { code: 'CLOSED' } })
    await client.close()
  })
})
