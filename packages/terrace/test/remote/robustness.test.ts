import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openThings, refusal } from './one-source.ts'
import { json, stubServer } from './stub-server.ts'

/** A machine under load takes its time. */
const patient = { timeout: 15_000 }

const row = { id: 7, name: 'Seven' }
const params = { id: '7' }

test('C7: an operation gives what the source answers, without what its shape does not name', async () => {
  await using server = await stubServer((_, response) => json(response, { ...row, views: 3 }))
  await using open = await openThings(server.host)
  expect(await open.dao.find({ params })).toEqual(row)
  expect(await open.dao.ping()).toBeUndefined()
  expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /things/7', 'GET /ping'])
  expect(open.told.calls[0]).toMatchObject({
    source: 'things',
    operation: 'find',
    outcome: 'ok',
    status: 200,
    retries: 0,
  })
})

test('a 404 is null where the operation says so, and a refusal elsewhere', async () => {
  await using server = await stubServer((_, response) => response.writeHead(404).end('{"error":"no such thing"}'))
  await using open = await openThings(server.host)
  expect(await open.dao.look({ params })).toBeNull()
  expect(await refusal(open.dao.find({ params }))).toBe(
    'REMOTE_REFUSED: The source things refused the request: status 404',
  )
})

describe('an answer that is not what was declared', () => {
  test.each([
    ['invalid JSON', '{"id":7,', 'it is no JSON'],
    ['a page of HTML', '<html>secret stack trace</html>', 'it is no JSON'],
    ['nothing', '', 'it is empty'],
    ['a key twice', '{"id":7,"name":"a","name":"b"}', 'a key stands twice in one object'],
    ['a key twice in two spellings', '{"id":7,"name":"a","n\\u0061me":"b"}', 'a key stands twice in one object'],
    ['a wrong type', '{"id":"7","name":"a"}', 'a value does not fit'],
    ['wrong types', '{"id":null,"name":["secret"]}', '2 values do not fit'],
    ['a list', '[]', 'a value does not fit'],
    ['null', 'null', 'a value does not fit'],
    ['too many levels', `${'['.repeat(40)}${']'.repeat(40)}`, 'it is nested deeper than 32 levels'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'it is not UTF-8'],
    ['UTF-16', Buffer.from(JSON.stringify(row), 'utf16le'), 'it is no JSON'],
  ])('%s is REMOTE_MISMATCH, once, and nothing of it is told', async (_, body, reason) => {
    await using server = await stubServer((__, response) => response.end(body))
    await using open = await openThings(server.host)
    const message = `The source things answered something else than was declared: ${reason}`
    expect(await refusal(open.dao.find({ params }))).toBe(`REMOTE_MISMATCH: ${message}`)
    expect(server.seen.length).toBe(1)
  })

  test('says in its cause which places differ, by their names and rules alone', async () => {
    await using server = await stubServer((_, response) => json(response, { id: 'secret', name: 3 }))
    await using open = await openThings(server.host)
    const differing = { code: 'REMOTE_MISMATCH', cause: { message: '/id TYPE; /name TYPE' } }
    await expect(open.dao.find({ params })).rejects.toMatchObject(differing)
  })
})

