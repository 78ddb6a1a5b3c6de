import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  CategoryDao,
  CommentDao,
  DeviceDao,
  EntryDao,
  FoodDao,
  PortionDao,
  PostDao,
  ProductDao,
  refusal,
  refusalOf,
  SampleDao,
  SettingDao,
  TagDao,
  type DaoBench,
} from './dao-bench.ts'
import { referenceMissing } from '../../src/dao/index.ts'
import { models } from './models.ts'

const sample = {
  text: 'Ünïcödé 🍎',
  integer: -5,
  smallint: 7,
  bigint: 9_007_199_254_740_993n,
  decimal: '12.5',
  float: 0.1,
  boolean: true,
  timestamp: new Date('2026-01-02T03:04:05.678Z'),
  precise: '2026-01-02T03:04:05.6Z',
  date: '2026-01-02',
  time: '03:04:05',
  json: { b: [1, null, { c: 'x' }], a: -0 },
  array: ['x', 'y'],
  bytes: new Uint8Array([0, 1, 255]),
  oneOf: 'large',
  folded: 'ÄpFel',
} as const

export function describeCreating(bench: DaoBench): void {
  describe('create', () => {
    test('B3, B12: gives the row as a later read does, of every type, without a second statement', async () => {
      const device = await bench.newDevice()
      const sent = await bench.statementsOf(device, async (session) => {
        const made = await session.use(SampleDao).create(sample)
        expect(await session.use(SampleDao).get(made.id)).toEqual(made)
        expect(made).toMatchObject({
          decimal: '12.50',
          precise: '2026-01-02T03:04:05.600000Z',
          made: 'made',
          nothing: null,
        })
        expect(made.deviceId).toBe(device.id)
      })
      expect(sent).toHaveLength(2)
    })

    test('B8: makes the key in the order of time, and stamps both times with the session’s own', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const [one, two] = [await dao.create({ name: 'one' }), await dao.create({ name: 'two' })]
        expect(one.id < two.id).toBe(true)
        expect(one.id[14]).toBe('7')
        expect(one.createdAt).toEqual(two.createdAt)
        expect(one.updatedAt).toEqual(one.createdAt)
        expect(one.createdAt).not.toBe(one.updatedAt)
        expect(one.createdAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
        expect([one.deletedAt, one.deletionId]).toEqual([null, null])
      })
    })

    test('a key may be given, once', async () => {
      const device = await bench.newDevice()
      const id = randomUUID()
      await device.session((session) => session.use(ProductDao).create({ id, name: 'x' }))
      const again = device.session((session) => session.use(ProductDao).create({ id, name: 'y' }))
      expect(await refusalOf(again)).toMatchObject({ code: 'UNIQUE', fields: ['id'] })
    })

    test('A6: a numbered key comes back, rising', async () => {
      await bench.asCurator(async (session) => {
        const dao = session.use(FoodDao)
        const one = await dao.create({ name: `food ${randomUUID()}`, kcal100g: 1 })
        const many = await dao.createMany([2, 3, 4].map((kcal100g) => ({ name: `food ${randomUUID()}`, kcal100g })))
        const ids = [one, ...many].map(({ id }) => id)
        expect(ids).toEqual(ids.toSorted((left, right) => left - right))
        expect(new Set(ids).size).toBe(4)
        for (const row of many) expect(await dao.get(row.id)).toEqual(row)
        const given = await dao.createMany([
          { id: (ids[3] as number) + 1000, name: `food ${randomUUID()}`, kcal100g: 5 },
          { name: `food ${randomUUID()}`, kcal100g: 6 },
        ])
        expect(given[0]?.id).toBe((ids[3] as number) + 1000)
        expect(await dao.get(given[1]?.id as number)).toEqual(given[1])
      })
    })

    test('every rule that is broken is one issue with its path', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        expect(await refusalOf(dao.create({ name: '', kcal100g: 1001, nmae: 'x' } as never))).toEqual({
          code: 'VALIDATION',
          fields: ['name', 'kcal100g', 'nmae'],
          issues: ['/name LENGTH', '/kcal100g RANGE', '/nmae UNKNOWN'],
        })
        expect(await refusalOf(dao.create({} as never))).toMatchObject({ issues: ['/name REQUIRED'] })
        expect(await refusalOf(dao.create({ name: 'x', createdAt: new Date() } as never))).toMatchObject({
          issues: ['/createdAt READ_ONLY'],
        })
        expect(await refusalOf(dao.create({ name: undefined } as never))).toMatchObject({ issues: ['/name TYPE'] })
        expect(await dao.count()).toBe(0)
      })
    })

    test('the owner is the actor; another one may not be given', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        expect((await dao.create({ name: 'x', deviceId: device.id })).deviceId).toBe(device.id)
        expect(await refusalOf(dao.create({ name: 'y', deviceId: other.id }))).toMatchObject({
          code: 'VALIDATION',
          issues: ['/deviceId OWNER'],
        })
      })
      await bench.unscoped(async (session) => {
        const dao = session.use(ProductDao)
        expect(await refusalOf(dao.create({ name: 'y' }))).toMatchObject({
          code: 'VALIDATION',
          issues: ['/deviceId REQUIRED'],
        })
        expect((await dao.create({ name: 'y', deviceId: other.id })).deviceId).toBe(other.id)
      })
      expect((await refusal(bench.asEveryone((session) => session.use(ProductDao).create({ name: 'z' })))).code).toBe(
        'SCOPE_NO_OWNER',
      )
    })

    test('an actor can make no other actor', async () => {
      const device = await bench.newDevice()
      const another = device.session((session) => session.use(DeviceDao).create({ id: `device-${randomUUID()}` }))
      expect((await refusal(another)).code).toBe('FORBIDDEN')
    })

    test('who looks a reference up before refuses it in the same words', async () => {
      const device = await bench.newDevice()
      const productId = randomUUID()
      const refused = await refusal(device.session((session) => session.use(EntryDao).create({ productId, grams: 1 })))
      const made = referenceMissing(models.FoodEntry, 'productId')
      expect(made).toMatchObject({ code: 'REFERENCE_MISSING', message: refused.message })
      expect(made).toMatchObject({ fields: refused.fields, issues: refused.issues, values: refused.values })
      expect(() => referenceMissing(models.FoodEntry, 'grams')).toThrow('FoodEntry.grams refers to nothing')
    })

    test('an owner that does not exist is named', async () => {
      const nobody = bench.unscoped((session) => session.use(ProductDao).create({ name: 'x', deviceId: 'nobody' }))
      expect(await refusalOf(nobody)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['deviceId'] })
      const device = await bench.newDevice()
      await bench.unscoped((session) => session.use(DeviceDao).delete(device.id))
      await bench.unscoped((session) => session.use(DeviceDao).purge(device.id))
      const gone = device.session((session) => session.use(ProductDao).create({ name: 'x' }))
      expect(await refusalOf(gone)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['deviceId'] })
    })

    test('shared rows are written by those who may', async () => {
      const device = await bench.newDevice()
      const food = { name: `food ${randomUUID()}`, kcal100g: 1 }
      expect((await refusal(device.session((session) => session.use(FoodDao).create(food)))).code).toBe('FORBIDDEN')
      const setting = { name: `setting ${randomUUID()}` }
      expect(await refusal(bench.asCurator((session) => session.use(SettingDao).create(setting)))).toMatchObject({
        code: 'FORBIDDEN',
        remedy: 'Nobody writes it in a scope: write it in session.unscoped(reason, work)',
      })
      const made = await bench.unscoped((session) => session.use(SettingDao).create(setting))
      expect(await device.session((session) => session.use(SettingDao).find({ name: setting.name }))).toEqual(made)
    })
  })

  describe('references', () => {
    test('D4: a row of another owner, a deleted one and none at all are refused alike', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const deleted = await device.session(async (session) => {
        const made = await session.use(ProductDao).create({ name: 'x' })
        return session.use(ProductDao).delete(made.id)
      })
      const texts = new Set<string>()
      for (const productId of [theirs.id, deleted?.id as string, randomUUID()]) {
        const error = await refusal(device.session((session) => session.use(EntryDao).create({ productId, grams: 1 })))
        texts.add(`${error.code} ${error.message} ${error.fields.join()} ${error.issues[0]?.path}`)
      }
      expect([...texts]).toEqual([
        'REFERENCE_MISSING productId of FoodEntry refers to a Product that does not exist productId /productId',
      ])
    })

    test('a refused reference is no database error: the session goes on', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        await refusal(session.use(EntryDao).create({ productId: randomUUID(), grams: 1 }))
        expect((await session.use(ProductDao).create({ name: 'x' })).name).toBe('x')
      })
    })

    test('D4: a row that belongs through its parent needs a parent of its own', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const portion = device.session((session) => session.use(PortionDao).create({ productId: theirs.id, name: 'x' }))
      expect(await refusalOf(portion)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['productId'] })
      // Readable by everyone, still not theirs to add to.
      const [author, reader] = [await bench.newUser(), await bench.newUser()]
      const post = await author.session((session) => session.use(PostDao).create({ title: 'x', slug: author.id }))
      const comment = reader.session((session) => session.use(CommentDao).create({ postId: post.id, body: 'x' }))
      expect(await refusalOf(comment)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['postId'] })
      await author.session((session) => session.use(CommentDao).create({ postId: post.id, body: 'x' }))
    })

    test('null refers to nothing and is not asked for', async () => {
      const device = await bench.newDevice()
      const sent = await bench.statementsOf(device, (session) =>
        session.use(ProductDao).create({ name: 'x', categoryId: null }),
      )
      expect(sent).toHaveLength(1)
    })
  })

  describe('createMany', () => {
    test('B12: gives the rows in their order, by one statement per chunk', async () => {
      const device = await bench.newDevice()
      const sent = await bench.statementsOf(device, async (session) => {
        const rows = await session
          .use(ProductDao)
          .createMany(Array.from({ length: 300 }, (_, at) => ({ name: `p${at}` })))
        expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 300 }, (_, at) => `p${at}`))
        expect(await session.use(ProductDao).get(rows[299]?.id as string)).toEqual(rows[299])
        expect(await session.use(ProductDao).count()).toBe(300)
      })
      expect(sent.filter((sql) => sql.startsWith('insert'))).toHaveLength(2)
    })

    test('asks for each reference once per chunk', async () => {
      const device = await bench.newDevice()
      const product = await device.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const sent = await bench.statementsOf(device, (session) =>
        session
          .use(PortionDao)
          .createMany(Array.from({ length: 50 }, (_, at) => ({ productId: product.id, name: `portion ${at}` }))),
      )
      expect(sent).toHaveLength(2)
    })

    test('none at all is no statement', async () => {
      const device = await bench.newDevice()
      const sent = await bench.statementsOf(device, async (session) => {
        expect(await session.use(ProductDao).createMany([])).toEqual([])
      })
      expect(sent).toEqual([])
    })

    test('one wrong row refuses all, before anything is written', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const rows = [{ name: 'x' }, { name: '' }]
        expect(await refusalOf(session.use(ProductDao).createMany(rows))).toEqual({
          code: 'VALIDATION',
          fields: ['name'],
          issues: ['/1/name LENGTH'],
        })
        expect(await session.use(ProductDao).count()).toBe(0)
      })
    })

    test('D6: rows of one unit are written together or not at all', async () => {
      const device = await bench.newDevice()
      const product = device.session(async (session) => {
        const made = await session.use(ProductDao).create({ name: 'x' })
        await session.use(PortionDao).createMany([
          { productId: made.id, name: 'same' },
          { productId: made.id, name: 'same' },
        ])
      })
      expect(await refusalOf(product)).toMatchObject({ code: 'UNIQUE', fields: ['name'] })
      expect(await device.session((session) => session.use(ProductDao).count())).toBe(0)
    })

    test('rows may refer to rows of the same call', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const [parent, child] = [randomUUID(), randomUUID()]
        await session.use(CategoryDao).createMany([
          { id: parent, name: 'up' },
          { id: child, name: 'down', parentId: parent },
        ])
        expect(await session.use(CategoryDao).get(child)).toMatchObject({ parentId: parent })
        const orphan = session.use(CategoryDao).createMany([{ name: 'x', parentId: randomUUID() }])
        expect((await refusal(orphan)).code).toBe('REFERENCE_MISSING')
      })
    })

    test('composite keys are checked and come back', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const { id: productId } = await session.use(ProductDao).create({ name: 'x' })
        const rows = await session.use(TagDao).createMany([
          { productId, label: 'a' },
          { productId, label: 'b', weight: 2 },
        ])
        expect(rows).toEqual([
          { productId, label: 'a', weight: 1 },
          { productId, label: 'b', weight: 2 },
        ])
      })
    })
  })
}
