import { Dao } from '../../../src/dao/index.ts'
import { actingAs, executorOf, unscoped, type Session } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import {
  actor,
  graph,
  integer,
  json,
  model,
  owner,
  ownedThrough,
  reference,
  shared,
  softDelete,
  text,
} from '../../../src/model/index.ts'
import type { EngineUnderTest } from '../../support/describe-engines.ts'
import { openModels, type OpenModels } from '../../support/open-models.ts'
import type { AnyDb } from '../shop.ts'

const name = () => text().length(1, 40)

const User = model('users', { id: name().primaryKey() }, { access: actor() })
const Word = model('words', { id: name().primaryKey() }, { access: shared({ write: 'nobody' }) })
const Secret = model('secrets', {
  id: name().primaryKey(),
  userId: owner(User),
  body: name(),
  size: integer().nullable(),
  facts: json().nullable(),
  ...softDelete(),
})
const Page = model(
  'pages',
  { id: name().primaryKey(), secretId: reference(Secret, { onDelete: 'cascade' }), body: name() },
  { access: ownedThrough('secretId') },
)
const Room = model('rooms', { building: name().primaryKey(), number: name().primaryKey(), userId: owner(User) })
const Booking = model(
  'bookings',
  { id: name().primaryKey(), userId: owner(User), building: name().nullable(), number: name().nullable() },
  {
    references: [{ columns: ['building', 'number'], target: Room, targetColumns: ['building', 'number'], as: 'room' }],
  },
)

export const models = graph({ User, Word, Secret, Page, Room, Booking })

export class Users extends Dao(models.User) {}
export class Words extends Dao(models.Word) {}
export class Secrets extends Dao(models.Secret) {}
export class Pages extends Dao(models.Page) {}
export class Rooms extends Dao(models.Room) {}
export class Bookings extends Dao(models.Booking) {}

export interface Opened extends OpenModels {
  as<R>(id: string, work: (session: Session) => Promise<R>): Promise<R>
}

/** Ann has a secret of each kind, Bob only his own one: what a session of Bob shows beyond `bob` is a hole. */
export async function openSecrets(engine: EngineUnderTest): Promise<Opened> {
  const opened = await openModels(engine, models)
  const { db } = opened
  await db.session(unscoped('test rows'), async (session) => {
    await session.use(Users).createMany([{ id: 'ann' }, { id: 'bob' }])
    await session.use(Words).createMany([{ id: 'one' }, { id: 'two' }])
    const secrets = session.use(Secrets)
    await secrets.createMany([
      { id: 'ann', userId: 'ann', body: 'hidden', size: 7, facts: { a: 'hidden' } },
      { id: 'ann-gone', userId: 'ann', body: 'hidden' },
      { id: 'bob', userId: 'bob', body: 'own', size: 1, facts: { a: 'own' } },
      { id: 'bob-gone', userId: 'bob', body: 'gone' },
    ])
    await session.use(Pages).createMany([
      { id: 'ann', secretId: 'ann', body: 'hidden' },
      { id: 'bob', secretId: 'bob', body: 'own' },
    ])
    await session.use(Rooms).createMany([
      { building: 'S', number: '1', userId: 'bob' },
      { building: 'S', number: '9', userId: 'ann' },
    ])
    await session.use(Bookings).create({ id: 'bob', userId: 'bob', building: 'S', number: '1' })
    await secrets.deleteWhere({ id: { in: ['ann-gone', 'bob-gone'] } })
  })
  return { ...opened, as: (id, work) => db.session(actingAs(models.User, id), work) }
}

export const byHand = (session: Session): AnyDb => executorOf(session).queryBuilder() as unknown as AnyDb

/** What it gives, or the code of the refusal. */
export async function outcome(attempt: () => unknown): Promise<unknown> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof TerraceError) return error.code
    throw error
  }
}
