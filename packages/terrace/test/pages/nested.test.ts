import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import type { Create } from '../../src/dto/index.ts'
import { create, shapeOf } from '../../src/dto/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { pageEngines } from './page-engines.ts'
import { nestedApp as app, Pieces, Portions, Products } from './nested-app.ts'
import { nestedModels as models } from './nested-models.ts'

async function newDevice(database: Database): Promise<string> {
  const id = randomUUID()
  await database.session(unscoped('test'), (session) => session.use(Dao(models.Device)).create({ id }))
  return id
}

describeEngines(
  'rows created with their children',
  (engine) => {
    let database: Database
    let acting: <R>(work: (session: Session) => Promise<R>) => Promise<R>
    beforeAll(async () => {
      database = await openDatabase((await engine.fresh()).url, { models })
      const id = await newDevice(database)
      acting = (work) => database.session(actingAs(models.Device, id), work)
    })
    afterAll(() => database?.close())

    test('are stored together, at every level, and the row holds them', async () => {
      const made = await acting((session) =>
        session.use(Products).create({
          name: 'Apple',
          portions: [
            { label: 'whole', gramWeight: 180, pieces: [{ number: 1 }, { number: 2 }] },
            { label: 'half', gramWeight: 90 },
          ],
        }),
      )
      expect(made).toMatchObject({
        name: 'Apple',
        portions: [
          { label: 'whole', productId: made.id, pieces: [{ number: 1 }, { number: 2 }] },
          { label: 'half', productId: made.id, pieces: [] },
        ],
      })
      await acting(async (session) => {
        const found = await session.use(Products).get(made.id, {
          include: { portions: { of: models.Portion, include: { pieces: models.Piece } } },
        })
        const { portions } = found as unknown as {
          readonly portions: readonly { readonly pieces: readonly unknown[] }[]
        }
        expect(portions.map(({ pieces }) => pieces.length).toSorted()).toEqual([0, 2])
        await session.use(Products).delete(made.id)
      })
    })

    test('are stored all or none, and what stands against them is said where they were sent', async () => {
      await expect(
        acting((session) =>
          session.use(Products).create({
            name: 'Pear',
            portions: [
              { label: 'a', gramWeight: 0 },
              { label: 'b', gramWeight: 6_000 },
              { label: 'c', gramWeight: 1, pieces: [{ number: 1 }, { number: 10 }] },
              { label: 'c', gramWeight: 2 },
            ],
          }),
        ),
      ).rejects.toMatchObject({
        code: 'VALIDATION',
        issues: [
          { in: 'row', path: '/portions/0/gramWeight', code: 'RANGE' },
          { in: 'row', path: '/portions/1', code: 'TOO_HEAVY' },
          { in: 'row', path: '/portions/2/pieces/1/number', code: 'RANGE' },
        ],
      })
      await acting(async (session) => {
        const products = session.use(Products)
        const twice = [1, 2].map((gramWeight) => ({ label: 'same', gramWeight }))
        await expect(products.create({ name: 'Pear', portions: twice })).rejects.toMatchObject({
          issues: [{ path: '/portions/1/label', code: 'UNIQUE' }],
        })
        // What was refused is undone by itself: the session goes on.
        await products.create({ name: 'Plum' })
      })
      const { rows } = await acting((session) => session.use(Products).list())
      expect(rows.map(({ name }) => name)).toEqual(['Plum'])
      expect(await acting((session) => session.use(Portions).list())).toMatchObject({ rows: [] })
    })
  },
  pageEngines,
)

