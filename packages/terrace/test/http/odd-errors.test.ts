import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { dependency, group, plain, publicAccess, route } from '../../src/http/index.ts'
import { graph, identity, model, shared, text } from '../../src/model/index.ts'

const Note = model('notes', { id: identity() }, { access: shared({ write: 'everyone' }) })

const canary = 'canary-7f3a9c'

const unreadable = (): object =>
  Object.defineProperty({}, 'value', {
    enumerable: true,
    get: () => {
      throw new Error(canary)
    },
  })

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** What libraries throw, and what only somebody with bad intent would. */
const odd: Readonly<Record<string, () => unknown>> = {
  'a stack that is a list': () => Object.assign(new Error(canary), { stack: [] }),
  'no stack': () => Object.assign(new Error(canary), { stack: null }),
  'a message that is a number': () => Object.assign(new Error(), { message: 42 }),
  'no message': () => Object.assign(new Error(), { message: undefined, sqlMessage: 'x' }),
  'a name that is a symbol': () => Object.assign(new Error(canary), { name: Symbol('odd') }),
  'a list of errors that is none': () => Object.assign(new AggregateError([], canary), { errors: null }),
  'a property that cannot be read': () => Object.assign(new Error(canary), { row: unreadable() }),
  'nothing that can be read': unreadable,
  'a way of its own to become JSON': () => ({
    toJSON: () => {
      throw new Error(canary)
    },
  }),
  'a proxy that is over': revoked,
  'a symbol': () => Symbol(canary),
  nothing: () => undefined,
}

const finished: string[] = []
const ending = dependency('ending', {
  make: ({ onFinish }) => ({
    with: (what: string) =>
      onFinish(() => {
        finished.push(what)
        throw odd[what]?.()
      }),
  }),
})

const fail = route('POST /fail', {
  summary: 'Throws what the body names',
  body: shape({ what: text() }),
  responses: { 204: null },
  use: { ending },
  handler: ({ body: { what }, use }) => {
    use.ending.with(what)
    throw odd[what]?.()
  },
})

const app = createApp({
  title: 'Odd',
  version: '1.0.0',
  models: graph({ Note }),
  responses: plain,
  routes: [group({ auth: publicAccess('a test') }, [fail])],
})

test('whatever is thrown is answered with the constant text, and logged', async () => {
  const lines: string[] = []
  const logTo = { write: (line: string) => void lines.push(line) }
  const running = await startApp(app, { host: '127.0.0.1', port: 0, databaseUrl: 'sqlite::memory:', logTo })
  try {
    for (const what of Object.keys(odd)) {
      lines.length = 0
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${running.url}/fail`, { method: 'POST', headers, body: JSON.stringify({ what }) })
      const json: unknown = await answer.json()
      expect([what, answer.status, json]).toEqual([what, 500, { detail: 'Internal server error', code: 'INTERNAL' }])
      await sleep(5)
      const requestId = answer.headers.get('x-request-id')
      const logged = lines.map((line) => JSON.parse(line) as { readonly msg: string; readonly err?: object })
      const failure = logged.find(({ msg }) => msg === 'the request failed')
      expect([what, failure]).toMatchObject([what, { level: 50, requestId }])
      // Not what became of an attempt to write it.
      expect([what, JSON.stringify(failure)]).not.toMatchObject([what, expect.stringContaining('redaction')])
      expect(logged).toContainEqual(expect.objectContaining({ level: 30, requestId, status: 500 }))
      expect(logged).toContainEqual(expect.objectContaining({ msg: 'a dependency could not be finished' }))
    }
    expect(finished).toEqual(Object.keys(odd))
  } finally {
    await running.stop()
  }
})
