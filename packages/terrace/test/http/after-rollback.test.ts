import { expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import type { Session } from '../../src/database/index.ts'
import { defineErrors } from '../../src/errors/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { ShelfFoods, shelfModels } from '../shelf/shelf-app.ts'

const { LOGIN_REFUSED } = defineErrors({
  LOGIN_REFUSED: { kind: 'authentication', en: 'Refused', zh: '已拒绝', remedy: 'Try again', values: {} },
})

class Logins {
  readonly session: Session
  constructor(session: Session) {
    this.session = session
  }

  /** Counts the attempt, which must survive that it is refused. */
  async refuse(): Promise<never> {
    await this.session.use(ShelfFoods).create({ name: 'undone' })
    this.session.afterRollback(async (later) => void (await later.use(ShelfFoods).create({ name: 'counted' })))
    throw LOGIN_REFUSED()
  }
}

const login = route('POST /login', {
  summary: 'Refuses',
  auth: publicAccess('a test'),
  responses: { 204: null },
  errors: [LOGIN_REFUSED],
  use: { logins: Logins },
  handler: ({ use }) => use.logins.refuse(),
})
const app = createApp({
  title: 'Logins',
  version: '1.0.0',
  models: shelfModels,
  responses: plain,
  routes: [group({ prefix: '/v1' }, { login })],
})

test('what must survive a refusal is stored by the time its answer arrives', async () => {
  const client = await testClient(app)
  expect((await client.post('/v1/login')).status).toBe(401)
  const everyone = { kind: 'actor', actor: {}, roles: [] } as const
  const { rows } = await client.database.session(everyone, (session) =>
    session.use(ShelfFoods).list({ page: { limit: 50, offset: 0 } }),
  )
  const names = rows.map(({ name }) => name)
  expect(names).toContain('counted')
  expect(names).not.toContain('undone')
  await client.close()
})