describe('children in a body', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase('sqlite::memory:', { models })
  })
  afterAll(() => database?.close())

  const clientOf = async (wire: 'camel' | 'snake' = 'camel') =>
    testClient(app(wire), { as: await newDevice(database), database })

  test('are answered as their own resource answers them, with those below', async () => {
    const client = await clientOf()
    const made = await client.post('/v1/products', {
      name: 'Apple',
      portions: [{ label: 'whole', gramWeight: 180, pieces: [{ number: 1 }] }],
    })
    expect(made).toMatchObject({ status: 201, headers: { location: expect.stringContaining('/v1/products/') } })
    const { portions } = made.json as { readonly portions: readonly object[] }
    expect(portions).toEqual([
      {
        id: expect.any(String),
        label: 'whole',
        gramWeight: 180,
        pieces: [{ id: expect.any(String), portionId: expect.any(String), number: 1, foodId: null }],
      },
    ])
    expect((await client.post('/v1/products', { name: 'Pear' })).json).toMatchObject({ portions: [] })
    const many = await client.post('/v1/products/bulk', {
      items: [{ name: 'a', portions: [{ label: 'x', gramWeight: 1 }] }, { name: 'b' }],
    })
    expect(many.json).toMatchObject([{ portions: [{ label: 'x', pieces: [] }] }, { portions: [] }])
    await client.close()
  })

  test('travel and are refused in the names of the app', async () => {
    const client = await clientOf('snake')
    const made = await client.post('/v1/products', { name: 'Apple', portions: [{ label: 'x', gram_weight: 1 }] })
    expect(made.json).toMatchObject({ portions: [{ gram_weight: 1 }] })
    const taken = await client.post('/v1/products', {
      name: 'Pear',
      portions: [
        { label: 'a', gram_weight: 1 },
        { label: 'b', gram_weight: 9_999 },
      ],
    })
    expect(taken.json).toMatchObject({
      code: 'VALIDATION',
      errors: [{ in: 'body', path: '/portions/1', code: 'TOO_HEAVY' }],
    })
    const many = await client.post('/v1/products/bulk', {
      items: [{ name: 'Quince' }, { name: 'Fig', portions: [{ label: 'a', gram_weight: 9_999 }] }],
    })
    expect(many.json).toMatchObject({
      code: 'BULK_REFUSED',
      errors: [{ in: 'body', path: '/items/1/portions/0', code: 'TOO_HEAVY' }],
    })
    await client.close()
  })

  test('are only what a child may be sent alone: no reference, key, owner or stamp', async () => {
    const client = await clientOf()
    const child = { label: 'x', gramWeight: 1 }
    for (const name of ['productId', 'id', 'deviceId', 'pin', 'deletedAt', 'deletionId', 'createdAt', 'product'])
      expect(
        await client.post('/v1/products', { name: 'Apple', portions: [child, { ...child, [name]: randomUUID() }] }),
      ).toMatchObject({ status: 422, json: { errors: [{ path: `/portions/1/${name}`, code: 'UNKNOWN' }] } })
    for (const portions of [null, {}, 'x', [null], [[]]])
      expect((await client.post('/v1/products', { name: 'Apple', portions })).status).toBe(422)
    const [product] = (await client.post('/v1/products/bulk', { items: [{ name: 'Apple' }] })).json as {
      readonly id: string
    }[]
    for (const send of ['patch', 'put'] as const)
      expect(await client[send](`/v1/products/${product?.id}`, { name: 'Apple', portions: [child] })).toMatchObject({
        status: 422,
        json: { errors: [{ path: '/portions', code: 'UNKNOWN' }] },
      })
    expect((await client.get('/v1/portions')).json).toEqual([])
    await client.close()
  })

  test('are at most 100 of a kind, and 500 rows in all, in bulk too', async () => {
    const client = await clientOf()
    const portions = (count: number, pieces: number) =>
      Array.from({ length: count }, (_, at) => ({
        label: `p${at}`,
        gramWeight: 1,
        pieces: Array.from({ length: pieces }, () => ({ number: 1 })),
      }))
    expect((await client.post('/v1/products', { name: 'A', portions: portions(101, 0) })).json).toMatchObject({
      code: 'VALIDATION',
      errors: [{ path: '/portions', code: 'LENGTH' }],
    })
    expect((await client.post('/v1/products', { name: 'A', portions: portions(84, 5) })).json).toMatchObject({
      code: 'VALIDATION',
      errors: [{ path: '/portions', code: 'TOO_MANY' }],
    })
    expect((await client.post('/v1/products', { name: 'A', portions: portions(83, 5) })).status).toBe(201)
    const items = [83, 0, 2].map((count, at) => ({ name: `B${at}`, portions: portions(count, 5) }))
    expect((await client.post('/v1/products/bulk', { items })).json).toMatchObject({
      code: 'BULK_REFUSED',
      errors: [{ path: '/items/2/portions', code: 'TOO_MANY' }],
    })
    await client.close()
  })

  test('are described in the document', async () => {
    const client = await clientOf()
    const document = (await client.get('/openapi.json')).json as {
      readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: object }>> }
    }
    const { schemas } = document.components
    expect(schemas['ProductCreate']?.properties).toMatchObject({
      portions: { type: 'array', maxItems: 100, items: { $ref: '#/components/schemas/PortionCreateInProduct' } },
    })
    expect(Object.keys(schemas['PortionCreateInProduct']?.properties ?? {})).toEqual(['label', 'gramWeight', 'pieces'])
    expect(Object.keys(schemas['ProductReplace']?.properties ?? {})).toEqual(['name'])
    await client.close()
  })
})

describe('the declaration of children', () => {
  const refused = (options: object) => () => CrudService(models.Product, options)

  test('names inverses that are lists, with services of their models, three levels deep', () => {
    class Specks extends CrudService(models.Speck) {}
    class Crumbs extends CrudService(models.Crumb, { nested: { specks: Specks } }) {}
    class DeepPieces extends CrudService(models.Piece, { nested: { crumbs: Crumbs } }) {}
    class DeepPortions extends CrudService(models.Portion, { nested: { pieces: DeepPieces } }) {}
    class Labels extends CrudService(models.Label) {}
    const Handmade = CrudService(models.Portion, { create: shapeOf(foreign) })
    for (const [options, problem] of [
      [{ nested: { parts: Portions } }, /nested.parts is no inverse that Portion declares/],
      [{ nested: { portions: Pieces } }, /nested.portions is no inverse that Piece declares/],
      [{ nested: { label: Labels } }, /nested.label is one row and no list/],
      [{ nested: { portions: DeepPortions } }, /more than 3 levels deep/],
      [{ nested: { portions: Handmade as never } }, /what creates nested.portions is a hand-written schema/],
      [{ nested: { portions: Portions }, create: shapeOf(foreign) }, /its create is a hand-written schema/],
    ] as const) {
      expect(refused(options)).toThrow(problem)
      expect(refused(options)).toThrow(expect.objectContaining({ code: 'NESTED_DECLARATION' }))
    }
  })

  test('types what create takes: the child without the reference to its parent', () => {
    type Sent = Parameters<Products['create']>[0]
    expectTypeOf<NonNullable<Sent['portions']>[number]['label']>().toEqualTypeOf<string>()
    expectTypeOf<NonNullable<Sent['portions']>[number]>().not.toHaveProperty('productId')
    expectTypeOf<Sent['name']>().toEqualTypeOf<string>()
    class Plain extends CrudService(models.Product) {}
    expectTypeOf<Parameters<Plain['create']>[0]>().toEqualTypeOf<Create<typeof models.Product>>()
    expect(create(models.Product).fields.has('portions')).toBe(false)
  })
})

const foreign = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => ({ type: 'object' }), output: () => ({ type: 'object' }) },
  },
} as never
