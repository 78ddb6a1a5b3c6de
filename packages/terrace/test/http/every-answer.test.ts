import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { authentication, bearer, group, plain, publicAccess, reply, route } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { shelfModels } from '../shelf/shelf-app.ts'

const lines: string[] = []
const origin = 'https://app.example.org'
let running: RunningApp

const reader = authentication('reader', {
  scheme: bearer({ form: () => true }),
  verify: ({ token }) => Promise.resolve({ token }),
  actor: () => ({}),
})

beforeAll(async () => {
  const spoken = route('GET /spoken', {
    summary: 'In the language of its reader',
    responses: { 200: shape({ word: text() }) },
    handler: () => reply(200, { word: 'hello' }, { Vary: 'Accept-Language' }),
  })
  const app = createApp({
    title: 'Every answer',
    version: '1.0.0',
    models: shelfModels,
    responses: plain,
    openapi: reader,
    cors: { origins: [origin] },
    routes: [group({ auth: publicAccess('a test') }, [spoken])],
  })
  const logTo = { write: (line: string) => void lines.push(line) }
  running = await startApp(app, { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0, logTo, metrics: false })
})
afterAll(() => running.stop())
beforeEach(() => void (lines.length = 0))

/** Everything that comes for these bytes until the connection ends. */
function sent(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (piece) => (received += piece.toString()))
    socket.once('close', () => resolve(received)).once('error', reject)
  })
}

test.each([
  ['no HTTP at all', 'nonsense\r\n\r\n', 400],
  ['a head that is too large', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  ['a URL that cannot be read', 'GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
  ['no route', 'GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
])('tells browsers to be careful: %s', async (_what, bytes, status) => {
  const answer = (await sent(bytes)).toLowerCase()
  expect(answer).toContain(`http/1.1 ${status} `)
  for (const name of ['content-security-policy', 'referrer-policy', 'x-content-type-options', 'x-request-id'])
    expect(answer).toContain(`\r\n${name}: `)
})

test('a URL that cannot be read has its line in the log, and an answer that pages may read', async () => {
  const answer = await sent(`GET /%zz HTTP/1.1\r\nhost: x\r\norigin: ${origin}\r\nconnection: close\r\n\r\n`)
  expect(answer.toLowerCase()).toContain(`access-control-allow-origin: ${origin}`)
  await expect.poll(() => lines.filter((line) => line.includes('"status":400'))).toHaveLength(1)
})

test.each([
  ['/spoken', 'origin, accept-language'],
  ['/openapi.json', 'origin, authorization'],
])('what else an answer depends on does not hide that it depends on the origin: %s', async (path, vary) => {
  const headers = { authorization: 'Bearer x', origin }
  const answer = await fetch(`${running.url}${path}`, { headers })
  expect([answer.status, answer.headers.get('vary')?.toLowerCase()]).toEqual([200, vary])
})
