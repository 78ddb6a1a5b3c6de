import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import { shape } from '../../src/dto/index.ts'
import type { Create } from '../../src/dto/index.ts'
import { defineErrors, errors } from '../../src/errors/index.ts'
import { group, plain, publicAccess, resource } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { CrudService, RefusedItems } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels } from '../support/open-models.ts'
import type { OpenModels } from '../support/open-models.ts'
import { pageEngines } from './page-engines.ts'
import { device } from './page-app.ts'
import { pageModels as models } from './page-models.ts'

class Crates extends CrudService(models.Crate) {}
class Bottles extends CrudService(models.Bottle) {}
class Places extends CrudService(models.Place) {}

const shopErrors = defineErrors({
  CRATE_CURSED: {
    kind: 'conflict',
    en: 'The crate is cursed',
    zh: '箱子被诅咒',
    remedy: 'Name it otherwise',
    values: {},
  },
})

/** Rules of its own: what it makes, changes and deletes goes through them, one by one. */
class RuledCrates extends CrudService(models.Crate) {
  override async create(data: Create<typeof models.Crate>) {
    if (data.name === 'cursed') throw shopErrors.CRATE_CURSED()
    const crate = await super.create(data)
    await this.session.use(Bottles).create({ crateId: crate.id, label: `of ${crate.name}` })
    return crate
  }

  override async delete(id: string) {
    const { name } = await this.get(id)
    if (name.startsWith('kept')) throw shopErrors.CRATE_CURSED()
    await super.delete(id)
  }
}

/** Two at the most: what is allowed depends on what is there. */
class FewCrates extends CrudService(models.Crate, {
  policies: { create: async ({ session }) => (await session.use(Dao(models.Crate)).list()).rows.length < 2 },
}) {}

/** Keeps a note of whatever it was sent. */
class NotedCrates extends CrudService(models.Crate, { create: shape({ called: text() }) }) {
  protected async toInsert({ called }: { readonly called: string }) {
    await this.session.use(Dao(models.Crate)).create({ name: `note of ${called}` })
    if (called === 'cursed') throw shopErrors.CRATE_CURSED()
    return { name: called }
  }
}

async function newDevice(database: Database): Promise<string> {
  const id = randomUUID()
  await database.session(unscoped('test'), (session) => session.use(Dao(models.Device)).create({ id }))
  return id
}

const names = (rows: readonly { readonly name: string }[]): readonly string[] => rows.map(({ name }) => name)

