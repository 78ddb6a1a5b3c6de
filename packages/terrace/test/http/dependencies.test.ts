import { describe, expect, test } from 'vitest'
import { defineErrors } from '../../src/errors/index.ts'
import { shape } from '../../src/dto/index.ts'
import {
  appDatabase,
  authentication,
  bearer,
  caller,
  dependency,
  override,
  requestSession,
  route,
} from '../../src/http/index.ts'
import type { Dependency } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { ShelfDevices, ShelfFoods } from '../shelf/shelf-app.ts'
import { answer, appOf, openedClients, using } from '../support/dependency-routes.ts'

const clientOf = openedClients()

describe('what is made', () => {
  test('once per request, also through a diamond; anew in the next request', async () => {
    let made = 0
    const base = dependency('base', { make: () => `base${++made}` })
    const left = dependency('left', { needs: { base }, make: ({ base: value }) => `left(${value})` })
    const right = dependency('right', { needs: { base }, make: async ({ base: value }) => `right(${value})` })
    const client = await clientOf(appOf(using({ left, right, base })))
    expect((await client.post('/use')).json).toEqual({ text: 'left(base1) right(base1) base1' })
    expect((await client.post('/use')).json).toEqual({ text: 'left(base2) right(base2) base2' })
  })

  test('undefined is a value too, and made once', async () => {
    let made = 0
    const nothing = dependency('nothing', { make: () => void made++ })
    const twice = dependency('twice', { needs: { nothing }, make: () => 'x' })
    await (await clientOf(appOf(using({ nothing, twice })))).post('/use')
    expect(made).toBe(1)
  })

  test('for the app: once, before the first request, in the order of their needs, and shared', async () => {
    const made: string[] = []
    const pool = dependency('pool', { lifetime: 'app', make: async () => made.push('pool') })
    const mailer = dependency('mailer', {
      lifetime: 'app',
      needs: { pool },
      make: ({ pool: size }) => made.push(`mailer on ${size}`),
    })
    const client = await clientOf(appOf(using({ mailer, pool })))
    expect(made).toEqual(['pool', 'mailer on 1'])
    expect([await client.post('/use'), await client.post('/use')].map(({ json }) => json)).toEqual([
      { text: '2 1' },
      { text: '2 1' },
    ])
  })

  test('a dependency shares the session and its services with the handler', async () => {
    const food = dependency('food', {
      needs: { foods: ShelfFoods, session: requestSession },
      make: async ({ foods, session }) => {
        expect(session.use(ShelfFoods)).toBe(foods)
        return foods.create({ name: 'Quince' })
      },
    })
    const found = route('POST /found', {
      summary: 'Finds what the dependency made',
      responses: { 200: answer },
      use: { food, foods: ShelfFoods },
      handler: async ({ use }) => ({ text: (await use.foods.get(use.food.id)).name }),
    })
    expect((await (await clientOf(appOf(found))).post('/found')).json).toEqual({ text: 'Quince' })
  })

  test('the app’s database is there for what outlives a request', async () => {
    const product = dependency('product', {
      lifetime: 'app',
      needs: { db: appDatabase },
      make: ({ db }) => db.dialect.name,
    })
    expect((await (await clientOf(appOf(using({ product })))).post('/use')).status).toBe(200)
  })
})

