import { expect, test } from 'vitest'
import type { Session } from '../../../src/database/index.ts'
import { describeTrash, idsOf, newKey, outcomeOf } from './trash-bench.ts'
import { BottomDao, BoxDao, CrumbDao, FolderDao, ItemDao, LeftDao, PartDao, RightDao } from './trash-models.ts'

/** A box with both sides of a diamond, the row below them and one more below that. */
async function diamond(session: Session) {
  const [box, left, right, bottom, crumb] = ['box', 'left', 'right', 'bottom', 'crumb'].map(newKey) as [
    string,
    string,
    string,
    string,
    string,
  ]
  await session.use(BoxDao).create({ id: box, name: box })
  await session.use(LeftDao).create({ id: left, boxId: box })
  await session.use(RightDao).create({ id: right, boxId: box })
  await session.use(BottomDao).create({ id: bottom, leftId: left, rightId: right })
  await session.use(CrumbDao).create({ id: crumb, bottomId: bottom })
  return { box, left, right, bottom, crumb }
}

async function aliveOf(session: Session): Promise<readonly string[]> {
  const all = []
  for (const dao of [BoxDao, LeftDao, RightDao, BottomDao, CrumbDao, FolderDao, ItemDao, PartDao] as const)
    all.push(...(await session.use(dao as typeof BoxDao).list()).rows)
  return idsOf(all)
}

const deletionOf = async (session: Session, id: string): Promise<string | null | undefined> =>
  (await session.use(BottomDao).get(id, { deleted: 'with' }))?.deletionId

describeTrash('D3: restore', (bench) => {
  test('a diamond goes once, by one call, and comes back whole', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const ids = await diamond(session)
      const deleted = await session.use(BoxDao).delete(ids.box)
      expect(await aliveOf(session)).toEqual([])
      expect(await deletionOf(session, ids.bottom)).toBe(deleted?.deletionId)
      await session.use(BoxDao).restore(ids.box)
      expect(await aliveOf(session)).toEqual(Object.values(ids).toSorted())
    })
  })

  test('what would lie below a row of the trash goes over to the call that deleted that row', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const { box, left, right, bottom, crumb } = await diamond(session)
      await session.use(LeftDao).delete(left)
      const later = await session.use(RightDao).delete(right)
      await session.use(LeftDao).restore(left)
      expect(await aliveOf(session)).toEqual([box, left].toSorted())
      expect(await deletionOf(session, bottom)).toBe(later?.deletionId)
      expect((await session.use(CrumbDao).get(crumb, { deleted: 'with' }))?.deletedAt).toEqual(later?.deletedAt)
      await session.use(RightDao).restore(right)
      expect(await aliveOf(session)).toEqual([box, left, right, bottom, crumb].toSorted())
    })
  })

  test('a row whose parent is in the trash waits for it, also where it belongs to its owner itself', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const folders = session.use(FolderDao)
      const [upper, lower] = [newKey('folder'), newKey('folder')]
      await folders.create({ id: upper, name: upper })
      await folders.create({ id: lower, name: lower, parentId: upper })
      await folders.delete(upper)
      expect(await outcomeOf(session.nested((inner) => inner.use(FolderDao).restore(lower)))).toBe(
        'RESTORE_PARENT_DELETED',
      )
      await folders.restore(upper)
      expect(await aliveOf(session)).toEqual([upper, lower].toSorted())
    })
  })

  test('calls at different times are undone one by one, from above', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const [box, item, part] = [newKey('box'), newKey('item'), newKey('part')]
      await session.use(BoxDao).create({ id: box, name: box })
      await session.use(ItemDao).create({ id: item, boxId: box, name: item })
      await session.use(PartDao).create({ id: part, itemId: item, name: part })
      await session.use(PartDao).delete(part)
      await session.use(ItemDao).delete(item)
      await session.use(BoxDao).delete(box)
      expect(await outcomeOf(session.nested((inner) => inner.use(PartDao).restore(part)))).toBe(
        'RESTORE_PARENT_DELETED',
      )
      await session.use(BoxDao).restore(box)
      expect(await aliveOf(session)).toEqual([box])
      expect(await outcomeOf(session.nested((inner) => inner.use(PartDao).restore(part)))).toBe(
        'RESTORE_PARENT_DELETED',
      )
      await session.use(ItemDao).restore(item)
      expect(await aliveOf(session)).toEqual([box, item].toSorted())
      const restored = await session.use(PartDao).restore(part)
      expect(await session.use(PartDao).restore(part)).toEqual(restored)
      expect(await aliveOf(session)).toEqual([box, item, part].toSorted())
    })
  })
})
