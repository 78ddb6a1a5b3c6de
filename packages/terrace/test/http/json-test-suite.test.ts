import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient, TestResponse } from '../../src/testing/index.ts'
import { shelfApp } from '../shelf/shelf-app.ts'
import { newShelfDevice } from '../shelf/shelf-device.ts'

/** JSONTestSuite by Nicolas Seriot: `n_` must be refused, `y_` accepted, `i_` is for each parser to decide. */
const folder = new URL('../../../../../shared/corpora/json-test-suite/test_parsing/', import.meta.url)
const isThere = existsSync(folder)
const files = isThere ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
const bytesOf = (name: string) => readFileSync(new URL(encodeURIComponent(name), folder))
const startingWith = (prefix: string) => files.filter((name) => name.startsWith(prefix))

/** RFC 8259 leaves open what a repeated name means; here it is refused, because readers disagree on which one counts. */
const refusedHere = new Set(['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'])

/** U+0000 is a character of JSON, and one that no text of PostgreSQL holds. */
const heldByNoColumn = new Set(['y_object_escaped_null_in_key.json', 'y_string_null_escape.json'])

let client: TestClient
let send: (body: Uint8Array) => Promise<TestResponse>

beforeAll(async () => {
  client = await testClient(shelfApp())
  const device = await newShelfDevice(client)
  send = (body) => device.send('POST', '/v1/products', body)
})
afterAll(() => client.close())

describe.skipIf(!isThere)('JSONTestSuite as bodies (skipped where the corpus is not beside the repository)', () => {
  test('holds the whole suite', () => {
    expect([startingWith('n_').length, startingWith('y_').length, startingWith('i_').length]).toEqual([188, 95, 35])
  })

  test.each(startingWith('n_'))('%s answers 400', async (name) => {
    const answer = await send(bytesOf(name))
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, 'MALFORMED_JSON'])
  })

  test.each(startingWith('y_'))('%s is read, and refused for what it says alone', async (name) => {
    const answer = await send(bytesOf(name))
    expect(answer.status).toBe(refusedHere.has(name) ? 400 : 422)
  })

  test.each(startingWith('y_').filter((name) => !refusedHere.has(name)))(
    '%s is kept as it is in a JSON column',
    async (name) => {
      const document = bytesOf(name)
      const around = Buffer.concat([Buffer.from(`{"name":"${name}","kcal100g":1,"extra":`), document, Buffer.from('}')])
      const answer = await send(around)
      // Written once, so that minus zero is what it is in every JSON.
      const sent: unknown = JSON.parse(JSON.stringify(JSON.parse(document.toString('utf8'))))
      const expected = heldByNoColumn.has(name) ? [422, undefined] : [201, sent]
      expect([answer.status, (answer.json as { extra?: unknown }).extra]).toEqual(expected)
    },
  )
})
