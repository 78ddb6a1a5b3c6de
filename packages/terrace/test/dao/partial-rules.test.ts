import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, unscoped, type Session } from '../../src/database/index.ts'
import {
  actor,
  graph,
  integer,
  model,
  oneOf,
  owner,
  softDelete,
  text,
  timestamps,
  uuid,
} from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels, type OpenModels } from '../support/open-models.ts'
import { refusal, refusalOf } from './dao-bench.ts'

const User = model('users', { id: uuid().primaryKey() }, { access: actor() })

/** One that is open per topic of a user; as many as there were that are closed. */
const Ticket = model(
  'tickets',
  {
    id: uuid().primaryKey(),
    userId: owner(User),
    topic: text().length(1, 20),
    status: oneOf('open', 'closed').default('open'),
    words: text().length(1, 20),
    size: integer().default(0),
    ...timestamps(),
    ...softDelete(),
  },
  { uniques: [{ columns: ['topic'], where: { status: 'open' } }] },
)

/** Others have put what belongs together into two columns: `null` in one of them refers to nothing. */
const Room = model('rooms', {
  building: text().length(1, 9).primaryKey(),
  number: integer().primaryKey(),
  userId: owner(User),
})
const Booking = model(
  'bookings',
  {
    id: uuid().primaryKey(),
    userId: owner(User),
    building: text().length(1, 9).nullable(),
    number: integer().nullable(),
    words: text().length(0, 20).default(''),
  },
  {
    references: [{ columns: ['building', 'number'], target: Room, targetColumns: ['building', 'number'], as: 'room' }],
  },
)

const models = graph({ User, Ticket, Room, Booking })
class UserDao extends Dao(models.User) {}
class TicketDao extends Dao(models.Ticket) {}
class RoomDao extends Dao(models.Room) {}
class BookingDao extends Dao(models.Booking) {}

