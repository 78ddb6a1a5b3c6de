import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  CategoryDao,
  DeviceDao,
  EntryDao,
  NoteDao,
  PortionDao,
  ProductDao,
  refusal,
  refusalOf,
  RemarkDao,
  TagDao,
  type Actor,
  type DaoBench,
} from './dao-bench.ts'
import { models } from './models.ts'

/** A product with two portions, a remark and a tag. */
async function product(device: Actor, name = 'x') {
  return device.session(async (session) => {
    const made = await session.use(ProductDao).create({ name })
    const productId = made.id
    const [one, two] = await session.use(PortionDao).createMany([
      { productId, name: 'one' },
      { productId, name: 'two' },
    ])
    await session.use(RemarkDao).create({ productId, body: 'good' })
    await session.use(TagDao).create({ productId, label: 'a' })
    return { made, one: one as { id: string }, two: two as { id: string } }
  })
}

export function describeDeleting(bench: DaoBench): void {
  describe('delete', () => {
    test('D3: the row goes to the trash, is seen nowhere, and a second delete finds nothing', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const deleted = await dao.delete(made.id)
        expect(deleted).toEqual({ ...made, deletedAt: expect.any(Date), deletionId: expect.any(String) })
        expect(await dao.get(made.id)).toBeNull()
        expect(await dao.find({ name: 'x' })).toBeNull()
        expect(await dao.exists({})).toBe(false)
        expect(await dao.update(made.id, { note: 'x' })).toBeNull()
        expect(await dao.delete(made.id)).toBeNull()
        expect(await dao.get(made.id, { deleted: 'only' })).toEqual(deleted)
        expect(await dao.count({}, { deleted: 'with' })).toBe(1)
        expect((await dao.list({ deleted: 'only', where: { name: 'x' } })).rows).toEqual([deleted])
        expect(await dao.select((query) => query, { deleted: 'only' })).toEqual([deleted])
      })
    })

    test('children that can go to the trash go with it, by the same call; others stay and are hidden', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const deleted = await session.use(ProductDao).delete(made.id)
        const trash = await session.use(PortionDao).list({ deleted: 'only' })
        expect(trash.rows.map(({ deletionId }) => deletionId)).toEqual([deleted?.deletionId, deleted?.deletionId])
        expect(await session.use(RemarkDao).count()).toBe(0)
        expect(await session.use(TagDao).count()).toBe(0)
      })
      await bench.unscoped(async (session) => {
        expect(await session.use(RemarkDao).count({ productId: made.id }, { deleted: 'with' })).toBe(1)
      })
    })

    test('a child that is kept stays as it is, can still be changed, and finds its parent again when that is restored', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const notes = session.use(NoteDao)
        const note = await notes.create({ productId: made.id, text: 'eaten' })
        await session.use(ProductDao).delete(made.id)
        expect(await notes.get(note.id)).toEqual(note)
        expect(await notes.get(note.id, { include: { product: models.Product } })).toMatchObject({ product: null })
        expect(await notes.update(note.id, { text: 'still' })).toEqual({ ...note, text: 'still' })
        expect(await refusalOf(notes.create({ productId: made.id, text: 'late' }))).toMatchObject({
          code: 'REFERENCE_MISSING',
        })
        await session.use(ProductDao).restore(made.id)
        expect(await notes.get(note.id, { include: { product: models.Product } })).toMatchObject({ product: made })
      })
    })

    test('a tree goes whole, level by level', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(CategoryDao)
        const [a, b, c, d] = [0, 1, 2, 3].map(() => randomUUID()) as [string, string, string, string]
        await dao.createMany([
          { id: a, name: 'a' },
          { id: b, name: 'b', parentId: a },
          { id: c, name: 'c', parentId: b },
          { id: d, name: 'd' },
        ])
        await dao.delete(a)
        expect((await dao.list()).rows.map(({ name }) => name)).toEqual(['d'])
        await dao.restore(a)
        expect(await dao.count()).toBe(4)
        // A circle ends too.
        await dao.update(a, { parentId: c })
        await dao.delete(b)
        expect(await dao.count()).toBe(1)
        await dao.restore(b)
        expect(await dao.count()).toBe(4)
      })
    })

    test('a child that forbids it is named, and nothing is deleted', async () => {
      const device = await bench.newDevice()
      const { made, one } = await product(device)
      await device.session(async (session) => {
        const entry = await session.use(EntryDao).create({ productId: made.id, grams: 5 })
        const refused = await refusal(session.use(ProductDao).delete(made.id))
        expect([refused.code, refused.message, refused.fields]).toEqual([
          'RESTRICTED',
          'A Product is still referred to by FoodEntry',
          ['productId'],
        ])
        expect(await session.use(PortionDao).count()).toBe(2)
        // A child in the trash forbids nothing.
        await session.use(EntryDao).delete(entry.id)
        await session
          .use(EntryDao)
          .create({ productId: (await session.use(ProductDao).create({ name: 'y' })).id, portionId: one.id, grams: 1 })
        // Neither does one deeper down that is reached by a cascade, unless it is alive.
        expect(await refusalOf(session.use(ProductDao).delete(made.id))).toMatchObject({
          code: 'RESTRICTED',
          fields: ['portionId'],
        })
        await session.use(EntryDao).deleteWhere({}, { all: true })
        expect(await session.use(ProductDao).delete(made.id)).not.toBeNull()
      })
    })

    test('a child that is being created at the same time goes with it or is refused, never left behind', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      let begun = (): void => {}
      const isCreating = new Promise<void>((resolve) => {
        begun = resolve
      })
      const creating = device.session(async (session) => {
        await session.use(PortionDao).create({ productId: made.id, name: 'late' })
        begun()
        await new Promise((resolve) => setTimeout(resolve, 50))
      })
      await isCreating
      await Promise.all([creating, device.session((session) => session.use(ProductDao).delete(made.id))])
      await bench.unscoped(async (session) => {
        const { rows } = await session.use(PortionDao).list({ where: { productId: made.id }, deleted: 'with' })
        expect(rows.map(({ deletedAt }) => deletedAt !== null)).toEqual([true, true, true])
      })
      const late = device.session((session) => session.use(PortionDao).create({ productId: made.id, name: 'too late' }))
      expect(await refusalOf(late)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['productId'] })
    })

    test('another owner’s rows count against deleting a shared parent', async () => {
      const device = await bench.newDevice()
      await product(device)
      const refused = bench.unscoped((session) => session.use(DeviceDao).delete(device.id))
      expect(await refusalOf(refused)).toMatchObject({ code: 'RESTRICTED', fields: ['deviceId'] })
    })

    test('where the model has no trash the row is gone', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const dao = session.use(RemarkDao)
        const remark = await dao.create({ productId: made.id, body: 'x' })
        expect(await dao.delete(remark.id)).toEqual(remark)
        expect(await dao.delete(remark.id)).toBeNull()
        expect(await dao.restore(remark.id)).toBeNull()
        expect(await session.use(TagDao).delete({ productId: made.id, label: 'a' })).toMatchObject({ label: 'a' })
        expect(await session.use(TagDao).deleteWhere({}, { all: true })).toBe(0)
        expect(await dao.deleteWhere({ body: 'good' })).toBe(1)
      })
    })

    test('deleteWhere is one call: one deletion, children included', async () => {
      const device = await bench.newDevice()
      const [{ made }, second] = [await product(device, 'x'), await product(device, 'y')]
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        expect(await dao.deleteWhere({ name: { in: ['x', 'y', 'z'] } })).toBe(2)
        const { rows } = await dao.list({ deleted: 'only' })
        expect(new Set(rows.map(({ deletionId }) => deletionId)).size).toBe(1)
        expect(await session.use(PortionDao).count()).toBe(0)
        // A restore takes back the row asked for and what is below it.
        await dao.restore(made.id)
        expect((await dao.list()).rows.map(({ name }) => name)).toEqual(['x'])
        expect(await session.use(PortionDao).count()).toBe(2)
        await dao.restore(second.made.id)
        expect(await dao.count()).toBe(2)
      })
    })
  })

  describe('unique rules and the trash', () => {
    test('a deleted row’s name is free; restoring into a taken one is a conflict that undoes nothing else', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.delete(made.id)
        const second = await dao.create({ name: 'x' })
        expect(await refusalOf(dao.restore(made.id))).toMatchObject({ code: 'UNIQUE', fields: ['name'] })
        expect((await dao.list()).rows).toEqual([second])
        await dao.update(second.id, { name: 'y' })
        expect(await dao.restore(made.id)).toEqual(made)
      })
    })
  })

  describe('restore', () => {
    test('undoes exactly the call that deleted the row', async () => {
      const device = await bench.newDevice()
      const { made, one } = await product(device)
      await device.session(async (session) => {
        await session.use(PortionDao).delete(one.id)
        await session.use(ProductDao).delete(made.id)
        expect(await session.use(ProductDao).restore(made.id)).toEqual(made)
        expect((await session.use(PortionDao).list()).rows.map(({ name }) => name)).toEqual(['two'])
        expect(await session.use(RemarkDao).count()).toBe(1)
        expect(await session.use(PortionDao).restore(one.id)).toMatchObject({
          id: one.id,
          deletedAt: null,
          deletionId: null,
        })
      })
    })

    test('a row that is alive comes back unchanged; one that nobody sees is not found', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        expect(await session.use(ProductDao).restore(made.id)).toEqual(made)
        expect(await session.use(ProductDao).restore(randomUUID())).toBeNull()
      })
    })

    test('a row whose parent is in the trash waits for it', async () => {
      const device = await bench.newDevice()
      const { made, one } = await product(device)
      await device.session(async (session) => {
        await session.use(ProductDao).delete(made.id)
        const refused = await refusal(session.use(PortionDao).restore(one.id))
        expect([refused.code, refused.values]).toEqual([
          'RESTORE_PARENT_DELETED',
          { model: 'Portion', parent: 'Product' },
        ])
        expect(await session.use(ProductDao).restore(made.id)).toEqual(made)
        expect(await session.use(PortionDao).count()).toBe(2)
      })
    })
  })

  describe('purge', () => {
    test('removes a row of the trash with what the database’s cascades remove', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        expect((await refusal(dao.purge(made.id))).code).toBe('PURGE_ALIVE')
        const deleted = await dao.delete(made.id)
        expect(await dao.purge(made.id)).toEqual(deleted)
        expect(await dao.purge(made.id)).toBeNull()
        expect(await dao.restore(made.id)).toBeNull()
      })
      await bench.unscoped(async (session) => {
        expect(await session.use(RemarkDao).count({ productId: made.id })).toBe(0)
        expect(await session.use(PortionDao).count({ productId: made.id }, { deleted: 'with' })).toBe(0)
      })
    })

    test('a child that forbids it is named, in the trash too, and the session goes on', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const entry = await session.use(EntryDao).create({ productId: made.id, grams: 5 })
        await session.use(EntryDao).delete(entry.id)
        await session.use(ProductDao).delete(made.id)
        expect(await refusalOf(session.use(ProductDao).purge(made.id))).toMatchObject({
          code: 'RESTRICTED',
          fields: ['productId'],
        })
        await session.use(EntryDao).purge(entry.id)
        expect(await session.use(ProductDao).purge(made.id)).toMatchObject({ id: made.id })
      })
    })

    test('a child that is kept forbids it too: its key would refer to nothing', async () => {
      const device = await bench.newDevice()
      const { made } = await product(device)
      await device.session(async (session) => {
        const note = await session.use(NoteDao).create({ productId: made.id, text: 'eaten' })
        await session.use(ProductDao).delete(made.id)
        const refused = await refusal(session.use(ProductDao).purge(made.id))
        expect(refused).toMatchObject({ code: 'RESTRICTED', values: { referrer: 'Note' } })
        await session.use(NoteDao).delete(note.id)
        expect(await session.use(ProductDao).purge(made.id)).toMatchObject({ id: made.id })
      })
    })
  })
}
