import { connect, createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { errors } from '../../src/errors/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { refusalOf } from '../../src/http/refusal-of.ts'
import { text } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'

let running: RunningApp
const lines: string[] = []
let holding = false
let begun = 0

/** Stores, and where it holds takes long enough for whoever asked to go. Names are unique: what was stored is refused again. */
const store = route('POST /foods', {
  summary: 'Stores a food',
  body: shape({ name: text().length(1, 100) }),
  responses: { 200: shape({ name: text() }) },
  use: { foods: ShelfFoods },
  handler: async ({ body, use, signal }) => {
    const row = await use.foods.create(body)
    begun += 1
    if (holding) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return row
  },
})
const app = createApp({
  title: 'Ended early',
  version: '1.0.0',
  models: shelfModels,
  responses: plain,
  routes: [group({ auth: publicAccess('a test') }, [store])],
})
const at = { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', metrics: false } as const

beforeAll(async () => {
  running = await startApp(app, { ...at, port: 0, logTo: { write: (line) => void lines.push(line) } })
})
afterAll(() => running.stop())
beforeEach(() => {
  lines.length = 0
})

test('a client that goes before its answer has stored nothing, and is a 499 in the log', async () => {
  const body = '{"name":"Brioche"}'
  holding = true
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  const head = `POST /foods HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  socket.write(`${head}\r\n\r\n${body}`)
  await expect.poll(() => begun).toBe(1)
  socket.destroy()
  await expect.poll(() => lines.filter((line) => line.includes('"status":499'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('"level":50'))).toEqual([])
  holding = false
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${running.url}/foods`, { method: 'POST', headers, body })).status).toBe(200)
  expect(refusalOf(errors.CLIENT_GONE()).problem).toMatchObject({ status: 499, code: 'CLIENT_GONE' })
})

test('a body that is shorter than it said is refused, and not taken for the whole', async () => {
  const client = await testClient(app)
  const headers = { 'content-type': 'application/json', 'content-length': '99' }
  expect(await client.request('POST', '/foods', { headers, body: '{"name":"Bread"}' })).toMatchObject({
    status: 400,
    json: { code: 'BODY_INCOMPLETE' },
  })
  await client.close()
})

test('a start on an address that is taken says so, and leaves nothing open', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  await expect(startApp(app, { ...at, port, logTo: { write: () => undefined } })).rejects.toMatchObject({
    code: 'ADDRESS_UNAVAILABLE',
    values: { host: '127.0.0.1', port, reason: 'the address is in use' },
  })
  other.close()
})