describe('sizes', () => {
  const mostBytes = 10_000
  const limits = { responseBytes: mostBytes }
  const tooLarge = `REMOTE_MISMATCH: The source things answered something else than was declared: it is larger than ${mostBytes} bytes`

  test('an answer of 1 GB is given up at its limit, whether it says its length or not', async () => {
    let sentBytes = 0
    await using server = await stubServer(({ url }, response) => {
      if (url === '/ping') return void response.writeHead(200, { 'content-length': String(2 ** 30) }).write('x')
      const piece = Buffer.alloc(64 * 1_024, 'x')
      const push = (): void => {
        while (!response.destroyed && sentBytes < 2 ** 30) {
          sentBytes += piece.length
          if (!response.write(piece)) return void response.once('drain', push)
        }
      }
      push()
    })
    await using open = await openThings(server.host, { limits })
    expect(await refusal(open.dao.find({ params }))).toBe(tooLarge)
    expect(sentBytes).toBeLessThan(16 * 2 ** 20)
  })

  test.each([
    ['gzip', gzipSync(Buffer.alloc(100_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(20_000_000))],
    ['deflate', deflateSync(Buffer.alloc(20_000_000))],
    ['gzip', Buffer.concat(Array.from({ length: 10_000 }, () => gzipSync('')))],
  ])('a bomb packed as %s is given up at the limit of what it unpacks to', async (encoding, bomb) => {
    await using server = await stubServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    )
    await using open = await openThings(server.host, { limits: { responseBytes: 150_000 } })
    const before = process.memoryUsage().arrayBuffers
    expect(await refusal(open.dao.find({ params }))).toContain('it is larger than 150000 bytes')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20)
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('an answer packed as %s is unpacked', async (encoding, pack) => {
    const packed = pack(JSON.stringify(row))
    await using server = await stubServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    )
    await using open = await openThings(server.host)
    expect(await open.dao.find({ params })).toEqual(row)
    expect(server.seen[0]?.headers['accept-encoding']).toBe('gzip, br, deflate')
  })

  test.each([
    ['gzip', Buffer.from('no gzip'), 'it cannot be unpacked'],
    ['gzip', gzipSync(JSON.stringify(row)).subarray(0, 20), 'it cannot be unpacked'],
    ['br', Buffer.from('no br'), 'it cannot be unpacked'],
    ['gzip, gzip', gzipSync(gzipSync('{}')), 'it is packed in a way that was not asked for'],
    ['zstd', Buffer.from('x'), 'it is packed in a way that was not asked for'],
  ])('what says that it is %s and is not is REMOTE_MISMATCH: %#', async (encoding, body, reason) => {
    await using server = await stubServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    )
    await using open = await openThings(server.host)
    expect(await refusal(open.dao.find({ params }))).toContain(reason)
  })
})

