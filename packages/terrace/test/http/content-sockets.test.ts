import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { RunningApp } from '../../src/app/index.ts'
import { content, dependency, group, plain, publicAccess, reply, route } from '../../src/http/index.ts'
import { shelfModels } from '../shelf/shelf-app.ts'

const seen: string[] = []
const lines: string[] = []
let running: RunningApp

const noting = dependency('noting', { make: ({ onFinish }) => onFinish(() => void seen.push('finished')) })

async function* broken(): AsyncGenerator<string> {
  yield 'id,name\n'
  await sleep(20)
  throw new Error('the disk is full')
}

async function* endless(): AsyncGenerator<string> {
  try {
    for (;;) yield 'x'.repeat(10_000)
  } finally {
    seen.push('let go')
  }
}

/** Whose end fails too. */
async function* untidy(): AsyncGenerator<string> {
  try {
    for (;;) yield 'x'
  } finally {
    seen.push('let go')
    // oxlint-disable-next-line no-unsafe-finally -- what a cleanup that fails does
    throw new Error('the file cannot be closed')
  }
}

beforeAll(async () => {
  const common = { responses: { 200: content('text/csv') }, use: { noting } } as const
  const routes = [
    route('GET /broken', { ...common, summary: 'Breaks off', handler: () => broken() }),
    route('GET /endless', { ...common, summary: 'Never ends', handler: () => endless() }),
    route('GET /untidy', { ...common, summary: 'Cannot end', handler: () => untidy() }),
    route('GET /misjudged', {
      ...common,
      summary: 'Is longer than it says',
      handler: () => reply(200, ['id,name\n', '1,Apple\n'], { 'content-length': '10' }),
    }),
    route('GET /judged', {
      ...common,
      summary: 'Is as long as it says',
      handler: () => reply(200, ['id,name\n', '1,Apple\n'], { 'content-length': '16' }),
    }),
    route('GET /framed', {
      ...common,
      summary: 'Passes on the headers of somebody else',
      handler: () => reply(200, 'id,name\n', { 'Content-Length': '3' }),
    }),
    route('GET /long', {
      ...common,
      summary: 'Takes longer than the stop',
      handler: async function* () {
        yield 'begun '
        await sleep(150)
        yield 'ended'
      },
    }),
  ]
  const app = createApp({
    title: 'Content',
    version: '1.0.0',
    models: shelfModels,
    responses: plain,
    routes: [group({ auth: publicAccess('a test') }, routes)],
  })
  const logTo = { write: (line: string) => void lines.push(line) }
  running = await startApp(app, { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0, logTo, metrics: false })
})
afterAll(() => running.stop())
beforeEach(() => {
  seen.length = 0
  lines.length = 0
})

test('content that breaks off never looks complete, and is logged once', async () => {
  const response = await fetch(`${running.url}/broken`)
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow(/terminated/)
  await expect.poll(() => seen).toEqual(['finished'])
  const failures = lines.filter((line) => line.includes('the disk is full'))
  expect(failures).toHaveLength(1)
  expect(failures[0]).toContain(response.headers.get('x-request-id'))
  expect(lines.filter((line) => line.includes('"msg":"request"') && line.includes('/broken'))).toHaveLength(1)
})

test('nor does it for a client of HTTP/1.0, which takes the end of the connection for the end of the body', async () => {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  const ending = new Promise<string>((resolve) => {
    socket.once('error', ({ message }) => resolve(message))
    socket.once('end', () => resolve('an ordinary end'))
  })
  let received = ''
  socket.on('data', (bytes) => (received += bytes.toString()))
  socket.write('GET /broken HTTP/1.0\r\nhost: x\r\n\r\n')
  expect(await ending).toMatch(/ECONNRESET/)
  expect(received).toContain('id,name')
  await expect.poll(() => seen).toEqual(['finished'])
})

test('a client that goes away ends it: its source is let go, what was made is finished, nothing is an error', async () => {
  const controller = new AbortController()
  const response = await fetch(`${running.url}/endless`, { signal: controller.signal })
  await response.body?.getReader().read()
  expect(seen).toEqual([])
  controller.abort()
  await expect.poll(() => seen.toSorted()).toEqual(['finished', 'let go'])
  expect(lines.filter((line) => line.includes('"level":50'))).toEqual([])
})

test('no answer is longer or shorter than it says, which would become a part of the next one', async () => {
  const judged = await fetch(`${running.url}/judged`)
  expect([judged.headers.get('content-length'), await judged.text()]).toEqual(['16', 'id,name\n1,Apple\n'])
  await expect(fetch(`${running.url}/misjudged`).then((response) => response.text())).rejects.toThrow(
    /terminated|fetch failed/,
  )
  expect(lines.filter((line) => line.includes('the 10 bytes that it says to have'))).toHaveLength(1)
  expect((await fetch(`${running.url}/framed`)).status).toBe(500)
  await expect.poll(() => seen).toEqual(['finished', 'finished', 'finished'])
})

test('HEAD lets its source go', async () => {
  const response = await fetch(`${running.url}/endless`, { method: 'HEAD' })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  await expect.poll(() => seen.toSorted()).toEqual(['finished', 'let go'])
})

test('a source that cannot be let go is logged, and harms nothing else', async () => {
  expect((await fetch(`${running.url}/untidy`, { method: 'HEAD' })).status).toBe(200)
  await expect.poll(() => seen.toSorted()).toEqual(['finished', 'let go'])
  await expect.poll(() => lines.filter((line) => line.includes('the file cannot be closed'))).toHaveLength(1)
})

test('nobody asks for more than the client reads', async () => {
  const before = process.memoryUsage().arrayBuffers
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  socket.write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n')
  await sleep(150)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000)
  socket.destroy()
  await expect.poll(() => seen.toSorted()).toEqual(['finished', 'let go'])
})

test('a stop lets content under way come to its end', async () => {
  const response = await fetch(`${running.url}/long`)
  const stopped = running.stop()
  expect(await response.text()).toBe('begun ended')
  await stopped
  expect(seen).toEqual(['finished'])
})
