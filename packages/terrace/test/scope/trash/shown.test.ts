import { expect, test } from 'vitest'
import { describeTrash, idsOf, newKey, outcomeOf, type Member } from './trash-bench.ts'
import { BoxDao, ItemDao, LogDao, MemberDao, models, PartDao, StickerDao } from './trash-models.ts'

/** A box with two items, of which the second is deleted on its own, each with a part; a sticker; a log. */
async function filled(member: Member) {
  const ids = {
    box: newKey('box'),
    kept: newKey('item'),
    gone: newKey('item'),
    part: newKey('part'),
    lost: newKey('part'),
    sticker: newKey('sticker'),
    log: newKey('log'),
  }
  await member.run(async (session) => {
    await session.use(BoxDao).create({ id: ids.box, name: ids.box })
    await session.use(ItemDao).createMany([
      { id: ids.kept, boxId: ids.box, name: 'kept' },
      { id: ids.gone, boxId: ids.box, name: 'gone' },
    ])
    await session.use(PartDao).create({ id: ids.part, itemId: ids.kept, name: 'part' })
    await session.use(PartDao).create({ id: ids.lost, itemId: ids.gone, name: 'part' })
    await session.use(StickerDao).create({ id: ids.sticker, boxId: ids.box })
    await session.use(LogDao).create({ id: ids.log, boxId: ids.box })
    await session.use(ItemDao).delete(ids.gone)
  })
  return ids
}

const whole = { items: { of: models.Item, include: { parts: models.Part, box: models.Box } }, stickers: models.Sticker }

describeTrash('D3: what of the trash is shown', (bench) => {
  test('without it related rows are alive ones; with it all, on either side and at each level', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await member.run(async (session) => {
      const boxes = session.use(BoxDao)
      const alive = await boxes.get(ids.box, { include: whole })
      expect(alive?.items.map(({ id }) => id)).toEqual([ids.kept])
      const withTrash = await boxes.get(ids.box, { deleted: 'with', include: whole })
      expect(withTrash?.items.map(({ id, parts }) => [id, idsOf(parts)])).toEqual([
        [ids.kept, [ids.part]],
        [ids.gone, [ids.lost]],
      ])

      await boxes.delete(ids.box)
      expect(await boxes.get(ids.box, { include: whole })).toBeNull()
      for (const deleted of ['with', 'only'] as const) {
        const box = await boxes.get(ids.box, { deleted, include: whole })
        expect(box?.items.map(({ id, parts, box: parent }) => [id, idsOf(parts), parent?.id])).toEqual([
          [ids.kept, [ids.part], ids.box],
          [ids.gone, [ids.lost], ids.box],
        ])
        // A child without a trash is there as soon as its parent is.
        expect(idsOf(box?.stickers ?? [])).toEqual([ids.sticker])
        const { rows, total } = await boxes.list({ deleted, include: whole, total: true, where: { id: ids.box } })
        expect([rows, total]).toEqual([[box], 1])
      }
    })
  })

  test('a to-one row of the trash is null for those that see none, and itself for those that do', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await member.run(async (session) => {
      await session.use(BoxDao).delete(ids.box)
      const include = { box: models.Box }
      expect((await session.use(LogDao).get(ids.log, { include }))?.box).toBeNull()
      expect((await session.use(LogDao).get(ids.log, { deleted: 'with', include }))?.box?.id).toBe(ids.box)
      const part = await session
        .use(PartDao)
        .get(ids.part, { deleted: 'only', include: { item: { of: models.Item, include } } })
      expect([part?.item?.id, part?.item?.box?.id]).toEqual([ids.kept, ids.box])
    })
  })

  test('below a hidden parent the trash is found with it, and what is alive there only with `with`', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await member.run(async (session) => {
      const items = session.use(ItemDao)
      const parts = session.use(PartDao)
      expect(idsOf((await items.list({ deleted: 'only' })).rows)).toEqual([ids.gone])
      expect(await parts.count({}, { deleted: 'only' })).toBe(1)
      await session.use(BoxDao).delete(ids.box)
      expect(await items.count()).toBe(0)
      expect(idsOf((await items.list({ deleted: 'only' })).rows)).toEqual([ids.kept, ids.gone].toSorted())
      expect(await items.exists({ id: ids.kept }, { deleted: 'only' })).toBe(true)
      expect(await items.exists({ id: ids.kept })).toBe(false)
      expect(await session.use(StickerDao).count()).toBe(0)
      expect(await session.use(StickerDao).count({}, { deleted: 'with' })).toBe(1)
    })
  })

  test('a model without a trash has nothing in it', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await member.run(async (session) => {
      for (const isHidden of [false, true]) {
        if (isHidden) await session.use(BoxDao).delete(ids.box)
        const stickers = session.use(StickerDao)
        expect(await stickers.count({}, { deleted: 'only' })).toBe(0)
        expect(await stickers.exists({}, { deleted: 'only' })).toBe(false)
        expect(await stickers.list({ deleted: 'only', total: true })).toEqual({ rows: [], total: 0, next: null })
        expect(await stickers.get(ids.sticker, { deleted: 'only' })).toBeNull()
        expect(await stickers.get(ids.sticker, { deleted: 'only', include: { box: models.Box } })).toBeNull()
        // There is nothing to restore: the row as it is seen, and none while its parent hides it.
        expect(await stickers.restore(ids.sticker)).toEqual(await stickers.get(ids.sticker))
      }
    })
  })

  test('D4: trash is shown to its owner alone, included or asked for', async () => {
    const [ann, ben] = [await bench.newMember(), await bench.newMember()]
    const ids = await filled(ann)
    await ann.run((session) => session.use(BoxDao).delete(ids.box))
    await ben.run(async (session) => {
      for (const deleted of ['with', 'only'] as const) {
        expect(await session.use(BoxDao).get(ids.box, { deleted })).toBeNull()
        expect(await session.use(ItemDao).count({}, { deleted })).toBe(0)
        expect(await session.use(PartDao).list({ deleted, total: true })).toEqual({ rows: [], total: 0, next: null })
      }
      expect(await session.use(ItemDao).restore(ids.gone)).toBeNull()
      expect(await session.use(BoxDao).purge(ids.box)).toBeNull()
    })
  })

  test('an actor in the trash takes its rows along, restores none of them, and finds all when it is restored', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await bench.unscoped((session) => session.use(MemberDao).delete(member.id))
    await member.run(async (session) => {
      expect(await session.use(MemberDao).get(member.id)).toBeNull()
      expect(await session.use(BoxDao).count()).toBe(0)
      expect(await session.use(BoxDao).count({}, { deleted: 'only' })).toBe(1)
      expect(await outcomeOf(session.nested((inner) => inner.use(BoxDao).restore(ids.box)))).toBe(
        'RESTORE_PARENT_DELETED',
      )
    })
    await bench.unscoped((session) => session.use(MemberDao).restore(member.id))
    await member.run(async (session) => {
      expect(idsOf((await session.use(ItemDao).list()).rows)).toEqual([ids.kept])
      expect(await session.use(StickerDao).count()).toBe(1)
    })
  })
})
