import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'
import { createApp, startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { everyone } from '../../src/database/index.ts'
import { shape } from '../../src/dto/index.ts'
import { text } from '../../src/model/index.ts'

interface Gate {
  entered: Promise<void>
  open(): void
}

let running: RunningApp
let gate: Gate
let enter: () => void
let opened: Promise<void>

beforeEach(async () => {
  let open: () => void = () => undefined
  opened = new Promise((resolve) => (open = resolve))
  gate = { entered: new Promise((resolve) => (enter = resolve)), open }
  const slow = route('GET /slow', {
    summary: 'Waits for the test',
    responses: { 200: shape({ text: text() }) },
    handler: async () => {
      enter()
      await opened
      return { text: 'done' }
    },
  })
  const echo = route('POST /echo', {
    summary: 'Gives back what is sent',
    body: shape({ text: text() }),
    responses: { 200: shape({ text: text() }) },
    handler: ({ body }) => body,
  })
  const store = route('POST /foods/:name', {
    summary: 'Writes, then waits for the test',
    params: shape({ name: text().length(1, 9) }),
    responses: { 200: shape({ name: text() }) },
    use: { foods: ShelfFoods },
    handler: async ({ params, use }) => {
      const food = await use.foods.create({ name: params.name })
      enter()
      await opened
      return food
    },
  })
  const app = createApp({
    title: 'Sockets',
    version: '1.0.0',
    models: shelfModels,
    responses: plain,
    routes: [group({ auth: publicAccess('a test') }, [slow, echo, store])],
  })
  running = await startApp(app, {
    databaseUrl: 'sqlite::memory:',
    host: '127.0.0.1',
    port: 0,
    log: 'silent',
    drainMs: 400,
    limits: { headersTimeoutMs: 400, requestTimeoutMs: 800, bodyBytes: 1_000 },
  })
})
afterEach(async () => {
  gate.open()
  await running.stop()
})

/** Sends bytes over a socket of its own and gives everything that comes back until it is closed. */
async function talk(send: (socket: Socket) => void | Promise<void>): Promise<string> {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (bytes) => (received += bytes.toString('utf8')))
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => undefined)
  await send(socket)
  await closed
  return received
}

const bodyOf = (response: string) =>
  JSON.parse(response.slice(response.indexOf('\r\n\r\n') + 4)) as Record<string, unknown>

test('a client that drips its headers is answered 408 and let go', async () => {
  const startedAt = performance.now()
  const response = await talk(async (socket) => {
    socket.write('GET /healthz HTTP/1.1\r\n')
    for (let at = 0; at < 20 && !socket.closed; at++) {
      socket.write(`x-${at}: 1\r\n`)
      await sleep(100)
    }
  })
  expect(response).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  expect(bodyOf(response)).toMatchObject({ code: 'REQUEST_TIMEOUT' })
  expect(performance.now() - startedAt).toBeLessThan(3_000)
})

test('a client that drips its body is let go, and holds no connection of the database meanwhile', async () => {
  const before = running.database.stats()
  const during: unknown[] = []
  const response = await talk(async (socket) => {
    socket.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n')
    for (let at = 0; at < 25 && !socket.closed; at++) {
      socket.write(' ')
      during.push(running.database.stats())
      await sleep(100)
    }
  })
  expect(response).toMatch(/^HTTP\/1\.1 408 /)
  for (const stats of during) expect(stats).toEqual(before)
})

test('headers too large are answered 431, what is no HTTP 400', async () => {
  const large = await talk((socket) => void socket.write(`GET /healthz HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`))
  expect(large).toMatch(/^HTTP\/1\.1 431 /)
  expect(bodyOf(large)).toMatchObject({ code: 'HEADERS_TOO_LARGE' })
  const garbage = await talk((socket) => void socket.write('hello\r\n\r\n'))
  expect(garbage).toMatch(/^HTTP\/1\.1 400 /)
  expect(bodyOf(garbage)).toMatchObject({ code: 'REQUEST_MALFORMED' })
  expect(garbage).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/)
})

test('an announced body above the limit is answered 413 before it is sent', async () => {
  const response = await talk(
    (socket) =>
      void socket.write(
        'POST /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n',
      ),
  )
  expect(response).toMatch(/^HTTP\/1\.1 413 /)
  expect(bodyOf(response)).toMatchObject({ code: 'BODY_TOO_LARGE' })
})

test('a chunked body is counted as it comes', async () => {
  const chunk = `${(2_000).toString(16)}\r\n${' '.repeat(2_000)}\r\n`
  const response = await talk(
    (socket) =>
      void socket.write(
        `POST /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
      ),
  )
  expect(response).toMatch(/^HTTP\/1\.1 413 /)
})

test('a client that goes away in its body leaves the server as it was', async () => {
  await talk(async (socket) => {
    socket.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{')
    await sleep(50)
    socket.destroy()
  })
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200)
})

const foodNames = async (): Promise<readonly string[]> => {
  const { rows } = await running.database.session(everyone, (session) =>
    session.use(ShelfFoods).list({ page: { limit: 50, offset: 0 } }),
  )
  return rows.map(({ name }) => name)
}

test('what was done for a client that has gone is undone: only an answer that is sent is stored', async () => {
  await talk(async (socket) => {
    socket.write('POST /foods/Gone HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n')
    await gate.entered
    socket.destroy()
  })
  await sleep(50)
  gate.open()
  expect(await foodNames()).not.toContain('Gone')
})

test('garbage behind a request is no answer to that request, which gets its own', async () => {
  const response = await talk(async (socket) => {
    socket.write('POST /foods/Pear HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\nGARBAGE\r\n\r\n')
    await gate.entered
    await sleep(50)
    gate.open()
  })
  expect(response.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
  expect(await foodNames()).toContain('Pear')
})

test('a URL with a host is read without it', async () => {
  const ask = (path: string) =>
    talk(
      (socket) =>
        void socket.write(`PUT http://elsewhere.example${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    )
  expect(await ask('/slow')).toMatch(/^HTTP\/1\.1 405 [^]*\r\nallow: GET, HEAD\r\n/)
  expect(await ask('')).toMatch(/^HTTP\/1\.1 404 /)
})

test('stopping lets a request under way finish, closes its connection and takes no new one', async () => {
  const answer = fetch(`${running.url}/slow`)
  await gate.entered
  const stopped = running.stop()
  await sleep(50)
  await expect(fetch(`${running.url}/healthz`)).rejects.toThrow(/fetch failed/)
  gate.open()
  const response = await answer
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])
  await stopped
})

test('a request that does not end is cut when the time to drain is over', async () => {
  const answer = fetch(`${running.url}/slow`)
  await gate.entered
  const startedAt = performance.now()
  await Promise.all([expect(answer).rejects.toThrow(/fetch failed/), running.stop()])
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test('an idle connection does not keep the server from stopping', async () => {
  const held = talk((socket) => void socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'))
  await sleep(50)
  const startedAt = performance.now()
  await running.stop()
  expect(await held).toMatch(/^HTTP\/1\.1 200 /)
  expect(performance.now() - startedAt).toBeLessThan(300)
})

test('a connection that never asked for anything, as browsers open them, does not keep the server from stopping', async () => {
  const held = talk(() => undefined)
  await sleep(50)
  const startedAt = performance.now()
  await running.stop()
  expect(await held).toBe('')
  expect(performance.now() - startedAt).toBeLessThan(300)
})