describeEngines(
  'what is declared over some rows, or over several columns',
  (engine) => {
    let opened: OpenModels
    beforeAll(async () => {
      opened = await openModels(engine, models)
    })
    afterAll(() => opened?.db.close())

    /** Sessions of a new user. */
    async function somebody() {
      const { id } = await opened.db.session(unscoped('test'), (session) => session.use(UserDao).create({}))
      return <R>(work: (session: Session) => Promise<R>): Promise<R> =>
        opened.db.session(actingAs(models.User, id), work)
    }

    describe('a unique rule over some rows', () => {
      test('finds a row only together with what it is over', async () => {
        const as = await somebody()
        await as(async (session) => {
          const dao = session.use(TicketDao)
          const open = await dao.create({ topic: 'a', words: 'x' })
          await dao.create({ topic: 'a', status: 'closed', words: 'y' })
          expect(await dao.find({ topic: 'a', status: 'open' })).toEqual(open)
          expect(await dao.find({ topic: 'b', status: 'open' })).toBeNull()
          for (const where of [{ topic: 'a' }, { topic: 'a', status: 'closed' }, { status: 'open' }, {}] as const)
            expect((await refusal(dao.find(where))).code).toBe('DAO_NOT_UNIQUE')
          expect(await dao.find({ id: open.id, status: 'closed' })).toBeNull()
        })
      })

      test('is what an upsert meets a row by: it changes the one it is over, and no other', async () => {
        const [as, other] = [await somebody(), await somebody()]
        const theirs = await other((session) => session.use(TicketDao).create({ topic: 'a', words: 'theirs' }))
        await as(async (session) => {
          const dao = session.use(TicketDao)
          const closed = await dao.create({ topic: 'a', status: 'closed', words: 'closed', size: 1 })
          const made = await dao.upsert({ topic: 'a', words: 'first', size: 2 }, { by: 'topic' })
          expect(made).toMatchObject({ status: 'open', words: 'first', size: 2 })
          const changed = await dao.upsert({ topic: 'a', words: 'second' }, { by: ['topic'] })
          expect(changed).toEqual({ ...made, words: 'second', updatedAt: changed.updatedAt })
          expect(await dao.get(closed.id)).toEqual(closed)
          // A row that the rule is not over meets none.
          const another = await dao.upsert({ topic: 'a', status: 'closed', words: 'third' }, { by: 'topic' })
          expect(await dao.get(another.id)).toEqual(another)
          expect(await dao.count()).toBe(3)
        })
        expect(await other((session) => session.use(TicketDao).get(theirs.id))).toEqual(theirs)
      })

      test('does not meet what is in the trash', async () => {
        const as = await somebody()
        await as(async (session) => {
          const dao = session.use(TicketDao)
          const first = await dao.upsert({ topic: 'a', words: 'first' }, { by: 'topic' })
          const deleted = await dao.delete(first.id)
          const second = await dao.upsert({ topic: 'a', words: 'second' }, { by: 'topic' })
          expect(second.id).not.toBe(first.id)
          expect(await dao.get(first.id, { deleted: 'only' })).toEqual(deleted)
        })
      })

      test('an upsert that breaks another rule than the one it is by is refused, and the session goes on', async () => {
        const as = await somebody()
        await as(async (session) => {
          const dao = session.use(TicketDao)
          const made = await dao.create({ topic: 'a', words: 'x' })
          const again = dao.upsert({ id: made.id, topic: 'b', words: 'y' }, { by: 'topic' })
          expect(await refusalOf(again)).toMatchObject({ code: 'UNIQUE', fields: ['id'] })
          expect(await dao.get(made.id)).toEqual(made)
        })
      })

      test.each<[string, object, string | string[], string]>([
        ['by nothing', { topic: 'a', words: 'x' }, [], 'DAO_NOT_UNIQUE'],
        ['by a column that no rule is over', { topic: 'a', words: 'x' }, 'words', 'DAO_NOT_UNIQUE'],
        ['by a rule and more', { topic: 'a', words: 'x' }, ['topic', 'words'], 'DAO_NOT_UNIQUE'],
        ['by its owner alone', { topic: 'a', words: 'x' }, ['userId'], 'DAO_NOT_UNIQUE'],
        ['by a name that is none', { topic: 'a', words: 'x' }, ['topic', 'tpoic'], 'DAO_UNKNOWN'],
        ['with a rule broken', { topic: '', words: 'x' }, 'topic', 'VALIDATION'],
      ])('an upsert %s is refused', async (_, values, by, code) => {
        const as = await somebody()
        const refused = as((session) => session.use(TicketDao).upsert(values as never, { by: by as never }))
        expect((await refusal(refused)).code).toBe(code)
      })

      test('the owner may be named in it', async () => {
        const as = await somebody()
        const made = await as((session) =>
          session.use(TicketDao).upsert({ topic: 'a', words: 'x' }, { by: ['userId', 'topic'] }),
        )
        expect(made).toMatchObject({ topic: 'a', words: 'x' })
      })
    })

    describe('a reference over several columns', () => {
      async function booked() {
        const [as, other] = [await somebody(), await somebody()]
        const building = randomUUID().slice(0, 8)
        await other((session) => session.use(RoomDao).create({ building, number: 3 }))
        const booking = await as(async (session) => {
          await session.use(RoomDao).createMany([
            { building, number: 1 },
            { building, number: 2 },
          ])
          return session.use(BookingDao).create({ building, number: 1 })
        })
        return { as, building, booking }
      }

      test('D4: is changed whole, to a row of one’s own or to nothing', async () => {
        const { as, building, booking } = await booked()
        await as(async (session) => {
          const dao = session.use(BookingDao)
          expect(await dao.update(booking.id, { building, number: 2 })).toMatchObject({ building, number: 2 })
          expect(await dao.update(booking.id, { words: 'late' })).toMatchObject({ number: 2, words: 'late' })
          for (const number of [3, 4])
            expect(await refusalOf(dao.update(booking.id, { building, number }))).toMatchObject({
              code: 'REFERENCE_MISSING',
              fields: ['building', 'number'],
            })
          expect(await dao.update(booking.id, { building: null, number: null })).toMatchObject({ number: null })
          expect(await dao.create({ building: null, number: 9 })).toMatchObject({ number: 9 })
        })
      })

      test('a part of it is refused: where it leads could not be asked', async () => {
        const { as, building, booking } = await booked()
        await as(async (session) => {
          const dao = session.use(BookingDao)
          const refused = [
            dao.update.bind(dao, booking.id, { number: 2 }),
            dao.updateWhere.bind(dao, { id: booking.id }, { building }),
            dao.upsert.bind(dao, { id: booking.id, number: 2 }, { by: 'id' }),
          ]
          for (const call of refused) expect((await refusal(call())).code).toBe('VALIDATION')
          expect(await dao.get(booking.id)).toEqual(booking)
          expect(await dao.upsert({ id: booking.id, building, number: 2 }, { by: 'id' })).toMatchObject({ number: 2 })
        })
      })
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)
