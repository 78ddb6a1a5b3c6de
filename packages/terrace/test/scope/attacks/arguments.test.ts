import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { Bookings, openSecrets, outcome, Pages, Secrets, type Opened } from './secrets.ts'

const as = <T>(value: unknown): T => value as T

describeEngines('X1: arguments of a DAO that its types forbid', (engine) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openSecrets(engine)
  }, 60_000)
  afterAll(() => opened?.db.close())

  const bob = <R>(work: (session: Session) => Promise<R>): Promise<R> => opened.as('bob', work)

  test('deleted is one of three texts: anything else shows no trash, now or to others later', async () => {
    const modes = [
      ['without'],
      ['with'],
      Object('without'),
      { toString: () => 'without' },
      null,
      true,
      'With',
      '__proto__',
    ]
    for (const mode of modes) {
      const options = as<{ deleted: 'with' }>({ deleted: mode })
      const attempts = [
        () => bob((session) => session.use(Secrets).get('bob-gone', options)),
        () => bob((session) => session.use(Secrets).list(options)),
        () => bob((session) => session.use(Secrets).count({}, options)),
        () => bob((session) => session.use(Secrets).exists({ id: 'bob-gone' }, options)),
        () => bob((session) => session.use(Secrets).select((query) => query, options)),
        () => bob((session) => session.use(Pages).query((db) => db.selectFrom('secrets').selectAll(), options)),
      ]
      for (const attempt of attempts) expect(await outcome(attempt)).toBe('DAO_UNKNOWN')
    }
    expect(await bob((session) => session.use(Secrets).get('bob-gone'))).toBeNull()
    expect(await bob((session) => session.use(Secrets).count())).toBe(1)
  })

  test('a mode that changes after it was looked at is none', async () => {
    const flipping = () => {
      const modes = ['without', 'without', 'no mode']
      return as<{ deleted: 'with' }>({
        get deleted() {
          return modes.length > 1 ? modes.shift() : modes[0]
        },
      })
    }
    const found = await outcome(() => bob((session) => session.use(Secrets).select((query) => query, flipping())))
    expect(JSON.stringify(found)).not.toContain('gone')
  })

  test('a row that answers for columns which it does not have leads to no row of others', async () => {
    const both = (given: object) =>
      new Proxy(given, {
        getOwnPropertyDescriptor: (target, key) =>
          key === 'building'
            ? { configurable: true, enumerable: true, value: 'S' }
            : Reflect.getOwnPropertyDescriptor(target, key),
      })
    const attempts = [
      () => bob((session) => session.use(Bookings).update('bob', both({ number: '9' }))),
      () => bob((session) => session.use(Bookings).updateWhere({ id: 'bob' }, both({ number: '9' }))),
      () => bob((session) => session.use(Bookings).upsert(as(both({ id: 'bob', number: '9' })), { by: 'id' })),
    ]
    for (const attempt of attempts) expect(await outcome(attempt)).toBe('VALIDATION')
    expect(await bob((session) => session.use(Bookings).get('bob'))).toMatchObject({ building: 'S', number: '1' })
  })

  test('a value that changes after it was checked is written as it was checked', async () => {
    const unsteady = () => {
      let asked = 0
      return {
        get body() {
          asked += 1
          return asked === 1 ? 'checked' : as<string>({ not: 'a text' })
        },
      }
    }
    expect(await bob((session) => session.use(Secrets).update('bob', unsteady()))).toMatchObject({ body: 'checked' })
    const created = bob((session) => session.use(Secrets).create(Object.assign(unsteady(), { id: 'new' })))
    expect(await created).toMatchObject({ body: 'checked' })
  })

  test('a key that only becomes a text is none, and a list with holes is no condition for all', async () => {
    for (const key of [
      { toString: () => 'ann', valueOf: () => 'ann', toJSON: () => 'ann' },
      ['ann'],
      Object('ann'),
      Symbol('ann'),
    ]) {
      expect(await bob((session) => session.use(Secrets).get(as(key)))).toBeNull()
      expect(await bob((session) => session.use(Secrets).delete(as(key)))).toBeNull()
    }
    // oxlint-disable-next-line no-sparse-arrays -- that is the attack
    const where = as<object>({ and: [,] })
    expect(await outcome(() => bob((session) => session.use(Secrets).deleteWhere(where)))).toBe('DAO_UNBOUNDED')
    expect(await outcome(() => bob((session) => session.use(Secrets).updateWhere(where, { body: 'x' })))).toBe(
      'DAO_UNBOUNDED',
    )
  })
})
