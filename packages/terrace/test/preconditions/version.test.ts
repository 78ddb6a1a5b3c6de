import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'
import { models } from './models.ts'

class NoteService extends CrudService(models.Note) {}

const missing = '0198c0de-0000-7000-8000-000000000000'

describeEngines('X4: the version of a row', countedOn, ['sqliteFile', 'postgres', 'mysql'])

function countedOn(engine: EngineUnderTest): void {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase((await engine.fresh()).url, { models })
    await database.session(unscoped('test'), async (session) => {
      await session.use(Dao(models.Person)).createMany([{ id: 'ann' }, { id: 'bob' }])
    })
  })
  afterAll(() => database.close())

  const as =
    (person: string) =>
    <R>(work: (session: Session) => Promise<R>): Promise<R> =>
      database.session(actingAs(models.Person, person), work)
  const ann = as('ann')
  const notes = (session: Session) => session.use(Dao(models.Note))
  const newNote = () => ann((session) => notes(session).create({ title: 'first' }))

  test('is 1 when the row is new and one more after each change of it, by whichever method', async () => {
    const { id, version } = await newNote()
    const versions = [version]
    const seen = async (work: (session: Session) => Promise<unknown>): Promise<void> => {
      await ann(work)
      const row = await ann((session) => notes(session).get(id, { deleted: 'with' }))
      versions.push(row?.version ?? 0)
    }
    await seen((session) => notes(session).update(id, { title: 'second' }))
    await seen((session) => notes(session).updateWhere({ id }, { stars: 1 }))
    await seen((session) => notes(session).upsert({ id, title: 'third' }, { by: 'id' }))
    await seen((session) => notes(session).delete(id))
    await seen((session) => notes(session).restore(id))
    await seen((session) =>
      notes(session).query((db) => db.updateTable('notes').set({ stars: 2 }).where('id', '=', id)),
    )
    await seen((session) => notes(session).deleteWhere({ id }))
    await seen((session) => notes(session).restore(id))
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('is what each method gives back, and stays where nothing is changed', async () => {
    const { id } = await newNote()
    const given = await ann(async (session) => [
      (await notes(session).update(id, { stars: 3 }))?.version,
      (await notes(session).update(id, {}))?.version,
      (await notes(session).upsert({ id, title: 'again' }, { by: 'id' })).version,
      (await notes(session).delete(id))?.version,
      (await notes(session).restore(id))?.version,
      (await notes(session).restore(id))?.version,
    ])
    expect(given).toEqual([2, 2, 3, 4, 5, 5])
  })

  test('goes up for children that go into the trash and come back with their parent', async () => {
    const { id } = await newNote()
    const remark = await ann((session) => session.use(Dao(models.Remark)).create({ noteId: id, words: 'good' }))
    await ann((session) => notes(session).delete(id))
    await ann((session) => notes(session).restore(id))
    expect(await ann((session) => session.use(Dao(models.Remark)).get(remark.id))).toMatchObject({ version: 3 })
  })

  test('goes up where a query names another table and an alias', async () => {
    const { id } = await newNote()
    await ann((session) =>
      notes(session).query((db) =>
        db
          .updateTable('notes as n')
          .set({ title: 'named' })
          .where('n.id', 'in', (query) =>
            query.selectFrom('notes as other').select('other.id').where('other.id', '=', id),
          ),
      ),
    )
    expect(await ann((session) => notes(session).get(id))).toMatchObject({ title: 'named', version: 2 })
  })

  test('is written by nobody else: neither by a method nor by a query', async () => {
    const { id } = await newNote()
    const version = { version: 7 } as object
    await expect(ann((session) => notes(session).create({ title: 'x', ...version }))).rejects.toMatchObject({
      code: 'VALIDATION',
      issues: [{ path: '/version', code: 'READ_ONLY' }],
    })
    await expect(ann((session) => notes(session).update(id, version))).rejects.toMatchObject({ code: 'VALIDATION' })
    const query = ann((session) =>
      notes(session).query((db) =>
        db
          .updateTable('notes')
          .set({ version: 7 as never })
          .where('id', '=', id),
      ),
    )
    await expect(query).rejects.toMatchObject({ code: 'SCOPE_COLUMN_NOT_WRITABLE' })
  })

  test('B14: update, delete and restore change only a row of the version that is expected', async () => {
    const { id } = await newNote()
    expect(await ann((session) => notes(session).update(id, { stars: 1 }, { version: 1 }))).toMatchObject({
      version: 2,
    })
    const stale = [
      (session: Session) => notes(session).update(id, { stars: 5 }, { version: 1 }),
      (session: Session) => notes(session).update(id, {}, { version: 1 }),
      (session: Session) => notes(session).delete(id, { version: 1 }),
      (session: Session) => notes(session).restore(id, { version: 1 }),
      (session: Session) => session.use(NoteService).update(id, { stars: 5 }, { version: 1 }),
      (session: Session) => session.use(NoteService).delete(id, { version: 1 }),
    ]
    for (const work of stale)
      await expect(ann<unknown>(work)).rejects.toMatchObject({
        code: 'VERSION_MISMATCH',
        kind: 'conflict',
        message: 'The Note was changed since it was read',
      })
    expect(await ann((session) => notes(session).get(id))).toMatchObject({ stars: 1, version: 2 })
    await ann((session) => notes(session).delete(id, { version: 2 }))
    await expect(ann((session) => notes(session).restore(id, { version: 2 }))).rejects.toMatchObject({
      code: 'VERSION_MISMATCH',
    })
    expect(await ann((session) => notes(session).restore(id, { version: 3 }))).toMatchObject({ version: 4 })
    await expect(ann((session) => notes(session).update(missing, { stars: 1 }, { version: 1 }))).resolves.toBeNull()
  })

  test('a function is asked of the row itself, which is held from then on', async () => {
    const { id } = await newNote()
    const seen: number[] = []
    await ann(async (session) => {
      const version = (row: { readonly version: number }): void => void seen.push(row.version)
      await notes(session).update(id, { stars: 1 }, { version })
      await session.use(NoteService).update(id, { stars: 2 }, { version })
      await session.use(NoteService).delete(id, { version })
      await session.use(NoteService).restore(id, { version })
    })
    expect(seen).toEqual([1, 2, 3, 4])
    const refuse = (): never => {
      throw new RangeError('not this one')
    }
    await expect(ann((session) => notes(session).update(id, { stars: 3 }, { version: refuse }))).rejects.toThrow(
      'not this',
    )
    expect(await ann((session) => notes(session).get(id))).toMatchObject({ stars: 2 })
  })

  test("B15: another owner's row is missing whatever version is named, and one that is only read is forbidden", async () => {
    const { id } = await newNote()
    for (const version of [1, 2]) {
      await expect(as('bob')((session) => notes(session).update(id, { stars: 1 }, { version }))).resolves.toBeNull()
      await expect(as('bob')((session) => notes(session).delete(id, { version }))).resolves.toBeNull()
    }
    const notice = await ann((session) =>
      session.use(Dao(models.Notice)).create({ code: id.slice(0, 18), words: 'hi' }),
    )
    for (const version of [1, 2]) {
      const update = as('bob')((session) =>
        session.use(Dao(models.Notice)).update(notice.id, { words: 'ha' }, { version }),
      )
      await expect(update).rejects.toMatchObject({ code: 'FORBIDDEN' })
      const held = as('bob')((session) => session.use(Dao(models.Notice)).hold(notice.id, { version }))
      await expect(held).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  test('is no option of a model without one, and a whole number', async () => {
    const { id } = await ann((session) => session.use(Dao(models.Plain)).create({ title: 'x' }))
    const update = ann((session) => session.use(Dao(models.Plain)).update(id, { title: 'y' }, { version: 1 }))
    await expect(update).rejects.toMatchObject({ code: 'DAO_UNKNOWN', message: 'Plain has no option "version"' })
    const note = await newNote()
    const odd = ann((session) => notes(session).update(note.id, { stars: 1 }, { version: '1' as never }))
    await expect(odd).rejects.toMatchObject({ code: 'DAO_VERSION' })
  })

  test('20 changes of one version at once: one is made, the others are told so', async () => {
    const { id } = await newNote()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        ann((session) => notes(session).update(id, { title: `by ${at}` }, { version: 1 })).then(
          () => 'made',
          (error: { readonly code: string }) => error.code,
        ),
      ),
    )
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 19 }, () => 'VERSION_MISMATCH'), 'made'])
    expect(await ann((session) => notes(session).get(id))).toMatchObject({ version: 2 })
  })

  test('20 changes of one row at once, of whatever version, are counted one by one', async () => {
    const { id } = await newNote()
    await Promise.all(
      Array.from({ length: 20 }, () => ann((session) => notes(session).updateWhere({ id }, { stars: 1 }))),
    )
    expect(await ann((session) => notes(session).get(id))).toMatchObject({ version: 21 })
  })
}
