import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'

let running: RunningApp
let lines: string[]

const store = route('POST /foods', {
  summary: 'Stores a food',
  body: shape({ name: text().length(1, 100) }),
  responses: { 200: shape({ name: text() }) },
  use: { foods: ShelfFoods },
  handler: ({ body, use }) => use.foods.create(body),
})

beforeEach(async () => {
  lines = []
  const app = createApp({
    title: 'Slow',
    version: '1.0.0',
    models: shelfModels,
    responses: plain,
    routes: [group({ auth: publicAccess('a test') }, [store])],
  })
  running = await startApp(app, {
    databaseUrl: 'sqlite::memory:',
    host: '127.0.0.1',
    port: 0,
    // Every statement is a line.
    debug: true,
    logTo: { write: (line) => void lines.push(line) },
    metrics: false,
    limits: { bodyBytes: 1_000, headersTimeoutMs: 20_000, requestTimeoutMs: 30_000 },
  })
  lines.length = 0
})
afterEach(() => running.stop())

const statements = () => lines.filter((line) => line.includes('"msg":"statement"'))

function open(): Promise<Socket> {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)))
}

/** Everything that comes until the connection is closed, or as long as is waited for. */
async function answered(socket: Socket, waitMs = 5_000): Promise<string> {
  let received = ''
  socket.on('data', (bytes) => (received += String(bytes)))
  await Promise.race([
    new Promise((resolve) => socket.once('close', resolve)),
    sleep(waitMs, undefined, { ref: false }),
  ])
  return received
}

const head = 'POST /foods HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'

test('a thousand clients in the midst of their requests hold no connection of the database and keep nobody waiting', async () => {
  const sockets = await Promise.all(Array.from({ length: 1_000 }, open))
  for (const [at, socket] of sockets.entries())
    socket.write(
      at % 2 === 0 ? 'POST /foods HTTP/1.1\r\nhost: x\r\nx-drip: 1' : `${head}content-length: 20\r\n\r\n{"na`,
    )
  await sleep(200)
  const { size, idle, waiting } = running.database.stats()
  expect([size - idle, waiting, statements()]).toEqual([0, 0, []])
  const startedAt = performance.now()
  const body = JSON.stringify({ name: 'Kiwi' })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${running.url}/foods`, { method: 'POST', headers, body })).status).toBe(200)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
  for (const socket of sockets) socket.destroy()
})

test('one more than each limit is refused at once, and asks the database nothing', async () => {
  const beyond = {
    body: ['413', `${head}connection: close\r\ncontent-length: 1001\r\n\r\n${' '.repeat(1_001)}`],
    announced: ['413', `${head}connection: close\r\ncontent-length: 1001\r\n\r\n`],
    url: ['414', `POST /foods?${'q'.repeat(8_193)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`],
    ownUrl: ['414', `GET /readyz?${'q'.repeat(8_193)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`],
    headers: ['431', `GET /foods HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(16_385)}\r\n\r\n`],
    depth: ['400', jsonRequest(`${'['.repeat(33)}${']'.repeat(33)}`)],
  }
  for (const [limit, [status, request]] of Object.entries(beyond)) {
    const socket = await open()
    const startedAt = performance.now()
    socket.write(request as string)
    expect([limit, (await answered(socket)).slice(9, 12)]).toEqual([limit, status])
    // 50 ms on a machine of its own; here a dozen others work.
    expect(performance.now() - startedAt).toBeLessThan(500)
  }
  expect(statements()).toEqual([])
})

function jsonRequest(body: string): string {
  return `${head}connection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

test('what Node would refuse by itself is refused in the style: an unknown expectation, a missing host', async () => {
  const cases = {
    EXPECTATION_FAILED: ['417', `${head}expect: wonders\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`],
    REQUEST_MALFORMED: ['400', 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n'],
  }
  for (const [code, [status, request]] of Object.entries(cases)) {
    const socket = await open()
    socket.write(request as string)
    const response = await answered(socket)
    expect(response.slice(9, 12)).toBe(status)
    expect(JSON.parse(response.slice(response.indexOf('\r\n\r\n') + 4))).toMatchObject({ code })
    expect(response).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/)
  }
})

test('a client that waits for 100-continue gets it, and HTTP/1.0 needs no host', async () => {
  const socket = await open()
  socket.write(`${head}expect: 100-continue\r\ncontent-length: 15\r\nconnection: close\r\n\r\n`)
  socket.once('data', () => void socket.write('{"name":"Plum"}'))
  expect(await answered(socket)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
  const old = await open()
  old.write('GET /healthz HTTP/1.0\r\n\r\n')
  expect(await answered(old)).toMatch(/^HTTP\/1\.1 200 /)
})

test('half of a head does not hold up the end, on a new connection or on one that was used before', async () => {
  const fresh = await open()
  fresh.write('GET /healthz HTTP/1.1\r\nhos')
  const used = await open()
  used.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  await new Promise((resolve) => used.once('data', resolve))
  used.write('GET /healthz HTTP/1.1\r\nhos')
  await sleep(50)
  const startedAt = performance.now()
  await running.stop()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test('a head whose other half comes while the server stops is answered', async () => {
  const socket = await open()
  socket.write('GET /healthz HTTP/1.1\r\nhos')
  await sleep(50)
  const stopped = running.stop()
  await sleep(50)
  socket.write('t: x\r\n\r\n')
  expect(await answered(socket)).toMatch(/^HTTP\/1\.1 200 [^]*\r\nconnection: close\r\n/i)
  await stopped
})
