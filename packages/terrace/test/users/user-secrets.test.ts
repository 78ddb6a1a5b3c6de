import { expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import type { IssuedTokens } from '../../src/auth/index.ts'
import { hashedPasswords, knownPassword, UserAccess } from '../../src/auth/index.ts'
import { memoryUrl } from '../../src/connect/index.ts'
import { shape } from '../../src/dto/index.ts'
import { group, plain, publicAccess, route, userRoutes } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { user } from './user-app.ts'
import { models, tokens } from './user-models.ts'

const passwords = hashedPasswords()
const stored: string[] = []
class Users extends UserAccess(models.User, {
  refreshTokens: models.RefreshToken,
  tokens,
  passwords: {
    hash: async (password) => {
      const hash = await passwords.hash(password)
      stored.push(hash)
      return hash
    },
    verify: (password, known) => passwords.verify(password, known),
  },
}) {}

/** Fails with everything in its hands that nobody may read. */
const fail = route('POST /fail', {
  summary: 'Fails',
  body: shape({ email: text(), password: knownPassword() }),
  responses: { 200: null },
  use: { users: Users },
  handler: async ({ body, use }) => {
    const issued = await use.users.login(body)
    const row = await use.users.verify(issued.accessToken)
    throw Object.assign(new Error(`cannot greet ${body.password}`), { issued, row, body })
  },
})

const app = createApp({
  title: 'Secrets of users',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [userRoutes(Users, { auth: user }), group({ auth: publicAccess('a test') }, { fail })],
})

test(
  'neither a password nor its hash nor a token is in the log or in an answer that is not about it',
  { timeout: 30_000 },
  async () => {
    const lines: string[] = []
    const logTo = { write: (line: string) => void lines.push(line) }
    const running = await startApp(app, { host: '127.0.0.1', port: 0, debug: true, logTo, databaseUrl: memoryUrl })
    const refusals: string[] = []
    const send = async (path: string, body: unknown, token = 'x.y.z') => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const response = await fetch(`${running.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      const answer = await response.text()
      if (!response.ok) refusals.push(answer)
      return { status: response.status, json: response.ok && answer !== '' ? (JSON.parse(answer) as unknown) : null }
    }
    const ada = { email: 'ada@example.com', password: 'canary-password-1' }
    const secrets = [ada.password, 'canary-password-2', 'canary-password-3', 'canary-token']
    try {
      const statuses = [
        (await send('/auth/register', { ...ada, displayName: 'Ada' })).status,
        (await send('/auth/register', { ...ada, displayName: 'Ada' })).status,
        (await send('/auth/register', { ...ada, email: 'canary-password-3', displayName: '' })).status,
        (await send('/auth/login', { ...ada, password: 'canary-password-2' })).status,
        (await send('/auth/refresh', { refreshToken: 'canary-token' })).status,
        (await send('/fail', ada)).status,
      ]
      const first = (await send('/auth/login', ada)).json as IssuedTokens
      const second = (await send('/auth/refresh', { refreshToken: first.refreshToken })).json as IssuedTokens
      const change = { current: 'canary-password-2', next: 'canary-password-3' }
      statuses.push((await send('/auth/password', change, second.accessToken)).status)
      statuses.push((await send('/auth/refresh', { refreshToken: first.refreshToken })).status)
      statuses.push((await send('/auth/password', change, first.accessToken)).status)
      expect(statuses).toEqual([201, 409, 422, 401, 401, 500, 403, 401, 401])
      for (const issued of [first, second])
        secrets.push(issued.refreshToken, issued.accessToken.split('.')[2] as string)
    } finally {
      await running.stop()
    }
    for (const hash of stored) secrets.push(hash.split('$')[5] as string)
    expect(secrets.every((secret) => secret.length >= 12)).toBe(true)
    const log = lines.join('')
    expect(log).toContain('cannot greet')
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
    expect(secrets.filter((secret) => refusals.join('').includes(secret))).toEqual([])
  },
)