describeEngines(
  'many rows of a service',
  (engine) => {
    let open: OpenModels
    beforeAll(async () => {
      open = await openModels(engine, models)
    })
    afterAll(() => open?.db.close())

    const acting = async (): Promise<<R>(work: (session: Session) => Promise<R>) => Promise<R>> => {
      const id = await newDevice(open.db)
      open.driver.calls.length = 0
      return (work) => open.db.session(actingAs(models.Device, id), work)
    }
    const written = (): readonly string[] =>
      open.driver.calls
        .filter((call) => /^(insert|update|delete)/i.test(call))
        .map((call) => call.slice(0, 6).toLowerCase())

    test('B12: are created by one statement, in the order given', async () => {
      const session = await acting()
      const rows = await session((inner) =>
        inner.use(Crates).createMany(Array.from({ length: 200 }, (_, at) => ({ name: `crate ${at}` }))),
      )
      expect(names(rows)).toEqual(Array.from({ length: 200 }, (_, at) => `crate ${at}`))
      expect(written()).toEqual(['insert'])
      expect((await session((inner) => inner.use(Crates).list())).rows).toHaveLength(200)
      expect(await session((inner) => inner.use(Crates).createMany([]))).toEqual([])
    })

    test('are stored all or none, and everything that stands against items is told with their places', async () => {
      const session = await acting()
      await session((inner) => inner.use(Crates).create({ name: 'taken' }))
      const refused = session((inner) =>
        inner
          .use(Crates)
          .createMany([
            { name: 'a' },
            { name: '' },
            { name: 'taken' },
            { name: 'b' },
            { name: 'a' },
            { name: 1 as never },
          ]),
      )
      await expect(refused).rejects.toMatchObject({
        code: 'BULK_REFUSED',
        values: { refused: 4, total: 6 },
        issues: [
          { in: 'row', path: '/1/name', code: 'LENGTH' },
          { in: 'row', path: '/2/name', code: 'UNIQUE' },
          { in: 'row', path: '/4/name', code: 'UNIQUE' },
          { in: 'row', path: '/5/name', code: 'TYPE' },
        ],
      })
      const { cause } = (await refused.catch((error: unknown) => error)) as Error
      expect(cause).toBeInstanceOf(RefusedItems)
      expect(names((await session((inner) => inner.use(Crates).list())).rows)).toEqual(['taken'])
    })

    test('may be tried and left, and the session goes on', async () => {
      const session = await acting()
      await session(async (inner) => {
        await inner.use(Crates).create({ name: 'a' })
        await expect(inner.use(Crates).createMany([{ name: 'b' }, { name: 'a' }])).rejects.toMatchObject({
          code: 'BULK_REFUSED',
        })
        await inner.use(Crates).create({ name: 'c' })
      })
      expect(names((await session((inner) => inner.use(Crates).list({ sort: ['name'] }))).rows)).toEqual(['a', 'c'])
    })

    test('go by the rules of an overridden operation, one by one', async () => {
      const session = await acting()
      await session((inner) => inner.use(RuledCrates).createMany([{ name: 'kept' }, { name: 'two' }]))
      const made = await session((inner) => inner.use(Bottles).list({ sort: ['label'] }))
      expect(made.rows.map(({ label }) => label)).toEqual(['of kept', 'of two'])
      const refused = {
        code: 'BULK_REFUSED',
        issues: [{ path: '/1', code: 'CRATE_CURSED', message: 'The crate is cursed' }],
      }
      await expect(
        session((inner) => inner.use(RuledCrates).createMany([{ name: 'three' }, { name: 'cursed' }])),
      ).rejects.toMatchObject(refused)
      const { rows } = await session((inner) => inner.use(Crates).list({ sort: ['-name'] }))
      expect(names(rows)).toEqual(['two', 'kept'])
      await expect(session((inner) => inner.use(RuledCrates).deleteMany(rows))).rejects.toMatchObject(refused)
      expect((await session((inner) => inner.use(Crates).list())).rows).toHaveLength(2)
      await session((inner) => inner.use(RuledCrates).deleteMany(rows.slice(0, 1)))
      expect(names((await session((inner) => inner.use(Crates).list())).rows)).toEqual(['kept'])
    })

    test('are allowed one by one, each once those before it are stored', async () => {
      const session = await acting()
      const sent = ['a', 'b', 'c', 'd'].map((name) => ({ name }))
      await expect(session((inner) => inner.use(FewCrates).createMany(sent))).rejects.toMatchObject({
        code: 'BULK_REFUSED',
        issues: [
          { path: '/2', code: 'FORBIDDEN' },
          { path: '/3', code: 'FORBIDDEN' },
        ],
      })
      expect(names(await session((inner) => inner.use(FewCrates).createMany(sent.slice(0, 2))))).toEqual(['a', 'b'])
    })

    test('leave nothing when they are refused, of what was stored to make them ready either', async () => {
      const session = await acting()
      const rows = await session(async (inner) => {
        const refused = inner.use(NotedCrates).createMany([{ called: 'a' }, { called: 'cursed' }])
        await expect(refused).rejects.toMatchObject({ issues: [{ path: '/1', code: 'CRATE_CURSED' }] })
        return (await inner.use(Crates).list()).rows
      })
      expect(rows).toEqual([])
    })

    test('are changed and deleted all or none; each row is named once and must be seen', async () => {
      const [session, stranger] = [await acting(), await acting()]
      const rows = await session((inner) => inner.use(Crates).createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }]))
      const [foreign] = await stranger((inner) => inner.use(Crates).createMany([{ name: 'x' }]))
      const [a, b, c] = rows.map(({ id }) => id) as [string, string, string]
      const changed = await session((inner) =>
        inner.use(Crates).updateMany([
          { id: b, data: { name: 'B' } },
          { id: a, data: {} },
        ]),
      )
      expect(names(changed)).toEqual(['B', 'a'])
      const other = foreign?.id as string
      await expect(
        session((inner) =>
          inner.use(Crates).updateMany([
            { id: a, data: { name: 'A' } },
            { id: other, data: { name: 'mine now' } },
            { id: 'no uuid', data: { name: 'mine now' } },
            { id: c, data: { name: 'B' } },
          ]),
        ),
      ).rejects.toMatchObject({
        code: 'BULK_REFUSED',
        issues: [
          { path: '/1', code: 'NOT_FOUND' },
          { path: '/2', code: 'NOT_FOUND' },
          { path: '/3/name', code: 'UNIQUE' },
        ],
      })
      await expect(
        session((inner) =>
          inner.use(Crates).updateMany([
            { id: a, data: { name: 'A' } },
            { id: a, data: { name: 'AA' } },
          ]),
        ),
      ).rejects.toMatchObject({ issues: [{ path: '/1', code: 'REPEATED', message: 'names the same row as item 0' }] })
      await expect(
        session((inner) => inner.use(Crates).deleteMany([{ id: a }, { id: other }, { id: b }])),
      ).rejects.toMatchObject({ issues: [{ path: '/1', code: 'NOT_FOUND' }] })
      expect(names((await session((inner) => inner.use(Crates).list({ sort: ['name'] }))).rows)).toEqual([
        'B',
        'a',
        'c',
      ])
      await session((inner) => inner.use(Crates).deleteMany([{ id: a }, { id: b }]))
      expect(names((await session((inner) => inner.use(Crates).list())).rows)).toEqual(['c'])
      expect(names((await stranger((inner) => inner.use(Crates).list())).rows)).toEqual(['x'])
    })
  },
  pageEngines,
)

