import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import { create, shape } from '../../src/dto/index.ts'
import { authentication, bearer, group, plain, publicAccess, resource, route } from '../../src/http/index.ts'
import { graph, identity, integer, model, shared, text } from '../../src/model/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { describeEngines } from '../support/describe-engines.ts'

/** Found again wherever it comes out. */
const canary = (what: string) => `canary-${what}-7f3a9c`

const secrets = ['pin', 'second', 'recovery', 'token', 'password', 'other', 'plain', 'new', 'answer', 'alias', 'phrase']

const Account = model(
  'accounts',
  {
    id: identity(),
    name: text().length(1, 60).unique(),
    pin: text().length(1, 60).writeOnly().unique(),
    recoveryCode: text().length(1, 60).hidden().default(canary('recovery')),
    size: integer().range(0, 9).default(0),
  },
  { access: shared({ write: 'everyone' }) },
)
const models = graph({ Account })
class Accounts extends CrudService(models.Account) {}

const key = authentication('key', {
  scheme: bearer({ form: () => true }),
  verify: async ({ token }) => {
    throw new Error(`the key ${token} cannot be looked up`)
  },
  actor: () => ({}),
})

const body = shape({ pin: text().length(1, 60), how: text().length(1, 20) })
const fail = route('POST /fail', {
  summary: 'Fails as the body says',
  body,
  responses: { 200: shape({ how: text() }) },
  use: { accounts: Accounts },
  handler: async ({ body: { pin, how }, use: { accounts } }) => {
    if (how === 'message') throw new Error(`no account has ${pin}`)
    if (how === 'lines') throw new Error(`no account has\n    at ${pin}`)
    const [row] = (await accounts.list({ page: { limit: 1, offset: 0 } })).rows
    if (how === 'properties') throw Object.assign(new Error('with its row'), { row: { ...row, pin }, rows: [{ pin }] })
    if (how === 'url') throw new Error(`cannot reach https://me:${canary('password')}@example.org/`)
    if (how === 'thrown') await Promise.reject({ pin })
    try {
      await accounts.create(how === 'plain' ? { name: canary('plain'), pin: 'new' } : { name: canary('other'), pin })
      return { how }
    } catch (cause) {
      if (how === 'aggregate') throw new AggregateError([cause], 'both failed', { cause })
      throw new Error('cannot store', { cause })
    }
  },
})
const redeem = route('POST /invitations/:token/redeem', {
  summary: 'Names what was sent where its model has no name for it',
  body: shape({ newPin: text().writeOnly(), code: integer().writeOnly(), at: shape({ answer: text().writeOnly() }) }),
  responses: { 204: null },
  handler: ({ params, body: { newPin, code, at } }) => {
    throw new Error(`${params.token} does not let ${newPin}, ${code} and ${at.answer} in`)
  },
})
const aliased = create(models.Account, { name: 'Renamed', only: ['name', 'pin'], as: { pin: 'passcode' } })
const renamed = route('POST /renamed', {
  summary: 'Takes a column under another name',
  body: aliased,
  responses: { 204: null },
  handler: ({ body: { pin } }) => {
    throw new Error(`nobody has ${pin}`)
  },
})
const typed = route('POST /typed', {
  summary: 'Takes a hand-written schema',
  body: Type.Object({ phrase: Type.String({ writeOnly: true }) }),
  responses: { 204: null },
  handler: ({ body: { phrase } }) => {
    throw new Error(`nobody says ${phrase}`)
  },
})
const keyed = route('GET /keyed', {
  summary: 'Behind a key',
  responses: { 200: shape({ how: text() }) },
  handler: () => ({ how: '' }),
})

const app = createApp({
  title: 'Secrets',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [
    group({ auth: publicAccess('a test') }, [resource(Accounts, { path: '/accounts' }), fail, redeem, renamed, typed]),
    group({ auth: key }, [keyed]),
  ],
  fastify: (server) =>
    void server.post('/outside', async ({ body: given }) => {
      throw new Error(`outside with ${JSON.stringify(given)}`)
    }),
})

describeEngines(
  'the log',
  (engine) => {
    test('has no secret in it, whatever fails, and still says what failed', { timeout: 30_000 }, async () => {
      const { url } = await engine.fresh()
      const lines: string[] = []
      const logTo = { write: (line: string) => void lines.push(line) }
      const at = { host: '127.0.0.1', port: 0, debug: true, logTo }
      const running = await startApp(app, { ...at, databaseUrl: withPassword(url) })
      const pin = canary('pin')
      const send = async (path: string, given: unknown) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${canary('token')}` }
        const method = given === undefined ? 'GET' : 'POST'
        const init = given === undefined ? { method, headers } : { method, headers, body: JSON.stringify(given) }
        const response = await fetch(`${running.url}${path}`, init)
        return { status: response.status, text: await response.text() }
      }
      try {
        expect((await send('/accounts', { name: canary('name'), pin })).status).toBe(201)
        expect((await send('/accounts', { name: canary('plain'), pin: 'other' })).status).toBe(201)
        const answers = [
          await send('/accounts', { name: canary('name'), pin: canary('second') }),
          await send('/accounts', { name: 'another', pin }),
          ...(await Promise.all(
            ['message', 'lines', 'properties', 'url', 'thrown', 'cause', 'plain', 'aggregate'].map((how) =>
              send('/fail', { pin, how }),
            ),
          )),
          await send(`/invitations/${canary('token')}/redeem`, {
            newPin: canary('new'),
            code: 73_519_264,
            at: { answer: canary('answer') },
          }),
          await send('/renamed', { name: 'x', passcode: canary('alias') }),
          await send('/typed', { phrase: canary('phrase') }),
          await send('/keyed', undefined),
          await send('/outside', { token: canary('token'), deep: { password: [canary('password')] } }),
          await send(`/accounts?token=${canary('token')}`, undefined),
        ]
        expect(answers.map(({ status }) => status)).toEqual([409, 409, ...Array(13).fill(500), 400])
        for (const { text: answer } of answers) expect(answer).not.toContain('canary')
        running.log.info({ account: { name: 'seen', pin, recovery_code: canary('recovery') } }, 'an account')
        running.log.error({ err: new Error('x', { cause: { authorization: canary('token') } }) }, 'an error')
        await sleep(20)
      } finally {
        await running.stop()
      }
      const log = lines.join('')
      for (const what of secrets)
        expect([what, lines.filter((line) => line.includes(canary(what)))]).toEqual([what, []])
      expect(log).not.toContain('73519264')
      // What a reader needs is there.
      for (const needed of [
        'no account has [hidden]',
        'with its row',
        '"code":"UNIQUE"',
        '"kind":"unique"',
        '"type":"DriverError"',
        'insert into',
        'seen',
      ])
        expect(log).toContain(needed)
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

/** Servers that ask for no password take any. */
function withPassword(url: string): string {
  if (!url.startsWith('postgres:')) return url
  const parsed = new URL(url)
  parsed.password = canary('password')
  return parsed.href
}
