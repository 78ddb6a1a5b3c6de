import { expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { shelfApp, shelfModels } from '../shelf/shelf-app.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { newShelfDevice } from '../shelf/shelf-device.ts'
import { testClient } from '../../src/testing/index.ts'

describeEngines('shelf app', (engine) => {
  test('D1–D7: the same app answers the same', { timeout: 60_000 }, async () => {
    const fresh = await engine.fresh()
    const database = await openDatabase(fresh.url, { models: shelfModels })
    const client = await testClient(shelfApp(), { database, log: 'silent' })
    try {
      const [mine, other] = [await newShelfDevice(client), await newShelfDevice(client)]
      expect((await client.post('/v1/auth/register', { deviceId: mine.deviceId })).status).toBe(409)

      const sent = {
        name: '鸡胸肉 ☃',
        kcal100g: 165,
        weight: '-9223372036854775808',
        boughtOn: '2026-02-05',
        extra: { a: [1, null] },
      }
      const product = await mine.create(sent)
      expect(product).toMatchObject({ ...sent, note: null })
      const url = `/v1/products/${product.id}`
      expect((await mine.send('GET', url)).json).toEqual(product)

      expect((await mine.send('POST', '/v1/products', sent)).json).toMatchObject({ code: 'UNIQUE' })
      expect((await other.send('POST', '/v1/products', sent)).status).toBe(201)
      expect([(await other.send('GET', url)).status, (await other.send('DELETE', url)).status]).toEqual([404, 404])

      await mine.create({ name: 'Apple' })
      const listed = await mine.send('GET', '/v1/products?limit=1&sort=-name')
      expect([(listed.json as unknown[]).length, listed.headers['x-total-count']]).toEqual([1, '2'])
      expect((await mine.send('PATCH', url, { kcal100g: 166, extra: null })).json).toMatchObject({
        kcal100g: 166,
        extra: null,
      })

      expect((await mine.send('DELETE', url)).status).toBe(204)
      expect((await mine.send('DELETE', url)).status).toBe(404)
      expect((await mine.send('POST', '/v1/products', sent)).status).toBe(201)
      expect(await mine.send('POST', `${url}/restore`)).toMatchObject({ status: 409, json: { code: 'UNIQUE' } })

      expect((await mine.send('POST', '/v1/shelves/3/close?how=bug')).status).toBe(500)
      expect((await mine.send('GET', '/v1/products')).headers['x-total-count']).toBe('2')
      expect((await mine.send('GET', '/v1/foods?sort=-name')).json).toMatchObject([
        { name: 'Cheese' },
        { name: 'Bread' },
        { name: 'Apple' },
      ])
      expect((await client.get('/readyz')).status).toBe(200)
    } finally {
      await client.close()
      await database.close()
    }
  })
})