describe('time', () => {
  test('a source that accepts and never answers is REMOTE_TIMEOUT, after as many tries as the call has time for', async () => {
    await using server = await stubServer(() => {})
    await using open = await openThings(server.host, { timeouts: { headersMs: 100, wholeMs: 10_000 } })
    const message = 'The source things took longer than 100 ms to begin its answer'
    expect(await refusal(open.dao.find({ params }))).toBe(`REMOTE_TIMEOUT: ${message}`)
    expect(server.seen.length).toBe(3)
  })

  test('a source that drips one byte at a time is given up when the whole call has taken too long', async () => {
    await using server = await stubServer((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    await using open = await openThings(server.host, { timeouts: { wholeMs: 200 } })
    const startedMs = performance.now()
    const message = 'The source things took longer than 200 ms to answer'
    expect(await refusal(open.dao.find({ params }))).toBe(`REMOTE_TIMEOUT: ${message}`)
    expect(performance.now() - startedMs).toBeLessThan(5_000)
  })

  test('a source that stops in the middle of its answer is REMOTE_TIMEOUT', async () => {
    await using server = await stubServer((_, response) => void response.writeHead(200).write('{"id":'))
    await using open = await openThings(server.host, { timeouts: { idleMs: 100 }, retries: false })
    expect(await refusal(open.dao.find({ params }))).toContain(
      'REMOTE_TIMEOUT: The source things took longer than 100 ms to go on',
    )
  })

  test('a call is given up at once when nobody waits for it, and its request with it', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await stubServer((_, response) => void response.on('close', () => closed.resolve()))
    await using open = await openThings(server.host, { timeouts: { headersMs: 5_000, wholeMs: 5_000 } })
    const controller = new AbortController()
    const call = open.dao.find({ params }, { signal: controller.signal })
    await expect.poll(() => server.seen.length, patient).toBe(1)
    controller.abort()
    expect(await refusal(call)).toContain('REMOTE_CANCELLED')
    await closed.promise
    expect(await refusal(open.dao.find({ params }, { signal: controller.signal }))).toContain('REMOTE_CANCELLED')
    expect(server.seen.length).toBe(1)
  })
})

describe('connections', () => {
  test('a source that is not there is REMOTE_UNAVAILABLE', async () => {
    const server = await stubServer(() => {})
    await server[Symbol.asyncDispose]()
    await using open = await openThings(server.host)
    const message = 'The source things does not answer at present: the connection was refused'
    expect(await refusal(open.dao.find({ params }))).toBe(`REMOTE_UNAVAILABLE: ${message}`)
    expect(open.told.calls[0]).toMatchObject({ outcome: 'REMOTE_UNAVAILABLE', status: null, retries: 2 })
  })

  test('a name that is none is REMOTE_UNAVAILABLE', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
    await using open = await openThings('nobody.example', { allowHosts: [] }, { resolve })
    expect(await refusal(open.dao.find({ params }))).toContain('its name cannot be resolved')
  })

  /** Answers what was prepared, as bytes, and does as it is told with the socket. */
  async function rawServer(answer: (socket: Socket) => void) {
    const sockets = new Set<Socket>()
    let connections = 0
    const server = createServer((socket) => {
      connections += 1
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('data', () => answer(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const end = async (): Promise<void> => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    return { host, connections: () => connections, [Symbol.asyncDispose]: end }
  }
  const head = 'HTTP/1.1 200 OK\r\n'

  test.each([
    ['cuts the connection before its answer', '', 'REMOTE_UNAVAILABLE', 3],
    ['cuts it within the headers', head, 'REMOTE_UNAVAILABLE', 3],
    ['sends fewer bytes than it says', `${head}content-length: 100\r\n\r\n{"id":7`, 'REMOTE_UNAVAILABLE', 3],
    ['cuts it between two chunks', `${head}transfer-encoding: chunked\r\n\r\n3\r\n{"i\r\n`, 'REMOTE_UNAVAILABLE', 3],
    ['sends something else than HTTP', 'SSH-2.0-OpenSSH_9.7\r\n', 'REMOTE_MISMATCH', 1],
    ['says two lengths', `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}x`, 'REMOTE_MISMATCH', 1],
    [
      'says a length and sends chunks',
      `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      'REMOTE_MISMATCH',
      1,
    ],
    ['breaks a line of its headers', `${head}x: a\rb\r\n\r\n{}`, 'REMOTE_MISMATCH', 1],
    ['sends 100 kB of headers', `${head}x: ${'y'.repeat(100_000)}\r\n\r\n{}`, 'REMOTE_MISMATCH', 1],
  ])('a source that %s is told apart', async (_, bytes, code, tries) => {
    await using server = await rawServer((socket) => socket.end(bytes))
    await using open = await openThings(server.host)
    expect((await refusal(open.dao.find({ params }))).split(':')[0]).toBe(code)
    expect(server.connections()).toBe(tries)
  })

  test('what a source sends beyond the length that it says is never read as an answer', async () => {
    const answer = JSON.stringify(row)
    const smuggled = `${head}content-length: 23\r\n\r\n{"id":666,"name":"evil"}`
    await using server = await rawServer((socket) =>
      socket.write(`${head}content-length: ${answer.length}\r\n\r\n${answer}${smuggled}`),
    )
    await using open = await openThings(server.host, { limits: { concurrency: 1 } })
    expect(await open.dao.find({ params })).toEqual(row)
    await sleep(20)
    expect(await open.dao.find({ params })).toEqual(row)
  })

  test('a connection that is reset is tried again', async () => {
    let tries = 0
    await using server = await rawServer((socket) => {
      tries += 1
      if (tries === 1) return void socket.resetAndDestroy()
      const answer = JSON.stringify(row)
      socket.end(`${head}content-length: ${answer.length}\r\nconnection: close\r\n\r\n${answer}`)
    })
    await using open = await openThings(server.host)
    expect(await open.dao.find({ params })).toEqual(row)
    expect(open.told.calls[0]).toMatchObject({ outcome: 'ok', retries: 1 })
  })
})
