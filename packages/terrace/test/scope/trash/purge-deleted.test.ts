import { expect, test } from 'vitest'
import {
  actingAs,
  createDatabase,
  executorOf,
  unscoped,
  type Database,
  type Session,
} from '../../../src/database/index.ts'
import type { Purged, PurgeOptions } from '../../../src/dao/index.ts'
import { treeBuilder } from '../shop.ts'
import { describeTrash, idsOf, newKey, outcomeOf, type Member, type TrashBench } from './trash-bench.ts'
import {
  BottomDao,
  BoxDao,
  ClaimDao,
  FolderDao,
  ItemDao,
  LeftDao,
  LogDao,
  MemberDao,
  models,
  PartDao,
  RightDao,
  StickerDao,
} from './trash-models.ts'

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number))

/** Sessions of a member at an instant of one's own. */
function at(bench: TrashBench, member: Member, instant: Date) {
  const { db, driver } = bench.open
  const { graph, dialect } = db
  const then: Database = createDatabase({ graph, dialect, driver, clock: () => instant.getTime() })
  return <R>(work: (session: Session) => Promise<R>): Promise<R> =>
    then.session(actingAs(models.Member, member.id), work)
}

/** As a job does it, a session for each call. */
async function purgeAll(
  member: Member,
  dao: typeof BoxDao,
  options: PurgeOptions,
): Promise<readonly Omit<Purged, 'next'>[]> {
  const calls: Omit<Purged, 'next'>[] = []
  let step: PurgeOptions | null = options
  while (step !== null && calls.length < 60) {
    const current: PurgeOptions = step
    const { next, ...counts }: Purged = await member.run((session) => session.use(dao).purgeDeleted(current))
    calls.push(counts)
    step = next
  }
  return calls
}

const total = (calls: readonly Omit<Purged, 'next'>[], count: keyof Omit<Purged, 'next'>): number =>
  calls.reduce((sum, call) => sum + call[count], 0)

async function box(session: Session, parts = 1) {
  const ids = { box: newKey('box'), item: newKey('item'), sticker: newKey('sticker') }
  await session.use(BoxDao).create({ id: ids.box, name: ids.box })
  await session.use(ItemDao).create({ id: ids.item, boxId: ids.box, name: 'item' })
  await session.use(StickerDao).create({ id: ids.sticker, boxId: ids.box })
  const made = Array.from({ length: parts }, () => newKey('part'))
  await session.use(PartDao).createMany(made.map((id) => ({ id, itemId: ids.item, name: id })))
  return { ...ids, parts: made }
}

/** Past the DAO's own rules. */
async function revive(session: Session, id: string): Promise<void> {
  const executor = executorOf(session)
  const node = treeBuilder
    .updateTable('folders')
    .set({ deletedAt: null, deletionId: null })
    .where('id', '=', id)
    .toOperationNode()
  await executor.run(executor.compiler.compile(node, { scope: executor.scope, deleted: 'with', byRule: true }))
}

const everything = async (session: Session): Promise<readonly string[]> => {
  const found = []
  for (const dao of [BoxDao, ItemDao, PartDao, StickerDao, FolderDao] as const)
    found.push(...(await session.use(dao as typeof BoxDao).list({ deleted: 'with' })).rows)
  return idsOf(found)
}

