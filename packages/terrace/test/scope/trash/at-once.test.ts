import { expect, test } from 'vitest'
import { actingAs, type Session } from '../../../src/database/index.ts'
import { describeTrash, newKey, outcomeOf, type Member } from './trash-bench.ts'
import { BoxDao, FolderDao, ItemDao, LogDao, models, PartDao } from './trash-models.ts'

/** Long enough that the other session has come to where it waits, if it does. */
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40))

interface Ids {
  readonly box: string
  readonly item: string
  readonly part: string
}

async function filled(member: Member): Promise<Ids> {
  const ids = { box: newKey('box'), item: newKey('item'), part: newKey('part') }
  await member.run(async (session) => {
    await session.use(BoxDao).create({ id: ids.box, name: ids.box })
    await session.use(ItemDao).create({ id: ids.item, boxId: ids.box, name: 'item' })
    await session.use(PartDao).create({ id: ids.part, itemId: ids.item, name: 'part' })
  })
  return ids
}

/** Both in sessions of their own: the second begins when the first has done its work and not yet committed. */
async function overlapping(
  member: Member,
  first: (session: Session) => Promise<unknown>,
  second: (session: Session) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const done = Promise.withResolvers<void>()
  const one = member.run(async (session) => {
    try {
      return await first(session)
    } finally {
      done.resolve()
      await aWhile()
    }
  })
  await Promise.race([done.promise, one.catch(() => {})])
  return Promise.all([outcomeOf(one), outcomeOf(member.run(second))])
}

/** Which of the rows are alive: nothing below a row of the trash may be. */
async function aliveOf(member: Member, { box, item, part }: Ids): Promise<readonly string[]> {
  return member.run(async (session) => {
    const isAlive = (row: { readonly deletedAt: Date | null } | null): boolean => row !== null && row.deletedAt === null
    const alive = {
      box: isAlive(await session.use(BoxDao).get(box, { deleted: 'with' })),
      item: isAlive(await session.use(ItemDao).get(item, { deleted: 'with' })),
      part: isAlive(await session.use(PartDao).get(part, { deleted: 'with' })),
    }
    return Object.keys(alive).filter((name) => alive[name as keyof Ids])
  })
}

