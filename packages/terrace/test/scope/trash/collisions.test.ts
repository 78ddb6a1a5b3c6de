import { expect, test } from 'vitest'
import type { Session } from '../../../src/database/index.ts'
import { describeTrash, newKey, outcomeOf } from './trash-bench.ts'
import { BoxDao, FolderDao, ItemDao, PartDao } from './trash-models.ts'

/** In a savepoint, so that the session goes on after a refusal. */
const attempt = (session: Session, work: (inner: Session) => Promise<unknown>): Promise<unknown> =>
  outcomeOf(session.nested(work))

describeTrash('D3: unique rules and the trash', (bench) => {
  test.each([
    ['of one column', { name: 'taken' }, 'name'],
    ['that ignores case', { label: 'Straße' }, 'label'],
    ['of several columns', { shelf: 1, place: 2 }, 'shelf, place'],
  ])('what a rule %s keeps apart is free after a delete, and a conflict of the restore', async (_, values, fields) => {
    const member = await bench.newMember()
    const [one, two, three] = [newKey('box'), newKey('box'), newKey('box')]
    await member.run(async (session) => {
      const boxes = session.use(BoxDao)
      await boxes.create({ id: one, name: one, ...values })
      expect(await attempt(session, (inner) => inner.use(BoxDao).create({ id: two, name: two, ...values }))).toBe(
        `UNIQUE ${fields}`,
      )
      await boxes.delete(one)
      // Twins in the trash do not meet each other either.
      await boxes.create({ id: two, name: two, ...values })
      await boxes.delete(two)
      await boxes.create({ id: three, name: three, ...values })
      for (const id of [one, two])
        expect(await attempt(session, (inner) => inner.use(BoxDao).restore(id))).toBe(`UNIQUE ${fields}`)
      expect(await boxes.count()).toBe(1)
      await boxes.delete(three)
      expect(await boxes.restore(two)).toMatchObject({ id: two, deletedAt: null, ...values })
      expect(await attempt(session, (inner) => inner.use(BoxDao).restore(one))).toBe(`UNIQUE ${fields}`)
    })
  })

  test('a rule that ignores case meets any case', async () => {
    const member = await bench.newMember()
    const [one, two] = [newKey('box'), newKey('box')]
    await member.run(async (session) => {
      await session.use(BoxDao).create({ id: one, name: one, label: 'ŒUF' })
      await session.use(BoxDao).delete(one)
      await session.use(BoxDao).create({ id: two, name: two, label: 'œuf' })
      expect(await attempt(session, (inner) => inner.use(BoxDao).restore(one))).toBe('UNIQUE label')
    })
  })

  test('the values of another owner’s rows, alive or deleted, are never in the way', async () => {
    const [ann, ben] = [await bench.newMember(), await bench.newMember()]
    const ids = { ann: newKey('box'), ben: newKey('box') }
    await ann.run((session) =>
      session.use(BoxDao).create({ id: ids.ann, name: 'same', label: 'x', shelf: 1, place: 1 }),
    )
    await ben.run(async (session) => {
      const boxes = session.use(BoxDao)
      await boxes.create({ id: ids.ben, name: 'same', label: 'X', shelf: 1, place: 1 })
      await boxes.delete(ids.ben)
      expect(await boxes.restore(ids.ben)).toMatchObject({ name: 'same' })
    })
  })

  test('a rule within a parent lets the same value live below another one', async () => {
    const member = await bench.newMember()
    const [one, other] = [newKey('box'), newKey('box')]
    await member.run(async (session) => {
      await session.use(BoxDao).createMany([one, other].map((id) => ({ id, name: id })))
      const items = session.use(ItemDao)
      const first = await items.create({ id: newKey('item'), boxId: one, name: 'lid' })
      await items.delete(first.id)
      await items.create({ id: newKey('item'), boxId: other, name: 'lid' })
      expect(await items.restore(first.id)).toMatchObject({ name: 'lid' })
    })
  })

  test('a place that is taken deep below a row refuses its restore, and nothing is half restored', async () => {
    const member = await bench.newMember()
    const [box, item, part] = [newKey('box'), newKey('item'), newKey('part')]
    await member.run(async (session) => {
      await session.use(BoxDao).create({ id: box, name: box })
      await session.use(ItemDao).create({ id: item, boxId: box, name: 'item' })
      await session.use(PartDao).create({ id: part, itemId: item, name: 'part' })
      const [upper, lower] = [newKey('folder'), newKey('folder')]
      await session.use(FolderDao).create({ id: upper, name: upper })
      await session.use(FolderDao).create({ id: lower, name: 'lower', parentId: upper })
      await session.use(FolderDao).delete(upper)
      const twin = await session.use(FolderDao).create({ id: newKey('folder'), name: 'lower' })
      expect(await attempt(session, (inner) => inner.use(FolderDao).restore(upper))).toBe('UNIQUE name')
      expect((await session.use(FolderDao).list()).rows).toEqual([twin])
      await session.use(FolderDao).delete(twin.id)
      await session.use(FolderDao).restore(upper)
      expect(await session.use(FolderDao).count()).toBe(2)
    })
  })

  test('an upsert meets alive rows only: a deleted twin stays as it is', async () => {
    const member = await bench.newMember()
    const [one, two] = [newKey('box'), newKey('box')]
    await member.run(async (session) => {
      const boxes = session.use(BoxDao)
      await boxes.create({ id: one, name: 'twin', shelf: 1 })
      const deleted = await boxes.delete(one)
      const made = await boxes.upsert({ id: two, name: 'twin', shelf: 2 }, { by: 'name' })
      expect(made).toMatchObject({ id: two, shelf: 2 })
      expect(await boxes.upsert({ id: newKey('box'), name: 'twin', shelf: 3 }, { by: 'name' })).toMatchObject({
        id: two,
        shelf: 3,
      })
      expect(await boxes.get(one, { deleted: 'only' })).toEqual(deleted)
      // By the key of a deleted row it is a conflict: a key is never given twice.
      expect(await attempt(session, (inner) => inner.use(BoxDao).upsert({ id: one, name: 'new' }, { by: 'id' }))).toBe(
        'UNIQUE id',
      )
    })
  })
})