describe('refusing', () => {
  const { SHELF_DUSTY } = defineErrors({
    SHELF_DUSTY: { kind: 'conflict', en: 'The shelf is dusty', zh: '货架有灰尘', remedy: 'Dust it', values: {} },
  })

  test('a dependency that throws a domain error is the answer, and the unit is rolled back', async () => {
    const refusing = dependency('refusing', {
      needs: { foods: ShelfFoods },
      make: async ({ foods }) => {
        await foods.create({ name: 'Lost' })
        throw SHELF_DUSTY()
      },
    })
    const client = await clientOf(appOf(using({ refusing }, '/use', [SHELF_DUSTY])))
    expect(await client.post('/use')).toMatchObject({ status: 409, json: { code: 'SHELF_DUSTY' } })
    const { rows } = await client.database.session({ kind: 'actor', actor: {}, roles: [] }, (session) =>
      session.use(ShelfFoods).list({ page: { limit: 50, offset: 0 } }),
    )
    expect(rows.map(({ name }) => name)).not.toContain('Lost')
  })

  test('any other throw is the constant 500', async () => {
    const broken = dependency('broken', {
      make: (): string => {
        throw new Error('smtp password hunter2')
      },
    })
    expect(await (await clientOf(appOf(using({ broken })))).post('/use')).toMatchObject({
      status: 500,
      json: { detail: 'Internal server error', code: 'INTERNAL' },
    })
  })

  test('nothing is made for a request that is refused before its handler', async () => {
    let made = 0
    const counted = dependency('counted', { make: () => ++made })
    const strict = route('POST /strict', {
      summary: 'Strict',
      body: shape({ name: text().length(1, 3) }),
      responses: { 204: null },
      use: { counted },
      handler: () => undefined,
    })
    const client = await clientOf(appOf(strict))
    expect((await client.post('/strict', { name: 'long' })).status).toBe(422)
    expect(made).toBe(0)
    expect((await client.post('/strict', { name: 'ok' })).status).toBe(204)
    expect(made).toBe(1)
  })

  test('B10: session → current device from its bearer → an administrator is required', async () => {
    const { ADMIN_ONLY } = defineErrors({
      ADMIN_ONLY: { kind: 'permission', en: 'For administrators', zh: '仅限管理员', remedy: 'Ask one', values: {} },
    })
    const device = authentication('device', {
      scheme: bearer(),
      verify: ({ token, session }) => session.use(ShelfDevices).verify(token),
      actor: (row) => ({ Device: row.id }),
      roles: (row) => (row.id === 'admin-device' ? ['admin'] : []),
    })
    const currentDevice = dependency('currentDevice', {
      needs: { caller, devices: ShelfDevices },
      make: async ({ caller: { actor, roles } }) => ({ id: String(actor['Device']), isAdmin: roles.includes('admin') }),
    })
    const requireAdmin = dependency('requireAdmin', {
      needs: { currentDevice },
      make: ({ currentDevice: current }) => {
        if (!current.isAdmin) throw ADMIN_ONLY()
        return current
      },
    })
    const whoAmI = route('GET /me', {
      summary: 'Who am I?',
      auth: device,
      responses: { 200: answer },
      use: { currentDevice },
      handler: ({ use }) => ({ text: use.currentDevice.id }),
    })
    const admin = route('GET /admin', {
      summary: 'For administrators',
      auth: device,
      responses: { 200: answer },
      errors: [ADMIN_ONLY],
      use: { admin: requireAdmin },
      handler: ({ use }) => ({ text: `admin ${use.admin.id}` }),
    })
    const register = route('POST /register', {
      summary: 'Register',
      body: shape({ deviceId: text() }),
      responses: { 201: shape({ token: text() }) },
      use: { devices: ShelfDevices },
      handler: ({ body, use }) => use.devices.register(body.deviceId),
    })
    const client = await clientOf(appOf(whoAmI, admin, register))
    const tokenOf = async (deviceId: string): Promise<string> =>
      ((await client.post('/register', { deviceId })).json as { token: string }).token
    const ask = async (path: string, token: string) => {
      const { status, json } = await client.request('GET', path, { headers: { authorization: `Bearer ${token}` } })
      return [status, json]
    }
    const [one, other] = [await tokenOf('some-device'), await tokenOf('admin-device')]
    expect(await ask('/me', one)).toEqual([200, { text: 'some-device' }])
    expect(await ask('/admin', one)).toEqual([403, { detail: 'For administrators', code: 'ADMIN_ONLY' }])
    expect(await ask('/admin', other)).toEqual([200, { text: 'admin admin-device' }])

    const faked = await clientOf(appOf(whoAmI, admin), {
      as: 'anybody',
      override: [override(currentDevice, () => ({ id: 'fake', isAdmin: true }))],
    })
    expect((await faked.get('/admin')).json).toEqual({ text: 'admin fake' })
  })
})

describe('replacing', () => {
  test('for one client only; neither what is replaced nor what only it needs is made', async () => {
    const made: string[] = []
    const settings = dependency('settings', { lifetime: 'app', make: () => made.push('settings') })
    const mailer = dependency('mailer', {
      lifetime: 'app',
      needs: { settings },
      make: () => {
        made.push('mailer')
        return 'smtp'
      },
    })
    const greeter = dependency('greeter', { needs: { mailer }, make: ({ mailer: by }) => `by ${by}` })
    const app = appOf(using({ greeter, mailer }))
    const fake = await clientOf(app, { override: [override(mailer, async () => 'fake')] })
    expect((await fake.post('/use')).json).toEqual({ text: 'by fake fake' })
    expect(made).toEqual([])
    const real = await clientOf(app)
    expect((await real.post('/use')).json).toEqual({ text: 'by smtp smtp' })
    expect(made).toEqual(['settings', 'mailer'])
  })

  test('what no route needs cannot be replaced: it is a mistake of the test', async () => {
    const unused = dependency('unused', { make: () => 1 })
    await expect(clientOf(appOf(), { override: [override(unused, () => 2)] })).rejects.toThrow(
      /override\(unused\): no route of the app needs this dependency/,
    )
  })
})

describe('declarations that cannot be', () => {
  const make = () => 1
  const other = dependency('other', { make })

  test.each<[string, () => unknown, RegExp]>([
    [
      'of the app, needing one of a request',
      () => appOf(using({ a: dependency('a', { lifetime: 'app', needs: { other }, make }) })),
      /dependency\('a'\): it lives as long as the app, but needs other/,
    ],
    [
      'of the app, needing a service',
      () => appOf(using({ a: dependency('a', { lifetime: 'app', needs: { foods: ShelfFoods }, make }) })),
      /needs foods, which lives in a request/,
    ],
    [
      'two of one name',
      () => appOf(using({ a: other, b: dependency('other', { make }) })),
      /dependency\('other'\): there are two of this name/,
    ],
    [
      'a handler given the session',
      () => appOf(using({ session: requestSession })),
      /POST \/use: its handler uses session, which is below the services/,
    ],
    [
      'no dependency at all',
      () => dependency('a', { needs: { gone: undefined as unknown as Dependency }, make }),
      /gone is neither a service nor a dependency/,
    ],
    [
      'a need named as what is given already',
      () => dependency('a', { needs: { onFinish: other }, make }),
      /onFinish is given to each dependency already/,
    ],
    [
      'a route that uses an instance',
      () => using({ foods: {} as unknown as typeof ShelfFoods }),
      /foods is neither a service nor a dependency/,
    ],
  ])('%s', (_what, declare, message) => {
    expect(declare).toThrow(
      expect.objectContaining({ code: 'APP_DECLARATION', message: expect.stringMatching(message) }),
    )
  })
})