describeTrash('D3: purgeDeleted', (bench) => {
  test('erases what was deleted before an instant, with what lies below it, and nothing else', async () => {
    const member = await bench.newMember()
    const made = await member.run(async (session) => [await box(session), await box(session), await box(session)])
    const [old, young, alive] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]]
    await at(bench, member, day(1))((session) => session.use(BoxDao).delete((old as { box: string }).box))
    await at(bench, member, day(5))((session) => session.use(BoxDao).delete((young as { box: string }).box))
    expect(await purgeAll(member, BoxDao, { before: day(1) })).toEqual([{ purged: 0, below: 0, restricted: 0 }])
    expect(await purgeAll(member, BoxDao, { before: day(5) })).toEqual([{ purged: 1, below: 3, restricted: 0 }])
    await member.run(async (session) => {
      const rest = [young, alive].flatMap(({ box: id, item, sticker, parts }) => [id, item, sticker, ...parts])
      expect(await everything(session)).toEqual(rest.toSorted())
      expect(await session.use(BoxDao).restore((young as { box: string }).box)).not.toBeNull()
      expect(await session.use(PartDao).count()).toBe(2)
    })
  })

  test('goes on by `next` in bounded steps: many rows, and one row with many below it', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      for (let made = 0; made < 7; made += 1) await box(session, 2)
      await box(session, 23)
      await session.use(BoxDao).deleteWhere({}, { all: true })
    })
    const calls = await purgeAll(member, BoxDao, { before: new Date(Date.now() + 60_000), limit: 9 })
    expect(calls.every(({ purged, below }) => purged + below <= 9)).toBe(true)
    expect([total(calls, 'purged'), total(calls, 'below'), total(calls, 'restricted')]).toEqual([8, 7 * 4 + 25, 0])
    expect(await member.run(everything)).toEqual([])
  })

  test('what is still referred to stays whole, is counted once and is no end of the way', async () => {
    const member = await bench.newMember()
    const { kept, claimed, free, log, claim } = await member.run(async (session) => {
      const [one, two, three] = [await box(session), await box(session), await box(session)]
      const logged = await session.use(LogDao).create({ id: newKey('log'), boxId: one.box })
      const claiming = await session.use(ClaimDao).create({ id: newKey('claim'), partId: two.parts[0] as string })
      await session.use(ClaimDao).delete(claiming.id)
      await session.use(BoxDao).deleteWhere({}, { all: true })
      return { kept: one, claimed: two, free: three, log: logged, claim: claiming }
    })
    const before = new Date(Date.now() + 60_000)
    for (const limit of [4, 1_000]) {
      const calls = await purgeAll(member, BoxDao, { before, limit })
      expect([total(calls, 'purged'), total(calls, 'restricted')]).toEqual([limit === 4 ? 1 : 0, 2])
    }
    await member.run(async (session) => {
      expect(await session.use(BoxDao).get(free.box, { deleted: 'with' })).toBeNull()
      const rest = [kept, claimed].flatMap(({ box: id, item, sticker, parts }) => [id, item, sticker, ...parts])
      expect(await everything(session)).toEqual(rest.toSorted())
      await session.use(LogDao).delete(log.id)
      expect(await session.use(ClaimDao).purgeDeleted({ before })).toMatchObject({ purged: 1, next: null })
      expect(await session.use(ClaimDao).get(claim.id, { deleted: 'with' })).toBeNull()
    })
    expect(await purgeAll(member, BoxDao, { before })).toEqual([{ purged: 2, below: 6, restricted: 0 }])
  })

  test('a tree, a circle and a diamond go as the rows that they are', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const folders = session.use(FolderDao)
      const [a, b, c] = [newKey('folder'), newKey('folder'), newKey('folder')] as const
      await folders.create({ id: a, name: a })
      await folders.create({ id: b, name: b, parentId: a })
      await folders.create({ id: c, name: c, parentId: b })
      await folders.update(a, { parentId: c })
      await folders.delete(b)
      const [left, right] = [newKey('left'), newKey('right')]
      await session.use(LeftDao).create({ id: left })
      await session.use(RightDao).create({ id: right })
      await session.use(BottomDao).create({ id: newKey('bottom'), leftId: left, rightId: right })
      await session.use(LeftDao).delete(left)
    })
    const before = new Date(Date.now() + 60_000)
    const calls = await purgeAll(member, FolderDao as never, { before, limit: 2 })
    expect(total(calls, 'purged') + total(calls, 'below')).toBe(3)
    expect(await purgeAll(member, LeftDao as never, { before })).toEqual([{ purged: 1, below: 1, restricted: 0 }])
    await member.run(async (session) => {
      expect(await session.use(FolderDao).count({}, { deleted: 'with' })).toBe(0)
      expect(await session.use(RightDao).count()).toBe(1)
    })
  })

  test('never erases a row that is alive and can be deleted, but by its owner', async () => {
    const member = await bench.newMember()
    const before = new Date(Date.now() + 60_000)
    const child = await member.run(async (session) => {
      const folders = session.use(FolderDao)
      const [upper, lower] = [newKey('folder'), newKey('folder')]
      await folders.create({ id: upper, name: upper })
      await folders.create({ id: lower, name: lower, parentId: upper })
      await folders.delete(upper)
      return lower
    })
    // As a program of another sort would write it: a living row below one of the trash.
    await bench.unscoped((session) => revive(session, child))
    expect(await purgeAll(member, FolderDao as never, { before })).toEqual([{ purged: 0, below: 0, restricted: 1 }])
    await bench.unscoped(async (session) => {
      await session.use(MemberDao).delete(member.id)
      expect(await session.use(MemberDao).purgeDeleted({ before })).toMatchObject({ purged: 1 })
    })
    expect(await bench.unscoped((session) => session.use(FolderDao).get(child, { deleted: 'with' }))).toBeNull()
  })

  test('D4: reaches the session’s own trash alone; outside of any scope everybody’s', async () => {
    const [ann, ben] = [await bench.newMember(), await bench.newMember()]
    for (const member of [ann, ben])
      await member.run(async (session) => session.use(BoxDao).delete((await box(session)).box))
    const before = new Date(Date.now() + 60_000)
    expect(await purgeAll(ann, BoxDao, { before })).toEqual([{ purged: 1, below: 3, restricted: 0 }])
    expect(await ben.run(everything)).toHaveLength(4)
    await bench.open.db.session(unscoped('retention'), (session) => session.use(BoxDao).purgeDeleted({ before }))
    expect(await ben.run(everything)).toEqual([])
  })

  test('a row that is restored at the same time is not erased; two jobs at once erase each row once', async () => {
    const member = await bench.newMember()
    const ids = await member.run(async (session) => {
      const made = [await box(session), await box(session), await box(session)]
      await session.use(BoxDao).deleteWhere({}, { all: true })
      return made.map(({ box: id }) => id)
    })
    const before = new Date(Date.now() + 60_000)
    const restored = Promise.withResolvers<void>()
    const restoring = member.run(async (session) => {
      await session.use(BoxDao).restore(ids[1] as string)
      restored.resolve()
      await new Promise((resolve) => setTimeout(resolve, 40))
    })
    await restored.promise
    const jobs = await Promise.all([
      purgeAll(member, BoxDao, { before }),
      purgeAll(member, BoxDao, { before }),
      restoring,
    ])
    expect(total(jobs[0], 'purged') + total(jobs[1], 'purged')).toBe(2)
    expect(await member.run((session) => session.use(PartDao).count())).toBe(1)
  })

  test('what makes no sense is refused, and a model without a trash has nothing to erase', async () => {
    const member = await bench.newMember()
    await member.run(async (session) => {
      const boxes = session.use(BoxDao)
      const before = new Date()
      expect(await outcomeOf(boxes.purgeDeleted({ before: new Date(Number.NaN) }))).toBe('DAO_CONDITION')
      expect(await outcomeOf(boxes.purgeDeleted({ before: '2026-01-01' as never }))).toBe('DAO_CONDITION')
      expect(await outcomeOf(boxes.purgeDeleted({ before, limit: 0 }))).toBe('DAO_PAGE')
      expect(await outcomeOf(boxes.purgeDeleted({ before, all: true } as never))).toBe('DAO_UNKNOWN')
      const after = (deletedAt: unknown, ...key: unknown[]) =>
        outcomeOf(boxes.purgeDeleted({ before, after: { deletedAt, key } as never }))
      expect(await after(before.toJSON(), newKey('box'))).toBe('DAO_CONDITION')
      expect(await after(before)).toBe('DAO_CONDITION')
      expect(await after(before, null)).toBe('DAO_CONDITION')
      expect(await after(before, newKey('box'))).toMatchObject({ next: null })
      await box(session)
      expect(await session.use(StickerDao).purgeDeleted({ before })).toEqual({
        purged: 0,
        below: 0,
        restricted: 0,
        next: null,
      })
      expect(await session.use(StickerDao).count()).toBe(1)
    })
  })
})
