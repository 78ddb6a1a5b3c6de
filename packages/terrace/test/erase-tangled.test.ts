import { afterEach, expect, test } from 'vitest'
import { openDatabase, unscoped, type Database } from '../src/connect/index.ts'
import { Dao } from '../src/dao/index.ts'
import type { Session } from '../src/database/index.ts'
import { actor, graph, integer, model, owner, reference, softDelete } from '../src/model/index.ts'
import { describeEngines } from './support/describe-engines.ts'

const key = () => integer().primaryKey()
const Owner = model('owners', { id: key(), ...softDelete() }, { access: actor() })
const ownerId = owner(Owner, { onDelete: 'cascade' })
const Thing = model('things', {
  id: key(),
  ownerId,
  partOfId: reference('things', { key: integer(), onDelete: 'keep', inverse: 'parts' }).nullable(),
  ...softDelete(),
})
// InnoDB looks at keys as it goes, in the order of their names: one before that of things, one behind it.
const Event = model('events', { id: key(), ownerId, thingId: reference(Thing, { onDelete: 'keep' }) })
const Visit = model('visits', { id: key(), ownerId, thingId: reference(Thing, { onDelete: 'keep' }) })
const models = graph({ Owner, Thing, Event, Visit })
class OwnerDao extends Dao(models.Owner) {}
class ThingDao extends Dao(models.Thing) {}
class EventDao extends Dao(models.Event) {}
class VisitDao extends Dao(models.Visit) {}

const opened: Database[] = []
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})

/** Two owners; the first has things within things, in the order of their keys and against it, and rows that tell of them. */
async function filled(url: string): Promise<<R>(work: (session: Session) => Promise<R>) => Promise<R>> {
  const db = await openDatabase(url, { models })
  opened.push(db)
  const run = <R>(work: (session: Session) => Promise<R>) => db.session(unscoped('test'), work)
  await run(async (session) => {
    await session.use(OwnerDao).createMany([{ id: 1 }, { id: 2 }])
    const things = session.use(ThingDao)
    await things.create({ id: 5, ownerId: 1 })
    await things.createMany([
      { id: 6, ownerId: 1, partOfId: 5 },
      { id: 4, ownerId: 1, partOfId: 5 },
    ])
    await things.create({ id: 3, ownerId: 1, partOfId: 6 })
    await session.use(EventDao).create({ id: 1, ownerId: 1, thingId: 5 })
    await session.use(VisitDao).create({ id: 1, ownerId: 1, thingId: 3 })
  })
  return run
}

const countsIn = async (session: Session) => ({
  owners: await session.use(OwnerDao).count(undefined, { deleted: 'with' }),
  things: await session.use(ThingDao).count(undefined, { deleted: 'with' }),
  events: await session.use(EventDao).count(),
  visits: await session.use(VisitDao).count(),
})

describeEngines('erasing rows that go together and refer to each other', (engine) => {
  test('takes all of them, whatever their keys are called', async () => {
    const run = await filled((await engine.fresh()).url)
    await run((session) => session.use(OwnerDao).delete(1))
    expect(await run((session) => session.use(OwnerDao).purge(1))).toMatchObject({ id: 1 })
    expect(await run(countsIn)).toEqual({ owners: 1, things: 0, events: 0, visits: 0 })
    expect(await run((session) => session.use(OwnerDao).purge(1))).toBeNull()
  })

  test('takes none where a row that stays refers to one of them', async () => {
    const run = await filled((await engine.fresh()).url)
    await run((session) => session.use(EventDao).create({ id: 2, ownerId: 2, thingId: 4 }))
    await run((session) => session.use(OwnerDao).delete(1))
    await expect(run((session) => session.use(OwnerDao).purge(1))).rejects.toMatchObject({ code: 'RESTRICTED' })
    expect(await run(countsIn)).toEqual({ owners: 2, things: 4, events: 2, visits: 1 })
  })
})
