import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { clockMicros, Dao } from '../../src/dao/index.ts'
import { everyone, unscoped } from '../../src/database/index.ts'
import type { Database, Session } from '../../src/database/index.ts'
import { graph, model, shared, text, uuid } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'

const models = graph({
  Note: model(
    'notes',
    { id: uuid().primaryKey(), title: text().length(1, 40) },
    { access: shared({ write: 'everyone' }) },
  ),
})
const Notes = Dao(models.Note)

describeEngines('a unit of work before another one', (engine) => {
  let db: Database
  beforeAll(async () => {
    db = await openDatabase((await engine.fresh()).url, { models })
  }, 120_000)
  afterAll(() => db.close())
  const titled = (title: string) => (session: Session) => session.use(Notes).create({ title })
  const count = (title: string) => db.session(everyone, (session) => session.use(Notes).count({ title }))

  test('outlives the one that it stands before, on engines with one connection too', async () => {
    const undone = db.session(everyone, async (session) => {
      await session.beforehand(everyone, titled('kept'))
      await titled('undone')(session)
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    expect([await count('kept'), await count('undone')]).toEqual([1, 0])
  })

  test('what it throws is its own, and the other may go on', async () => {
    await db.session(everyone, async (session) => {
      const failing = session.beforehand(everyone, async (before) => {
        await titled('lost')(before)
        throw new Error('first')
      })
      await expect(failing).rejects.toThrow('first')
      await titled('after it')(session)
    })
    expect([await count('lost'), await count('after it')]).toEqual([0, 1])
  })

  test('is refused once the other one has a connection, where the two could wait for each other', async () => {
    await db.session(everyone, async (session) => {
      await session.use(Notes).count()
      const late = session.beforehand(everyone, titled('late'))
      await expect(late).rejects.toEqual(expect.objectContaining({ code: 'SESSION_BEGUN' }))
    })
    await db.session(everyone, (session) =>
      session.nested(async (inner) => {
        const late = inner.beforehand(everyone, titled('late'))
        await expect(late).rejects.toEqual(expect.objectContaining({ code: 'SESSION_BEGUN' }))
      }),
    )
    expect(await count('late')).toBe(0)
  })

  test('the clock of the database is a whole number of microseconds since 1970, and goes on', async () => {
    const read = () =>
      db.session(unscoped('a test'), (session) =>
        session.use(Notes).query((query) => query.selectNoFrom(clockMicros().as('now'))),
      )
    const [[one], [other]] = [await read(), await read()]
    const apartMs = Math.abs(Number(one?.now ?? 0n) / 1_000 - Date.now())
    expect([typeof one?.now, apartMs < 5_000]).toEqual(['bigint', true])
    expect((other?.now ?? 0n) >= (one?.now ?? 0n)).toBe(true)
  })
})
