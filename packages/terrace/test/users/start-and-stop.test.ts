import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import { jwtTokens, limitAttempts, UserAccess } from '../../src/auth/index.ts'
import { memoryUrl } from '../../src/connect/index.ts'
import { dependency, plain, publicAccess, route, userRoutes } from '../../src/http/index.ts'
import { memoryRates } from '../../src/rate/index.ts'
import type { RateStore } from '../../src/rate/index.ts'
import { user } from './user-app.ts'
import { models, tokens } from './user-models.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

const quiet = { host: '127.0.0.1', port: 0, logTo: { write: () => undefined } }
const facts = { title: 'Users', version: '1.0.0', models, responses: plain }

const shortKeys = jwtTokens({ issuer: 'x', audience: 'x', keys: () => [{ id: 'now', secret: 'short' }] })
class ShortKeys extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens: shortKeys }) {}

test('B11: an app whose keys are too short does not start, and opens nothing', async () => {
  const file = join(folder, 'none.db')
  const app = createApp({ ...facts, routes: [userRoutes(ShortKeys, { auth: user })] })
  await expect(startApp(app, { ...quiet, databaseUrl: `sqlite:${file}` })).rejects.toMatchObject({
    code: 'TOKEN_KEYS',
    message: expect.stringContaining('key now: its secret has 5 bytes, needs 32') as string,
  })
  expect(existsSync(file)).toBe(false)
})

/** A service that a route reaches by a dependency alone. */
const appWith = (service: typeof ShortKeys) => {
  const reached = dependency('reached', { needs: { users: service }, make: () => true })
  const hello = route('GET /hello', {
    summary: 'Hello',
    auth: publicAccess('a test'),
    responses: { 204: null },
    use: { reached },
    handler: () => undefined,
  })
  return createApp({ ...facts, routes: [hello] })
}

test('nor where only a dependency needs the service of them', async () => {
  const starting = startApp(appWith(ShortKeys), { ...quiet, databaseUrl: memoryUrl })
  await expect(starting).rejects.toMatchObject({ code: 'TOKEN_KEYS' })
})

test('an app that stops closes the store of the attempts that its services count, once', async () => {
  let closed = 0
  const store: RateStore = { ...memoryRates(), close: async () => void (closed += 1) }
  const attempts = limitAttempts({ store })
  class Limited extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens, attempts }) {}
  const app = createApp({ ...facts, routes: [userRoutes(Limited, { auth: user })] })
  const running = await startApp(app, { ...quiet, databaseUrl: memoryUrl })
  expect(closed).toBe(0)
  await running.stop()
  expect(closed).toBe(1)
})
