import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { envelope, problem } from '../../src/http/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient, TestResponse } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { pageEngines } from './page-engines.ts'
import { pageApp } from './page-app.ts'
import { pageModels as models } from './page-models.ts'
import { runs, sampleRow, sortedColumns } from './sample-rows.ts'

const secret = 'b0a53d2f1c7e4986a1d2c3b4e5f60718'

/** A new device with as many random rows. */
async function deviceWith(database: Database, count: number): Promise<string> {
  const id = randomUUID()
  await database.session(unscoped('test'), (session) => session.use(Dao(models.Device)).create({ id }))
  const rows = fc.sample(sampleRow, count)
  await database.session(actingAs(models.Device, id), (session) =>
    session.use(Dao(models.Sample)).createMany(rows as never),
  )
  return id
}

const idsOf = ({ json }: TestResponse): readonly string[] => (json as { readonly id: string }[]).map(({ id }) => id)

/** Follows the links, as a client does that knows nothing of what they hold. */
async function followed(client: TestClient, url: string): Promise<readonly string[]> {
  const ids: string[] = []
  let next: string | null = url
  while (next !== null) {
    const answer: TestResponse = await client.get(next)
    expect(answer.status).toBe(200)
    ids.push(...idsOf(answer))
    next = /<([^>]*)>; rel="next"/.exec(answer.headers['link'] ?? '')?.[1] ?? null
  }
  return ids
}

const wireSort = fc
  .uniqueArray(fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...sortedColumns)), {
    minLength: 1,
    maxLength: 3,
    selector: ([, column]) => column,
  })
  .map((terms) => `sort=${terms.map((term) => term.join('')).join(',')}`)
const wireFilter = fc.constantFrom(
  '',
  'isOpen=true',
  'small[gte]=0',
  'kind[null]=true',
  'nick=apple',
  'big[in]=0&big[in]=1',
)

describeEngines(
  'cursors',
  (engine) => {
    let database: Database
    let client: TestClient
    beforeAll(async () => {
      database = await openDatabase((await engine.fresh()).url, { models })
      client = await testClient(pageApp(), { as: await deviceWith(database, 45), database })
    })
    afterAll(async () => {
      await client?.close()
      await database?.close()
    })

    test('give the whole list, each row once and in its order', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(wireSort, wireFilter, fc.integer({ min: 1, max: 30 }), async (sort, filter, limit) => {
          const query = [sort, filter].filter((part) => part !== '').join('&')
          const whole = await client.get(`/v1/samples?${query}&limit=100`)
          expect(await followed(client, `/v1/samples?${query}&limit=${limit}&cursor=`)).toEqual(idsOf(whole))
        }),
        runs(25),
      )
    })

    test('begin where nothing is said and end without a next one', async () => {
      const first = await client.get('/v1/samples?cursor=&limit=44&fields=name')
      expect(first.headers).not.toHaveProperty('x-total-count')
      const next = first.headers['x-next-cursor'] as string
      expect(first.headers['link']).toContain(`cursor=${next}>; rel="next"`)
      const last = await client.get(`/v1/samples?pageSize=30&cursor=${next}&total=true`)
      expect([idsOf(last).length, last.headers['x-total-count']]).toEqual([1, '45'])
      expect(last.headers).not.toHaveProperty('x-next-cursor')
      expect(last.headers['link']).not.toContain('next')
    })
  },
  pageEngines,
)

