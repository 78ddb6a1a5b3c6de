import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { startApp } from 'terrace/app'
import type { RunningApp } from 'terrace/app'
import { main } from 'terrace/cli'
import { ApiError, dataOf, failureOf } from 'terrace/client'
import { app } from '../src/app.ts'
import { openClient, type ErrorCode, type Product } from './support/api.ts'

let running: RunningApp
beforeAll(async () => {
  const address = { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0 }
  running = await startApp(app, { ...address, logTo: { write: () => undefined }, metrics: false })
})
afterAll(() => running.stop())

/** The generated client of a device that registers itself when it is first refused. */
function deviceClient(deviceId: string) {
  let token: string | null = null
  const registered = { times: 0 }
  const api = openClient({
    baseUrl: running.url,
    token: () => token,
    refresh: async () => {
      registered.times += 1
      const fresh = dataOf(await openClient({ baseUrl: running.url }).POST('/v1/auth/register', { body: { deviceId } }))
      token = fresh.token
      return token
    },
  })
  return { api, registered }
}

describe('the client that terrace client has written', () => {
  test('is what the app says', async () => {
    const folder = fileURLToPath(new URL('..', import.meta.url))
    const out = { text: '', isTTY: false, columns: 80 }
    const write = (text: string, written?: () => void): boolean => {
      out.text += text
      written?.()
      return true
    }
    const output = { ...out, write }
    const code = await main(['client', 'test/support/api.ts', '--check'], {
      cwd: folder,
      stdout: output,
      stderr: output,
    })
    expect([code, readFileSync(new URL('support/api.ts', import.meta.url), 'utf8').split('\n')[0]]).toEqual([
      0,
      '// CountOnMe API 1.0.0. Written by `terrace client`: change the app, and run it again.',
    ])
  })

  test('goes the way of a device: registered at the first 401, once for all calls that wait for it', async () => {
    const { api, registered } = deviceClient('reader')
    const lists = await Promise.all(
      [1, 2, 3, 4].map(() => api.GET('/v1/products', { params: { query: { limit: 5 } } })),
    )
    expect([lists.map(({ response }) => response.status), registered.times]).toEqual([[200, 200, 200, 200], 1])

    const bread: Product = dataOf(await api.POST('/v1/products', { body: { name: 'Bread', kcal100g: 266 } }))
    const portions = dataOf(await api.GET('/v1/portions', { params: { query: { productId: bread.id } } }))
    const portionId = portions[0]?.id ?? ''
    const eaten = { date: '2026-02-05', productId: bread.id, portionId, quantity: 2 }
    const entry = dataOf(await api.POST('/v1/food-entries', { body: eaten }))
    expect(entry).toMatchObject({ productId: bread.id, quantity: 2 })

    const path = { id: bread.id }
    const changed = dataOf(await api.PATCH('/v1/products/{id}', { params: { path }, body: { kcal100g: 250 } }))
    expect(changed.kcal100g).toBe(250)
    expect((await api.DELETE('/v1/products/{id}', { params: { path } })).response.status).toBe(204)
    expect(failureOf(await api.GET('/v1/products/{id}', { params: { path } }))?.code).toBe('NOT_FOUND')
  })

  test('tells an error as a value: its code, and which values broke which rules', async () => {
    const { api } = deviceClient('careless')
    const nowhere = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
    const orphan = failureOf(
      await api.POST('/v1/portions', { body: { productId: nowhere, name: '1 slice', grams: 45 } }),
    )
    const code: ErrorCode | null | undefined = orphan?.code
    expect([orphan?.status, code, orphan?.issues]).toEqual([
      422,
      'REFERENCE_MISSING',
      [{ in: 'body', path: '/productId', code: 'REFERENCE', message: 'refers to a Product that does not exist' }],
    ])
    const wrong = await api.POST('/v1/products', { body: { name: '', kcal100g: 2_000 } })
    expect(() => dataOf(wrong)).toThrow(ApiError)
    expect(failureOf(wrong)).toMatchObject({ code: 'VALIDATION', requestId: expect.stringMatching(/./) })
    expect(failureOf(wrong)?.issues.map(({ path }) => path)).toEqual(['/name', '/kcal100g'])
  })

  test('reads a list to its end by cursor, while rows come and go', async () => {
    const { api } = deviceClient('collector')
    const add = async (name: string) => dataOf(await api.POST('/v1/products', { body: { name, kcal100g: 1 } }))
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await add(name)
    const read: string[] = []
    for await (const { name, id } of api.rows('/v1/products', { params: { query: { sort: 'name', limit: 2 } } })) {
      expectTypeOf(name).toEqualTypeOf<string>()
      read.push(name)
      if (name === 'b') dataOf(await api.DELETE('/v1/products/{id}', { params: { path: { id } } }))
      if (name === 'c') await add('ab')
      if (name === 'd') await add('h')
    }
    expect(read).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
    const refused = openClient({ baseUrl: running.url }).rows('/v1/products')
    await expect(refused.next()).rejects.toMatchObject({ name: 'ApiError', status: 401, code: 'UNAUTHENTICATED' })
  })

  test('speaks the language that it is given', async () => {
    const api = openClient({ baseUrl: running.url, language: 'zh' })
    expect(failureOf(await api.GET('/v1/products'))?.message).toBe('令牌无效或已过期')
  })
})

test('what the API does not have does not compile', () => {
  const typed = async (): Promise<void> => {
    const api = openClient({ baseUrl: running.url })
    // @ts-expect-error no such path
    await api.GET('/v1/product')
    // @ts-expect-error no such method of this path
    await api.PUT('/v1/products')
    // @ts-expect-error a required property is missing
    await api.POST('/v1/products', { body: { name: 'Bread' } })
    // @ts-expect-error a property of another type
    await api.POST('/v1/products', { body: { name: 'Bread', kcal100g: '266' } })
    // @ts-expect-error a parameter of the path is missing
    await api.GET('/v1/products/{id}')
    // @ts-expect-error a parameter that is none
    await api.GET('/v1/products', { params: { query: { colour: 'red' } } })
    // @ts-expect-error no list
    api.rows('/v1/auth/register')
    const failure = failureOf(await api.GET('/v1/products'))
    // @ts-expect-error a code that this operation does not answer
    expect(failure?.code === 'DEVICE_REGISTERED').toBe(false)
  }
  expect(typed).toBeTypeOf('function')
})
