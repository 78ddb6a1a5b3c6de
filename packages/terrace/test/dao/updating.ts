import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { actingAs } from '../../src/database/index.ts'
import {
  CommentDao,
  EntryDao,
  FoodDao,
  PortionDao,
  PostDao,
  ProductDao,
  refusal,
  refusalOf,
  SampleDao,
  TagDao,
  type DaoBench,
} from './dao-bench.ts'
import { models } from './models.ts'

export function describeUpdating(bench: DaoBench): void {
  describe('update', () => {
    test('B3: changes what is given, leaves the rest, and gives the row as a later read does', async () => {
      const device = await bench.newDevice()
      const made = await device.session((session) => session.use(ProductDao).create({ name: 'x', note: 'old' }))
      await new Promise((resolve) => setTimeout(resolve, 5))
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const updated = await dao.update(made.id, { kcal100g: 7, note: null })
        expect(updated).toEqual({ ...made, kcal100g: 7, note: null, updatedAt: updated?.updatedAt })
        expect(updated?.updatedAt.getTime()).toBeGreaterThan(made.updatedAt.getTime())
        expect(await dao.get(made.id)).toEqual(updated)
      })
    })

    test('a row that is held is changed by nobody else until the session ends', async () => {
      const device = await bench.newDevice()
      const { id } = await device.session((session) => session.use(ProductDao).create({ name: 'x', kcal100g: 0 }))
      const countUp = (): Promise<unknown> =>
        device.session(async (session) => {
          const dao = session.use(ProductDao)
          const kcal100g = (await dao.hold(id))?.kcal100g ?? -100
          await new Promise((resolve) => setTimeout(resolve, 2))
          return dao.update(id, { kcal100g: kcal100g + 1 })
        })
      await Promise.all(Array.from({ length: 8 }, countUp))
      const other = await bench.newDevice()
      const held = (actor: typeof device) => actor.session((session) => session.use(ProductDao).hold(id))
      expect([(await held(device))?.kcal100g, await held(other)]).toEqual([8, null])
    })

    test('an empty patch gives the row unchanged, by one read', async () => {
      const device = await bench.newDevice()
      const made = await device.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const sent = await bench.statementsOf(device, async (session) => {
        expect(await session.use(ProductDao).update(made.id, {})).toEqual(made)
      })
      expect(sent).toHaveLength(1)
      expect(sent[0]).toMatch(/^select/)
    })

    test('an update to the same values is a row, not "none changed"', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const { productId } = await session.use(TagDao).create({
          productId: (await session.use(ProductDao).create({ name: 'x' })).id,
          label: 'a',
        })
        expect(await session.use(TagDao).update({ productId, label: 'a' }, { weight: 1 })).toEqual({
          productId,
          label: 'a',
          weight: 1,
        })
        expect(await session.use(TagDao).updateWhere({ productId }, { weight: 1 })).toBe(1)
      })
    })

    test('a column that ignores case is found by its new value', async () => {
      await bench.asCurator(async (session) => {
        const dao = session.use(FoodDao)
        const name = `Brot ${randomUUID()}`
        const { id } = await dao.create({ name: `x${randomUUID()}`, kcal100g: 1 })
        await dao.update(id, { name })
        expect(await dao.find({ name: name.toUpperCase() })).toMatchObject({ id, name })
        expect((await dao.list({ where: { name: { in: [name.toLowerCase()] } } })).rows).toHaveLength(1)
      })
      const taken = bench.asCurator(async (session) => {
        const name = `Brot ${randomUUID()}`
        await session.use(FoodDao).createMany([
          { name, kcal100g: 1 },
          { name: name.toUpperCase(), kcal100g: 1 },
        ])
      })
      expect(await refusalOf(taken)).toMatchObject({ code: 'UNIQUE', fields: ['name'] })
    })

    test('values of every type are changed to their one spelling', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(SampleDao)
        const { id } = await dao.create({
          text: 'x',
          integer: 1,
          smallint: 1,
          bigint: 1n,
          decimal: '1',
          float: 1,
          boolean: false,
          timestamp: new Date(0),
          precise: '2026-01-01T00:00:00Z',
          date: '2026-01-01',
          time: '00:00:00',
          json: {},
          array: [],
          bytes: new Uint8Array(),
          oneOf: 'small',
          folded: 'x',
        } as never)
        const patch = {
          decimal: '3.1',
          json: { x: [true] },
          array: ['a'],
          bytes: new Uint8Array([9]),
          bigint: -1n,
          timestamp: new Date(5),
        }
        const updated = await dao.update(id, patch)
        expect(updated).toMatchObject({ ...patch, decimal: '3.10' })
        expect(await dao.get(id)).toEqual(updated)
      })
    })

    test('keys, owner, times and rules are held', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const { id } = await dao.create({ name: 'x' })
        const update = (patch: object): Promise<unknown> => dao.update(id, patch)
        expect(
          await refusalOf(update({ id: randomUUID(), deviceId: 'x', updatedAt: new Date(), kcal100g: -1 })),
        ).toEqual({
          code: 'VALIDATION',
          fields: ['id', 'deviceId', 'kcal100g', 'updatedAt'],
          issues: ['/id IMMUTABLE', '/deviceId IMMUTABLE', '/kcal100g RANGE', '/updatedAt READ_ONLY'],
        })
        expect(await refusalOf(update({ deletedAt: null }))).toMatchObject({ issues: ['/deletedAt READ_ONLY'] })
        expect(await refusalOf(update({ note: undefined }))).toMatchObject({ issues: ['/note TYPE'] })
      })
    })

    test('D4: another device’s row is not found, and stays as it is', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const made = await device.session((session) => session.use(ProductDao).create({ name: 'x' }))
      await other.session(async (session) => {
        const dao = session.use(ProductDao)
        expect(await dao.update(made.id, { name: 'stolen' })).toBeNull()
        expect(await dao.updateWhere({}, { name: 'stolen' }, { all: true })).toBe(0)
        expect(await dao.delete(made.id)).toBeNull()
        expect(await dao.deleteWhere({ id: made.id })).toBe(0)
        expect(await dao.restore(made.id)).toBeNull()
        expect(await dao.purge(made.id)).toBeNull()
      })
      expect(await device.session((session) => session.use(ProductDao).get(made.id))).toEqual(made)
    })

    test('another’s row that everyone may read is forbidden; one that nobody sees is not found', async () => {
      const [author, reader] = [await bench.newUser(), await bench.newUser()]
      const post = await author.session((session) => session.use(PostDao).create({ title: 'x', slug: author.id }))
      const comment = await author.session((session) => session.use(CommentDao).create({ postId: post.id, body: 'x' }))
      await reader.session(async (session) => {
        const dao = session.use(PostDao)
        expect(await dao.get(post.id)).toEqual(post)
        expect(await refusal(dao.update(post.id, { title: 'stolen' }))).toMatchObject({
          code: 'FORBIDDEN',
          remedy: 'Act as its owner',
        })
        expect((await refusal(dao.delete(post.id))).code).toBe('FORBIDDEN')
        expect(await dao.update(randomUUID(), { title: 'x' })).toBeNull()
        expect(await dao.updateWhere({ slug: author.id }, { title: 'stolen' })).toBe(0)
        expect(await dao.deleteWhere({ slug: author.id })).toBe(0)
        expect((await refusal(session.use(CommentDao).update(comment.id, { body: 'stolen' }))).code).toBe('FORBIDDEN')
        expect((await refusal(session.use(CommentDao).delete(comment.id))).code).toBe('FORBIDDEN')
      })
      await author.session((session) => session.use(PostDao).delete(post.id))
      await reader.session(async (session) => {
        expect(await session.use(PostDao).update(post.id, { title: 'x' })).toBeNull()
        // What everyone reads is what is alive: trash of others is as if there were none.
        expect(await session.use(PostDao).restore(post.id)).toBeNull()
        expect(await session.use(PostDao).purge(post.id)).toBeNull()
      })
    })

    test('shared rows are forbidden to those who may only read them', async () => {
      const food = await bench.asCurator((session) =>
        session.use(FoodDao).create({ name: `food ${randomUUID()}`, kcal100g: 1 }),
      )
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(FoodDao)
        const byRole = await refusal(dao.update(food.id, { kcal100g: 2 }))
        expect([byRole.code, byRole.remedy]).toEqual([
          'FORBIDDEN',
          'Act with the role "curator", or write it in session.unscoped(reason, work)',
        ])
        expect(await dao.update(food.id + 1_000_000, { kcal100g: 2 })).toBeNull()
        expect((await refusal(dao.delete(food.id))).code).toBe('FORBIDDEN')
        expect((await refusal(dao.updateWhere({ id: food.id }, { kcal100g: 2 }))).code).toBe('FORBIDDEN')
      })
      expect(await bench.asCurator((session) => session.use(FoodDao).update(food.id, { kcal100g: 2 }))).toEqual({
        ...food,
        kcal100g: 2,
      })
    })

    test('D4: a reference may only be moved to a visible row', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'x' }))
      await device.session(async (session) => {
        const [one, two] = await session.use(ProductDao).createMany([{ name: 'one' }, { name: 'two' }])
        const portion = await session.use(PortionDao).create({ productId: one?.id as string, name: 'x' })
        expect(await session.use(PortionDao).update(portion.id, { productId: two?.id as string })).toMatchObject({
          productId: two?.id,
        })
        const move = session.use(PortionDao).update(portion.id, { productId: theirs.id })
        expect(await refusalOf(move)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['productId'] })
        const moveAll = session.use(PortionDao).updateWhere({ id: portion.id }, { productId: theirs.id })
        expect(await refusalOf(moveAll)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['productId'] })
      })
    })

    test('a duplicate within the owner is a conflict with its fields; another owner’s is none', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      await other.session((session) => session.use(ProductDao).create({ name: 'two' }))
      const clash = device.session(async (session) => {
        const [one] = await session.use(ProductDao).createMany([{ name: 'one' }, { name: 'taken' }])
        expect(await session.use(ProductDao).update(one?.id as string, { name: 'two' })).toMatchObject({ name: 'two' })
        await session.use(ProductDao).update(one?.id as string, { name: 'taken' })
      })
      expect(await refusalOf(clash)).toMatchObject({ code: 'UNIQUE', fields: ['name'] })
    })
  })

  describe('updateWhere', () => {
    test('changes every row that matches and gives how many', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.createMany([1, 2, 3].map((kcal100g) => ({ name: `p${kcal100g}`, kcal100g })))
        expect(await dao.updateWhere({ kcal100g: { gte: 2 } }, { note: 'rich' })).toBe(2)
        expect(await dao.count({ note: 'rich' })).toBe(2)
        expect(await dao.updateWhere({ kcal100g: { gte: 2 } }, {})).toBe(2)
        expect(await dao.updateWhere({}, { note: null }, { all: true })).toBe(3)
      })
    })

    test('without a condition it must be meant', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.create({ name: 'x' })
        const nothing = [{}, { name: {} }, { and: [] }, { or: [{}] }, { id: { notIn: [] } }, { not: { or: [] } }]
        for (const where of nothing) {
          expect((await refusal(dao.updateWhere(where, { note: 'x' }))).code).toBe('DAO_UNBOUNDED')
          expect((await refusal(dao.deleteWhere(where))).code).toBe('DAO_UNBOUNDED')
        }
        expect(await dao.updateWhere({ id: { in: [] } }, { note: 'x' })).toBe(0)
        expect(await dao.count({ note: 'x' })).toBe(0)
      })
    })
  })

  describe('upsert', () => {
    test('creates the row, then changes what is given and leaves the rest', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const made = await dao.upsert({ name: 'x', kcal100g: 5, note: 'kept' }, { by: 'name' })
        expect(await dao.get(made.id)).toEqual(made)
        const changed = await dao.upsert({ name: 'x', kcal100g: 6 }, { by: ['name'] })
        expect(changed).toEqual({ ...made, kcal100g: 6, updatedAt: changed.updatedAt })
        expect(await dao.count()).toBe(1)
      })
    })

    test('by the key, by a key of several columns, and with nothing else to set', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const product = await session.use(ProductDao).create({ name: 'x' })
        expect(await session.use(ProductDao).upsert({ id: product.id, name: 'y' }, { by: 'id' })).toMatchObject({
          id: product.id,
          name: 'y',
        })
        const tags = session.use(TagDao)
        const tag = { productId: product.id, label: 'a' }
        expect(await tags.upsert({ ...tag, weight: 3 }, { by: ['productId', 'label'] })).toEqual({ ...tag, weight: 3 })
        expect(await tags.upsert(tag, { by: ['productId', 'label'] })).toEqual({ ...tag, weight: 3 })
      })
    })

    test('meets only the owner’s own alive row', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'x', note: 'theirs' }))
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const mine = await dao.upsert({ name: 'x' }, { by: 'name' })
        expect(mine.id).not.toBe(theirs.id)
        await dao.delete(mine.id)
        const again = await dao.upsert({ name: 'x' }, { by: 'name' })
        expect(again.id).not.toBe(mine.id)
      })
      expect(await other.session((session) => session.use(ProductDao).get(theirs.id))).toEqual(theirs)
    })

    test('a row in the way that is not the session’s to change is a conflict, and is not changed', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const stolen = device.session((session) =>
        session.use(ProductDao).upsert({ id: theirs.id, name: 'stolen' }, { by: 'id' }),
      )
      expect(await refusalOf(stolen)).toMatchObject({ code: 'UNIQUE', fields: ['id'] })
      const [author, reader] = [await bench.newUser(), await bench.newUser()]
      await author.session((session) => session.use(PostDao).create({ title: 'x', slug: author.id }))
      const post = reader.session((session) =>
        session.use(PostDao).upsert({ title: 'stolen', slug: author.id }, { by: 'slug' }),
      )
      expect(await refusalOf(post)).toMatchObject({ code: 'UNIQUE', fields: ['slug'] })
      expect(await other.session((session) => session.use(ProductDao).get(theirs.id))).toEqual(theirs)
    })

    test('the row that is met keeps its key, whichever was given', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const made = await dao.create({ name: 'x' })
        const changed = await dao.upsert({ id: randomUUID(), name: 'x', kcal100g: 7 }, { by: 'name' })
        expect(changed).toEqual({ ...made, kcal100g: 7, updatedAt: changed.updatedAt })
        expect(await dao.get(made.id)).toEqual(changed)
        expect(await dao.count()).toBe(1)
      })
    })

    test('a key that the database numbers may be given too, before and after it numbers one', async () => {
      await bench.asCurator(async (session) => {
        const dao = session.use(FoodDao)
        const upsert = (id: number | null) =>
          dao.upsert({ ...(id === null ? {} : { id }), name: `food ${randomUUID()}`, kcal100g: 1 }, { by: 'name' })
        const first = await upsert(null)
        const given = await upsert(first.id + 1_000_000)
        expect(given.id).toBe(first.id + 1_000_000)
        const last = await upsert(null)
        for (const row of [first, given, last]) expect(await dao.get(row.id)).toEqual(row)
        expect(new Set([first.id, given.id, last.id]).size).toBe(3)
      })
    })

    test('D4: shared rows are upserted by those who may, before anything else is looked at', async () => {
      const device = await bench.newDevice()
      const upsert = { name: '', kcal100g: 1 }
      const refused = device.session((session) => session.use(FoodDao).upsert(upsert, { by: 'name' }))
      expect((await refusal(refused)).code).toBe('FORBIDDEN')
      const allowed = bench.asCurator((session) => session.use(FoodDao).upsert(upsert, { by: 'name' }))
      expect((await refusal(allowed)).code).toBe('VALIDATION')
    })

    test('outside any scope, the row that is met keeps its owner', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const made = await device.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const changed = await bench.unscoped((session) =>
        session.use(ProductDao).upsert({ id: made.id, deviceId: other.id, name: 'y' }, { by: 'id' }),
      )
      expect(changed).toMatchObject({ id: made.id, deviceId: device.id, name: 'y' })
      expect(await device.session((session) => session.use(ProductDao).get(made.id))).toEqual(changed)
      expect(await other.session((session) => session.use(ProductDao).count())).toBe(0)
    })

    test('without case where the column says so, numbered keys included', async () => {
      await bench.asCurator(async (session) => {
        const dao = session.use(FoodDao)
        const name = `Apfel ${randomUUID()}`
        const made = await dao.upsert({ name, kcal100g: 1 }, { by: 'name' })
        expect(await dao.get(made.id)).toEqual(made)
        expect(await dao.upsert({ name: name.toUpperCase(), kcal100g: 2 }, { by: 'name' })).toMatchObject({
          id: made.id,
          kcal100g: 2,
        })
      })
    })

    test('checks references and rules as create does, and needs a declared rule', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(EntryDao)
        expect(
          (await refusal(dao.upsert({ id: randomUUID(), productId: randomUUID(), grams: 1 }, { by: 'id' }))).code,
        ).toBe('REFERENCE_MISSING')
        expect((await refusal(session.use(ProductDao).upsert({ name: '' }, { by: 'name' }))).code).toBe('VALIDATION')
        expect((await refusal(session.use(ProductDao).upsert({ name: 'x' }, { by: 'note' }))).code).toBe(
          'DAO_NOT_UNIQUE',
        )
        expect((await refusal(session.use(ProductDao).upsert({ name: 'x' }, { by: 'nmae' as never }))).code).toBe(
          'DAO_UNKNOWN',
        )
      })
    })

    test('many at once give one row', async () => {
      const device = await bench.newDevice()
      const scope = actingAs(models.Device, device.id)
      const upsert = (kcal100g: number): Promise<unknown> =>
        bench.open.db.session(
          scope,
          (session) => session.use(ProductDao).upsert({ name: 'x', kcal100g }, { by: 'name' }),
          { repeatable: true },
        )
      await Promise.all([1, 2, 3, 4].map(upsert))
      expect(await device.session((session) => session.use(ProductDao).count())).toBe(1)
    })
  })
}