describe('a cursor', () => {
  let database: Database
  let mine: string
  let other: string
  beforeAll(async () => {
    database = await openDatabase('sqlite::memory:', { models })
    mine = await deviceWith(database, 12)
    other = await deviceWith(database, 12)
  })
  afterAll(() => database?.close())

  const clientOf = (as: string, responses = problem, given = secret): Promise<TestClient> =>
    testClient(pageApp(responses), { as, database, secret: given })

  const nextOf = async (client: TestClient, query: string): Promise<string> =>
    (await client.get(`/v1/samples?${query}`)).headers['x-next-cursor'] as string

  test('is of one question of one caller: another path, sort, filter or caller is refused', async () => {
    const client = await clientOf(mine)
    const asked = 'sort=-small&isOpen[not]=true&name[in]=a&name[in]=A&name[in]=&name[in]=ab&name[in]=ä&limit=1'
    const cursor = await nextOf(client, 'sort=-small&small[gte]=-32768&small[lte]=32767&limit=3&cursor=')
    const same = [
      `sort=-small&small[gte]=-32768&small[lte]=32767&cursor=${cursor}`,
      // The order of the names says nothing, and how much of the rows is answered may change.
      `small[lte]=32767&small[gte]=-32768&sort=-small&limit=5&fields=id&total=true&cursor=${cursor}`,
    ]
    for (const query of same) expect((await client.get(`/v1/samples?${query}`)).status).toBe(200)
    const others = [
      `/v1/samples?sort=small&small[gte]=-32768&small[lte]=32767&cursor=${cursor}`,
      `/v1/samples?sort=-small,name&small[gte]=-32768&small[lte]=32767&cursor=${cursor}`,
      `/v1/samples?small[gte]=-32768&small[lte]=32767&cursor=${cursor}`,
      `/v1/samples?sort=-small&cursor=${cursor}`,
      `/v1/samples?sort=-small&small[gte]=-32767&small[lte]=32767&cursor=${cursor}`,
      `/v1/samples?sort=-small&small[gte]=-32768&small[lt]=32767&cursor=${cursor}`,
      `/v1/samples?${asked}&cursor=${cursor}`,
      `/v1/drawers/1/specimens?sort=-small&small[gte]=-32768&small[lte]=32767&cursor=${cursor}`,
    ]
    const refused = { status: 400, json: { code: 'CURSOR_INVALID' } }
    for (const url of others) expect(await client.get(url)).toMatchObject(refused)
    const drawer = (await client.get('/v1/drawers/1/specimens?limit=2&cursor=')).headers['x-next-cursor']
    expect((await client.get(`/v1/drawers/1/specimens?cursor=${drawer}`)).status).toBe(200)
    expect(await client.get(`/v1/drawers/2/specimens?cursor=${drawer}`)).toMatchObject(refused)
    const stranger = await clientOf(other)
    for (const query of same) expect(await stranger.get(`/v1/samples?${query}`)).toMatchObject(refused)
    await client.close()
    await stranger.close()
  })

  test('of which a single character was changed, added or taken away is refused', async () => {
    const client = await clientOf(mine)
    const cursor = await nextOf(client, 'sort=name&limit=2&cursor=')
    const url = (text: string): string => `/v1/samples?sort=name&cursor=${encodeURIComponent(text)}`
    expect((await client.get(url(cursor))).status).toBe(200)
    const forged = Array.from(
      cursor,
      (letter, at) => cursor.slice(0, at) + (letter === 'A' ? 'B' : 'A') + cursor.slice(at + 1),
    )
    forged.push(
      `${cursor}A`,
      `${cursor}=`,
      ` ${cursor}`,
      cursor.slice(1),
      cursor.slice(0, -1),
      'x',
      '%00',
      'A'.repeat(4_096),
    )
    forged.push(JSON.stringify({ name: 'a' }), Buffer.from('["a","b"]').toString('base64url'))
    for (const text of forged) {
      expect(await client.get(url(text))).toMatchObject({ status: 400, json: { code: 'CURSOR_INVALID' } })
    }
    const beyond = await client.get(url('A'.repeat(4_097)))
    expect(beyond).toMatchObject({ status: 400, json: { code: 'CURSOR_INVALID' } })
    await client.close()
  })

  test('is taken by every instance with the same secret and by no other', async () => {
    const client = await clientOf(mine)
    const cursor = await nextOf(client, 'limit=2&cursor=')
    const [second, third] = [await clientOf(mine), await clientOf(mine, problem, `${secret}0`)]
    expect((await second.get(`/v1/samples?cursor=${cursor}`)).status).toBe(200)
    expect((await third.get(`/v1/samples?cursor=${cursor}`)).status).toBe(400)
    for (const each of [client, second, third]) await each.close()
  })

  test('shows nothing of the values that it holds, and is the same for the same place', async () => {
    const client = await clientOf(mine)
    const cursor = await nextOf(client, 'sort=name,-id&limit=2&cursor=')
    expect(await nextOf(client, 'sort=name,-id&limit=2&cursor=')).toBe(cursor)
    const second = (await client.get('/v1/samples?sort=name,-id&limit=2')).json as { readonly id: string }[]
    const id = second[1]?.id as string
    for (const encoding of ['utf8', 'latin1'] as const)
      expect(Buffer.from(cursor, 'base64url').toString(encoding)).not.toContain(id)
    await client.close()
  })

  test('goes with a limit or a size of the page alone', async () => {
    const client = await clientOf(mine)
    for (const [query, path] of [
      ['offset=1', '/offset'],
      ['page=2', '/page'],
      ['limit=2&pageSize=2', '/pageSize'],
      ['cursor=x', '/cursor'],
      ['limit=0', '/limit'],
      ['pageSize=101', '/pageSize'],
    ] as const) {
      const answer = await client.get(`/v1/samples?cursor=&${query}`)
      expect(answer).toMatchObject({ status: 422, json: { code: 'VALIDATION', errors: [{ in: 'query', path }] } })
    }
    await client.close()
  })

  test('stands in the page of an envelope, null at the end, in the names of the app', async () => {
    const client = await clientOf(mine, envelope)
    const first = await client.get('/v1/samples?cursor=&limit=11')
    const page = (first.json as { readonly page: { readonly nextCursor: string } }).page
    expect(page).toEqual({ pageSize: 11, nextCursor: expect.any(String) })
    const last = await client.get(`/v1/samples?cursor=${page.nextCursor}&total=true`)
    expect(last.json).toMatchObject({ page: { pageSize: 20, nextCursor: null, total: 12 } })
    await client.close()
    const snake = await testClient(pageApp(envelope, { wire: 'snake' }), { as: mine, database })
    expect((await snake.get('/v1/samples?cursor=&page_size=5')).json).toMatchObject({
      page: { page_size: 5, next_cursor: expect.any(String) },
    })
    await snake.close()
  })

  test('is not written for values that no URL could hold', async () => {
    const device = await deviceWith(database, 0)
    await database.session(actingAs(models.Device, device), async (session) => {
      const rows = fc.sample(sampleRow, 2).map((row) => ({ ...row, note: 'é'.repeat(5_000) }))
      await session.use(Dao(models.Sample)).createMany(rows as never)
    })
    const client = await clientOf(device)
    expect(await client.get('/v1/samples?sort=note&limit=1&cursor=')).toMatchObject({
      status: 422,
      json: { code: 'VALIDATION', errors: [{ in: 'query', path: '/sort', code: 'LENGTH' }] },
    })
    expect((await client.get('/v1/samples?sort=note&limit=2&cursor=')).status).toBe(200)
    await client.close()
  })

  test('names hidden columns as little as any other part of a query does', async () => {
    const client = await clientOf(mine)
    for (const name of ['deletedAt', 'owning', 'nothing']) {
      const answer = await client.get(`/v1/samples?sort=${name}&cursor=`)
      expect(answer).toMatchObject({ status: 400, json: { code: 'UNKNOWN_QUERY' } })
    }
    await client.close()
  })
})