describeTrash('D3: two sessions and the trash', (bench) => {
  test('a restore and a delete of its parent: the row goes with it, whoever comes first', async () => {
    const member = await bench.newMember()
    for (const isRestoreFirst of [true, false]) {
      const ids = await filled(member)
      await member.run((session) => session.use(ItemDao).delete(ids.item))
      const restore = (session: Session) => session.use(ItemDao).restore(ids.item)
      const remove = (session: Session) => session.use(BoxDao).delete(ids.box)
      const [first, second] = isRestoreFirst ? [restore, remove] : [remove, restore]
      const outcomes = await overlapping(member, first, second)
      const expected = isRestoreFirst
        ? [{ id: ids.item }, { id: ids.box }]
        : [{ id: ids.box }, 'RESTORE_PARENT_DELETED']
      expect(outcomes).toMatchObject(expected)
      expect(await aliveOf(member, ids)).toEqual([])
    }
  })

  test('the same of rows that belong to their owner themselves', async () => {
    const member = await bench.newMember()
    const [upper, lower] = [newKey('folder'), newKey('folder')]
    await member.run(async (session) => {
      await session.use(FolderDao).create({ id: upper, name: upper })
      await session.use(FolderDao).create({ id: lower, name: lower, parentId: upper })
      await session.use(FolderDao).delete(lower)
    })
    await overlapping(
      member,
      (session) => session.use(FolderDao).restore(lower),
      (session) => session.use(FolderDao).delete(upper),
    )
    expect(await member.run((session) => session.use(FolderDao).count())).toBe(0)
  })

  test('a second restore that waited finds what was deleted anew, and brings that back', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await member.run((session) => session.use(BoxDao).delete(ids.box))
    const restored = Promise.withResolvers<void>()
    const first = member.run(async (session) => {
      await session.use(BoxDao).restore(ids.box)
      restored.resolve()
      await aWhile()
      await session.use(BoxDao).delete(ids.box)
    })
    await restored.promise
    const second = member.run((session) => session.use(BoxDao).restore(ids.box))
    await first
    expect(await second).toMatchObject({ id: ids.box, deletedAt: null })
    expect(await aliveOf(member, ids)).toEqual(['box', 'item', 'part'])
  })

  test('two deletes: one finds the row, the other nothing; the children belong to the first', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    const remove = (session: Session) => session.use(BoxDao).delete(ids.box)
    const [first, second] = await overlapping(member, remove, remove)
    expect([first, second]).toEqual([expect.objectContaining({ id: ids.box }), null])
    const part = await member.run((session) => session.use(PartDao).get(ids.part, { deleted: 'only' }))
    expect(part?.deletionId).toBe((first as { readonly deletionId: string }).deletionId)
  })

  test('a delete of a parent and one of its child: each row is deleted once', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    const [item, box] = await overlapping(
      member,
      (session) => session.use(ItemDao).delete(ids.item),
      (session) => session.use(BoxDao).delete(ids.box),
    )
    expect(await aliveOf(member, ids)).toEqual([])
    await member.run((session) => session.use(BoxDao).restore(ids.box))
    expect(await aliveOf(member, ids)).toEqual(['box'])
    expect([item, box]).toEqual([expect.objectContaining({ id: ids.item }), expect.objectContaining({ id: ids.box })])
  })

  test('a purge and a restore: the row is erased or alive, never both', async () => {
    const member = await bench.newMember()
    for (const isPurgeFirst of [true, false]) {
      const ids = await filled(member)
      await member.run((session) => session.use(BoxDao).delete(ids.box))
      const purge = (session: Session) => session.use(BoxDao).purge(ids.box)
      const restore = (session: Session) => session.use(BoxDao).restore(ids.box)
      const [first, second] = isPurgeFirst ? [purge, restore] : [restore, purge]
      const outcomes = await overlapping(member, first, second)
      // What is told of the second depends on what it has read before it waited.
      expect(outcomes[0]).toMatchObject({ id: ids.box })
      expect([null, 'PURGE_ALIVE']).toContain(outcomes[1])
      expect(await aliveOf(member, ids)).toEqual(isPurgeFirst ? [] : ['box', 'item', 'part'])
    }
  })

  test('a child that is created while its parent goes, at any level, goes with it or is refused', async () => {
    const member = await bench.newMember()
    for (const isCreateFirst of [true, false]) {
      const ids = await filled(member)
      const late = newKey('part')
      const create = (session: Session) => session.use(PartDao).create({ id: late, itemId: ids.item, name: 'late' })
      const remove = (session: Session) => session.use(BoxDao).delete(ids.box)
      const [first, second] = isCreateFirst ? [create, remove] : [remove, create]
      const outcomes = await overlapping(member, first, second)
      expect(outcomes).toMatchObject(
        isCreateFirst ? [{ id: late }, { id: ids.box }] : [{ id: ids.box }, 'REFERENCE_MISSING itemId'],
      )
      expect(await aliveOf(member, { ...ids, part: late })).toEqual([])
    }
  })

  test('the same where both sessions are serializable: one of them may have to run again', async () => {
    const member = await bench.newMember()
    const { db } = bench.open
    if (!db.capabilities.isolationLevels.includes('serializable')) return
    const scope = actingAs(models.Member, member.id)
    const run = (work: (session: Session) => Promise<unknown>) =>
      db.session(scope, work, { isolation: 'serializable', repeatable: true })
    for (let round = 0; round < 5; round += 1) {
      const ids = await filled(member)
      const late = newKey('item')
      const creating = run(async (session) => {
        await session.use(ItemDao).create({ id: late, boxId: ids.box, name: 'late' })
        await aWhile()
      })
      const deleting = run((session) => session.use(BoxDao).delete(ids.box))
      await Promise.all([outcomeOf(creating), outcomeOf(deleting)])
      expect(await aliveOf(member, { ...ids, item: late })).toEqual([])
    }
  })

  test('a child that is moved below a parent that goes, goes with it or stays where it was', async () => {
    const member = await bench.newMember()
    const [one, other] = [await filled(member), await filled(member)]
    const move = (session: Session) => session.use(PartDao).update(one.part, { itemId: other.item, name: 'moved' })
    const remove = (session: Session) => session.use(BoxDao).delete(other.box)
    await overlapping(member, move, remove)
    expect(await aliveOf(member, { ...other, part: one.part })).toEqual([])
  })

  test('a row that refers to one that is purged at the same time is refused, or the purge is', async () => {
    const member = await bench.newMember()
    const ids = await filled(member)
    await member.run((session) => session.use(BoxDao).delete(ids.box))
    const outcomes = await overlapping(
      member,
      async (session) => {
        await session.use(BoxDao).restore(ids.box)
        await session.use(LogDao).create({ id: newKey('log'), boxId: ids.box })
        await session.use(BoxDao).delete(ids.box)
      },
      (session) => session.use(BoxDao).purge(ids.box),
    )
    expect(outcomes[1]).toMatch(/^RESTRICTED/)
  })
})
