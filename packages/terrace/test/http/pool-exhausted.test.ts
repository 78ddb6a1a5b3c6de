import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { ShelfFoods, shelfApp, shelfModels } from '../shelf/shelf-app.ts'
import { describeEngines } from '../support/describe-engines.ts'

const slow = route('GET /slow', {
  summary: 'Holds a connection for a second',
  responses: { 200: shape({ text: text() }) },
  use: { foods: ShelfFoods },
  handler: async ({ use }) => {
    const [first] = (await use.foods.list({ page: { limit: 1, offset: 0 } })).rows
    await sleep(1_000)
    return { text: first?.name ?? '' }
  },
})

const at = { host: '127.0.0.1', port: 0, log: 'silent', metrics: false } as const

describeEngines(
  'a pool that is exhausted',
  (engine) => {
    test('turns those who wait too long away with 503 and Retry-After, and recovers by itself', async () => {
      const { url } = await engine.fresh()
      const routes = [group({ auth: publicAccess('a test') }, [slow])]
      const app = createApp({ title: 'Pool', version: '1.0.0', models: shelfModels, responses: plain, routes })
      const running = await startApp(app, { ...at, databaseUrl: url, pool: { size: 2, overflow: 0, timeoutMs: 400 } })
      try {
        const ask = async () => {
          const startedAt = performance.now()
          const response = await fetch(`${running.url}/slow`)
          const { code } = (await response.json()) as { readonly code?: string }
          const tookMs = performance.now() - startedAt
          return { status: response.status, code, tookMs, retryAfter: response.headers.get('retry-after') }
        }
        const answers = await Promise.all(Array.from({ length: 50 }, ask))
        const refused = answers.filter(({ status }) => status === 503)
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
        expect(refused).toHaveLength(48)
        for (const { code, retryAfter, tookMs } of refused) {
          expect([code, retryAfter]).toEqual(['POOL_TIMEOUT', '1'])
          expect(tookMs).toBeLessThan(2_000)
        }
        const startedAt = performance.now()
        expect((await ask()).status).toBe(200)
        expect(performance.now() - startedAt).toBeLessThan(2_000)
        expect(running.database.stats()).toMatchObject({ size: 2, idle: 2, waiting: 0 })
      } finally {
        await running.stop()
      }
    })

    test('no request needs two connections: forty at once go through a pool of one, the look at their tokens included', async () => {
      const { url } = await engine.fresh()
      const running = await startApp(shelfApp(), { ...at, databaseUrl: url, pool: { size: 1, overflow: 0 } })
      try {
        const headers = { 'content-type': 'application/json' }
        const body = JSON.stringify({ deviceId: 'a' })
        const registered = await fetch(`${running.url}/v1/auth/register`, { method: 'POST', headers, body })
        const { token } = (await registered.json()) as { readonly token: string }
        const ask = async () => {
          const response = await fetch(`${running.url}/v1/products`, { headers: { authorization: `Bearer ${token}` } })
          await response.arrayBuffer()
          return response.status
        }
        const statuses = await Promise.all(Array.from({ length: 40 }, ask))
        expect(new Set(statuses)).toEqual(new Set([200]))
      } finally {
        await running.stop()
      }
    })
  },
  ['postgres'],
)