const app = createApp({
  title: 'Bulk',
  version: '1.0.0',
  models,
  responses: plain,
  errors: shopErrors,
  routes: [
    group({ prefix: '/v1', auth: device }, [
      resource(Crates, { path: '/crates', bulk: { max: 5 } }),
      resource(Bottles, { path: '/bottles' }),
    ]),
    group({ prefix: '/v1', auth: publicAccess('test') }, [resource(Places, { path: '/places', bulk: true })]),
  ],
})

describe('bulk routes', () => {
  let database: Database
  let client: TestClient
  let stranger: TestClient
  beforeAll(async () => {
    database = await openDatabase('sqlite::memory:', { models })
    client = await testClient(app, { as: await newDevice(database), database })
    stranger = await testClient(app, { as: await newDevice(database), database })
  })
  afterAll(async () => {
    await client?.close()
    await stranger?.close()
    await database?.close()
  })

  const crates = async (
    ...items: readonly string[]
  ): Promise<readonly { readonly id: string; readonly name: string }[]> => {
    const answer = await client.post('/v1/crates/bulk', { items: items.map((name) => ({ name })) })
    expect(answer.status).toBe(201)
    return answer.json as never
  }

  test('create, change and delete', async () => {
    const [one, two] = await crates('one', 'two')
    const changed = await client.post('/v1/crates/bulk/patch', {
      items: [
        { id: two?.id, name: 'TWO' },
        { id: one?.id, name: 'ONE' },
      ],
    })
    expect(changed).toMatchObject({
      status: 200,
      json: [
        { id: two?.id, name: 'TWO' },
        { id: one?.id, name: 'ONE' },
      ],
    })
    const deleted = await client.post('/v1/crates/bulk/delete', { items: [{ id: one?.id }, { id: two?.id }] })
    expect([deleted.status, deleted.text]).toEqual([204, ''])
    expect((await client.get('/v1/crates')).json).toEqual([])
  })

  test('name rows with keys of several columns', async () => {
    const items = [1, 2].map((at) => ({ shelf: 's', at, label: `l${at}` }))
    expect((await client.post('/v1/places/bulk', { items })).json).toEqual(items)
    const patch = { items: [{ shelf: 's', at: 2, label: null }] }
    expect((await client.post('/v1/places/bulk/patch', patch)).json).toEqual([{ shelf: 's', at: 2, label: null }])
    const gone = await client.post('/v1/places/bulk/delete', {
      items: [
        { at: 1, shelf: 's' },
        { shelf: 's', at: 3 },
      ],
    })
    expect(gone).toMatchObject({ status: 422, json: { errors: [{ path: '/items/1', code: 'NOT_FOUND' }] } })
  })

  test('tell every problem with its place in the body, and store nothing', async () => {
    const bad = await client.post('/v1/crates/bulk', {
      items: [{ name: 'fine' }, { name: '' }, { nam: 'x' }, { name: 'x', owning: randomUUID() }],
    })
    expect(bad).toMatchObject({
      status: 422,
      json: {
        code: 'VALIDATION',
        errors: [
          { in: 'body', path: '/items/1/name', code: 'LENGTH' },
          { in: 'body', path: '/items/2/nam', code: 'UNKNOWN' },
          { in: 'body', path: '/items/2/name', code: 'REQUIRED' },
          { in: 'body', path: '/items/3/owning', code: 'UNKNOWN' },
        ],
      },
    })
    const twice = await client.post('/v1/crates/bulk', {
      items: [{ name: 'same' }, { name: 'other' }, { name: 'same' }],
    })
    expect(twice.json).toMatchObject({
      code: 'BULK_REFUSED',
      errors: [{ in: 'body', path: '/items/2/name', code: 'UNIQUE' }],
    })
    expect((await client.get('/v1/crates')).json).toEqual([])
    const [crate] = await crates('mine')
    const unseen = {
      items: [
        { id: crate?.id, name: 'x' },
        { id: randomUUID(), name: 'y' },
      ],
    }
    expect(await client.post('/v1/crates/bulk/patch', unseen)).toMatchObject({
      status: 422,
      json: { code: 'BULK_REFUSED', errors: [{ in: 'body', path: '/items/1', code: 'NOT_FOUND' }] },
    })
    const theirs = { items: [{ id: crate?.id }] }
    expect(await stranger.post('/v1/crates/bulk/delete', theirs)).toMatchObject({
      status: 422,
      json: { errors: [{ path: '/items/0', code: 'NOT_FOUND' }] },
    })
    expect((await client.get('/v1/crates')).json).toMatchObject([{ name: 'mine' }])
    await client.post('/v1/crates/bulk/delete', theirs)
  })

  test('take from one to as many items as they say, and no other body', async () => {
    for (const body of [{ items: [] }, { items: Array.from({ length: 6 }, (_, at) => ({ name: `n${at}` })) }])
      expect(await client.post('/v1/crates/bulk', body)).toMatchObject({
        status: 422,
        json: { code: 'VALIDATION', errors: [{ path: '/items', code: 'LENGTH' }] },
      })
    for (const body of [[], {}, { items: {} }, { items: [null] }, { items: [{ name: 'x' }], other: 1 }])
      expect((await client.post('/v1/crates/bulk', body)).status).toBe(422)
    expect((await client.post('/v1/crates/bulk/delete', { items: [{ id: 'x' }] })).status).toBe(422)
    expect((await client.post('/v1/bottles/bulk', { items: [] })).status).toBe(405)
    expect(
      await client.post('/v1/crates/bulk/delete', { items: [{ id: randomUUID() }] }, { 'if-match': '"1"' }),
    ).toMatchObject({
      json: { code: 'PRECONDITION_UNSUPPORTED' },
    })
  })

  test('are there with their single operation alone, in its roles', () => {
    const listed = (options: object): readonly string[] =>
      resource(Crates, { path: '/crates', ...options }).routes.flatMap((route) =>
        route.kind === 'route' && route.path.startsWith('/bulk') ? [`${route.operation} ${route.roles.join()}`] : [],
      )
    expect(listed({})).toEqual([])
    expect(listed({ bulk: true, except: ['create'] })).toEqual(['patchMany ', 'deleteMany '])
    expect(listed({ bulk: true, only: ['list', 'delete'] })).toEqual(['deleteMany '])
    expect(listed({ only: ['list', 'createMany'] })).toEqual(['createMany '])
    const operations = { delete: { roles: ['admin'] }, patch: { roles: ['a'] }, patchMany: { roles: ['b'] } }
    expect(listed({ bulk: true, operations })).toEqual(['createMany ', 'patchMany b', 'deleteMany admin'])
  })

  test('take a key as their single operation does, and say what a policy forbids of each item alone', () => {
    class Guarded extends CrudService(models.Crate, { policies: { create: () => false, update: () => false } }) {}
    const operations = {
      create: { idempotency: 'required', summary: 'Buy' },
      patch: { idempotency: 'off' },
      deleteMany: { idempotency: 'off' },
    } as const
    const routes = resource(Guarded, { path: '/crates', bulk: true, operations }).routes.flatMap((each) =>
      each.kind === 'route' ? [each] : [],
    )
    const found = new Map(routes.map((each) => [each.operation, each]))
    expect(found.get('createMany')).toMatchObject({
      idempotency: 'required',
      summary: 'Create many Crates, all or none',
    })
    expect([found.get('patchMany')?.idempotency, found.get('deleteMany')?.idempotency]).toEqual([null, null])
    expect(found.get('create')?.errors).toContain(errors.FORBIDDEN)
    expect(found.get('createMany')?.errors).not.toContain(errors.FORBIDDEN)
  })
})
