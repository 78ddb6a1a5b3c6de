import { expect, test } from 'vitest'
import type { Session } from '../../../src/database/index.ts'
import { describeTrash, newKey, outcomeOf } from './trash-bench.ts'
import { BoxDao, ClaimDao, ItemDao, LogDao, PartDao, StickerDao } from './trash-models.ts'

async function filled(session: Session) {
  const ids = { box: newKey('box'), item: newKey('item'), part: newKey('part') }
  await session.use(BoxDao).create({ id: ids.box, name: ids.box })
  await session.use(ItemDao).create({ id: ids.item, boxId: ids.box, name: 'item' })
  await session.use(PartDao).create({ id: ids.part, itemId: ids.item, name: 'part' })
  return ids
}

describeTrash('D3: purge', (bench) => {
  test('what forbids it deep below is named, and the session goes on', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const ids = await filled(session)
      const claim = await session.use(ClaimDao).create({ id: newKey('claim'), partId: ids.part })
      expect(await outcomeOf(session.nested((inner) => inner.use(BoxDao).delete(ids.box)))).toBe('RESTRICTED partId')
      await session.use(ClaimDao).delete(claim.id)
      await session.use(BoxDao).delete(ids.box)
      for (const purge of [
        (inner: Session) => inner.use(BoxDao).purge(ids.box),
        (inner: Session) => inner.use(ItemDao).purge(ids.item),
      ])
        expect(await outcomeOf(purge(session))).toBe('RESTRICTED partId')
      expect(await session.use(PartDao).count({}, { deleted: 'only' })).toBe(1)
      await session.use(ClaimDao).purge(claim.id)
      expect(await session.use(BoxDao).purge(ids.box)).toMatchObject({ id: ids.box })
      expect(await session.use(PartDao).count({}, { deleted: 'with' })).toBe(0)
    })
  })

  test('what refers by `keep` forbids it, and nothing is gone', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const ids = await filled(session)
      const log = await session.use(LogDao).create({ id: newKey('log'), boxId: ids.box })
      await session.use(BoxDao).delete(ids.box)
      expect(await outcomeOf(session.use(BoxDao).purge(ids.box))).toBe('RESTRICTED boxId')
      expect(await session.use(PartDao).count({}, { deleted: 'with' })).toBe(1)
      await session.use(LogDao).delete(log.id)
      expect(await session.use(BoxDao).purge(ids.box)).not.toBeNull()
    })
  })

  test('deleting many rows of a model without a trash names who forbids it, as deleting one does', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const ids = await filled(session)
      await session.use(StickerDao).createMany([1, 2, 3].map(() => ({ id: newKey('sticker'), boxId: ids.box })))
      expect(await session.use(StickerDao).deleteWhere({ boxId: ids.box })).toBe(3)
    })
  })
})
