import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Session } from '../../src/database/index.ts'
import { EntryDao, ProductDao, refusal, refusalOf, SampleDao, type DaoBench } from './dao-bench.ts'

type AnyMethod = (options: object) => Promise<unknown>

/** Each method that takes options, with those that it has. */
const methods: Readonly<
  Record<string, { readonly of: (session: Session) => AnyMethod; readonly names: readonly string[] }>
> = {
  get: {
    of: (session) => (options) => session.use(ProductDao).get(randomUUID(), options),
    names: ['fields', 'include', 'deleted'],
  },
  find: {
    of: (session) => (options) => session.use(ProductDao).find({ id: randomUUID() }, options),
    names: ['fields', 'include'],
  },
  list: {
    of: (session) => (options) => session.use(ProductDao).list(options),
    names: ['fields', 'include', 'deleted', 'where', 'sort', 'page', 'after', 'total'],
  },
  count: { of: (session) => (options) => session.use(ProductDao).count({}, options), names: ['deleted'] },
  exists: { of: (session) => (options) => session.use(ProductDao).exists({}, options), names: ['deleted'] },
  updateWhere: {
    of: (session) => (options) => session.use(ProductDao).updateWhere({ name: 'x' }, {}, options),
    names: ['all'],
  },
  deleteWhere: {
    of: (session) => (options) => session.use(ProductDao).deleteWhere({ name: 'x' }, options),
    names: ['all'],
  },
  upsert: {
    of: (session) => (options) => session.use(ProductDao).upsert({ name: 'x' }, { by: 'name', ...options }),
    names: ['by'],
  },
  purgeDeleted: {
    of: (session) => (options) => session.use(ProductDao).purgeDeleted({ before: new Date(0), ...options }),
    names: ['before', 'limit', 'after'],
  },
  select: {
    of: (session) => (options) => session.use(ProductDao).select((query) => query, options),
    names: ['deleted'],
  },
  query: {
    of: (session) => (options) => session.use(ProductDao).query((db) => db.selectFrom('products').selectAll(), options),
    names: ['deleted', 'all'],
  },
}

/** Something that each option may be. */
const given: Readonly<Record<string, unknown>> = {
  fields: ['name'],
  include: {},
  deleted: 'only',
  where: {},
  sort: ['name'],
  page: { limit: 1 },
  total: true,
  all: true,
  by: 'name',
  before: new Date(0),
  limit: 1,
  after: { id: randomUUID(), deletedAt: new Date(0), key: [randomUUID()] },
}

export function describeRefusing(bench: DaoBench): void {
  describe('options', () => {
    test.each(Object.keys(methods))(
      'of %s: those that it has are taken, others and undefined are refused',
      async (name) => {
        const device = await bench.newDevice()
        const { of, names: known } = methods[name] as (typeof methods)[string]
        await device.session(async (session) => {
          const call = of(session)
          for (const option of known) {
            await call({ [option]: given[option] })
            expect([option, (await refusal(call({ [option]: undefined }))).code]).toEqual([option, 'DAO_UNDEFINED'])
          }
          for (const option of Object.keys(given).filter((each) => !known.includes(each)))
            expect(await refusal(call({ [option]: given[option] }))).toMatchObject({
              code: 'DAO_UNKNOWN',
              values: { name: option },
            })
        })
      },
    )

    test('a query of one’s own reads and writes deleted rows only where it says so', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const { id } = await dao.create({ name: 'gone' })
        await dao.create({ name: 'here' })
        await dao.delete(id)
        const names = (deleted?: 'with' | 'only'): Promise<unknown> =>
          dao.query(
            (db) => db.selectFrom('products').select('name').orderBy('name'),
            deleted === undefined ? {} : { deleted },
          )
        expect(await names()).toEqual([{ name: 'here' }])
        expect(await names('only')).toEqual([{ name: 'gone' }])
        expect(await names('with')).toEqual([{ name: 'gone' }, { name: 'here' }])
      })
    })

    test.each<[string, object, string]>([
      ['a page that is no whole number', { page: { page: 1.5, pageSize: 1 } }, 'page'],
      ['a page before the first', { page: { page: 0, pageSize: 1 } }, 'page'],
      ['a page of nothing', { page: { page: 1, pageSize: 0 } }, 'pageSize'],
      ['a page beyond what numbers count', { page: { page: 2 ** 53, pageSize: 1 } }, 'page'],
      ['a page without its size', { page: { page: 1 } }, 'pageSize'],
      ['a limit below nothing', { page: { limit: -1 } }, 'limit'],
      ['a limit that is a text', { page: { limit: '1' } }, 'limit'],
      ['an offset below nothing', { page: { limit: 1, offset: -1 } }, 'offset'],
      ['no limit', { page: {} }, 'limit'],
    ])('%s is refused', async (_, options, name) => {
      const device = await bench.newDevice()
      const refused = device.session((session) => session.use(ProductDao).list(options))
      expect(await refusal(refused)).toMatchObject({ code: 'DAO_PAGE', values: { name } })
    })

    test('a sort term is a column that engines order alike', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const list = (...sort: unknown[]): Promise<unknown> => session.use(SampleDao).list({ sort } as never)
        expect((await refusal(list('-nmade'))).message).toContain('"nmade"')
        expect((await refusal(list('--made'))).code).toBe('DAO_UNKNOWN')
        expect((await refusal(list(undefined))).code).toBe('DAO_UNDEFINED')
        for (const name of ['json', '-json', 'array'])
          expect(await refusal(list(name))).toMatchObject({
            code: 'DAO_OPERATOR',
            values: { column: name.replace('-', ''), operator: 'sort' },
          })
      })
    })
  })

  describe('conditions', () => {
    test.each<[string, unknown, string, string]>([
      ['a list', [], 'DAO_CONDITION', 'an object of columns is expected'],
      ['a text', 'name', 'DAO_CONDITION', 'an object of columns is expected'],
      ['a date', new Date(0), 'DAO_CONDITION', 'an object of columns is expected'],
      ['bytes', new Uint8Array(), 'DAO_CONDITION', 'an object of columns is expected'],
      ['null', null, 'DAO_CONDITION', 'an object of columns is expected'],
      ['and with one condition', { and: { text: 'x' } }, 'DAO_CONDITION', 'a list of conditions is expected'],
      ['or with one condition', { or: { text: 'x' } }, 'DAO_CONDITION', 'a list of conditions is expected'],
      ['not with a list', { not: [{ text: 'x' }] }, 'DAO_CONDITION', 'an object of columns is expected'],
      ['in with one value', { text: { in: 'x' } }, 'DAO_CONDITION', 'a list of values is expected'],
      ['notIn with one value', { text: { notIn: 'x' } }, 'DAO_CONDITION', 'a list of values is expected'],
      ['isNull with a text', { nothing: { isNull: 'yes' } }, 'DAO_CONDITION', 'true or false is expected'],
      ['isNull with null', { nothing: { isNull: null } }, 'DAO_CONDITION', 'true or false is expected'],
      ['an operator undefined', { text: { not: undefined } }, 'DAO_UNDEFINED', 'text.not'],
      ['isNull undefined', { nothing: { isNull: undefined } }, 'DAO_UNDEFINED', 'nothing.isNull'],
      ['a deep value undefined', { or: [{ not: { text: undefined } }] }, 'DAO_UNDEFINED', 'or[0].not.text'],
      ['a name of another model', { grams: 1 }, 'DAO_UNKNOWN', 'grams'],
      ['a name like a built-in', { toString: 'x' }, 'DAO_UNKNOWN', 'toString'],
      ['an operator that is none', { text: { like: 'x' } }, 'DAO_OPERATOR', 'like'],
      ['an operator like a built-in', { text: { toString: 'x' } }, 'DAO_OPERATOR', 'toString'],
      ['a search in a number', { integer: { startsWith: '1' } }, 'DAO_OPERATOR', 'startsWith'],
      ['an order of yes and no', { boolean: { gt: true } }, 'DAO_OPERATOR', 'gt'],
      ['an order of bytes', { bytes: { lte: new Uint8Array() } }, 'DAO_OPERATOR', 'lte'],
      ['a document by value', { json: 'x' }, 'DAO_OPERATOR', '='],
      ['a document by its parts', { json: { not: 'x' } }, 'DAO_OPERATOR', 'not'],
      ['a list by value', { array: ['x'] }, 'DAO_OPERATOR', '='],
    ])('%s is refused', async (_, where, code, words) => {
      const device = await bench.newDevice()
      const refused = await refusal(device.session((session) => session.use(SampleDao).list({ where } as never)))
      expect(refused.code).toBe(code)
      expect(refused.message).toContain(words)
    })

    test.each<[string, object]>([
      ['gt', { integer: { gt: null } }],
      ['in', { integer: { in: [1, null] } }],
      ['notIn', { integer: { notIn: [null] } }],
      ['contains', { text: { contains: null } }],
    ])('%s with null is refused: it would hold for no row, whichever', async (_, where) => {
      const device = await bench.newDevice()
      const refused = device.session((session) => session.use(SampleDao).list({ where } as never))
      expect(await refusalOf(refused)).toMatchObject({ code: 'VALIDATION', issues: [expect.stringMatching(/ NULL$/)] })
    })

    test('each operator of a column answers by its own', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.createMany([
          { name: 'a', kcal100g: 1 },
          { name: 'ab', kcal100g: 2, note: 'x' },
          { name: 'b', kcal100g: 3, note: 'y' },
        ])
        const names = async (where: object): Promise<string> =>
          (await dao.list({ where, sort: ['name'] })).rows.map(({ name }) => name).join()
        // One after the other in one session: none may be answered by the statement of another.
        expect(await names({ kcal100g: { gt: 2 } })).toBe('b')
        expect(await names({ kcal100g: { gte: 2 } })).toBe('ab,b')
        expect(await names({ kcal100g: { lt: 2 } })).toBe('a')
        expect(await names({ kcal100g: { lte: 2 } })).toBe('a,ab')
        expect(await names({ kcal100g: { not: 2 } })).toBe('a,b')
        expect(await names({ kcal100g: { in: [2] } })).toBe('ab')
        expect(await names({ kcal100g: { notIn: [2] } })).toBe('a,b')
        expect(await names({ name: { contains: 'b' } })).toBe('ab,b')
        expect(await names({ name: { startsWith: 'b' } })).toBe('b')
        expect(await names({ note: { isNull: true } })).toBe('a')
        expect(await names({ note: { isNull: false } })).toBe('ab,b')
        expect(await names({ note: { not: null } })).toBe('ab,b')
        expect(await names({ not: { kcal100g: 2 } })).toBe('a,b')
        expect(await names({ and: [{ name: 'a' }, { kcal100g: 1 }] })).toBe('a')
        expect(await names({ or: [{ name: 'a' }, { kcal100g: 2 }] })).toBe('a,ab')
      })
    })

    test('what holds for every row and what holds for none are told apart, however deep', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.createMany([{ name: 'a' }, { name: 'b' }])
        const none = { id: { in: [] } }
        for (const where of [{ not: none }, { or: [{}, { name: 'a' }] }, { and: [{}, { not: none }] }, { name: {} }]) {
          expect(await dao.count(where)).toBe(2)
          expect((await refusal(dao.updateWhere(where, { note: 'x' }))).code).toBe('DAO_UNBOUNDED')
        }
        for (const where of [
          none,
          { not: {} },
          { and: [{ name: 'a' }, none] },
          { name: 'a', ...none },
          { or: [none, none] },
        ]) {
          expect(await dao.count(where)).toBe(0)
          expect(await dao.updateWhere(where, { note: 'x' })).toBe(0)
          expect(await dao.deleteWhere(where)).toBe(0)
        }
        expect(await dao.count({ or: [none, { name: 'a' }] })).toBe(1)
        expect(await dao.count({ note: 'x' })).toBe(0)
      })
    })

    test('a document is asked only whether it is there', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(SampleDao)
        expect(await dao.count({ json: null } as never)).toBe(0)
        expect(await dao.count({ array: { isNull: false } })).toBe(0)
        expect(await dao.count({ bytes: { in: [new Uint8Array([1])] }, boolean: { not: true } })).toBe(0)
      })
    })
  })

  describe('what is in the trash', () => {
    test('is no part of a total, unless it is asked for, and an empty patch does not find it', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const [gone] = await dao.createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
        const id = gone?.id as string
        await dao.delete(id)
        const total = async (options: object): Promise<number | null> =>
          (await dao.list({ page: { limit: 1 }, total: true, ...options })).total
        expect([await total({}), await total({ deleted: 'with' }), await total({ deleted: 'only' })]).toEqual([2, 3, 1])
        expect(await dao.update(id, {})).toBeNull()
        expect(await dao.update(id, { note: 'x' })).toBeNull()
      })
    })

    test('is not deleted again, changed or counted by a condition', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const { id: productId } = await session.use(ProductDao).create({ name: 'y' })
        const made = [
          await session.use(ProductDao).create({ name: 'x' }),
          await session.use(EntryDao).create({ productId, grams: 1 }),
        ]
        // Nothing refers to an entry, so that it is deleted by one statement alone.
        for (const [at, dao] of [session.use(ProductDao), session.use(EntryDao) as unknown as ProductDao].entries()) {
          const id = made[at]?.id as string
          const deleted = await dao.delete(id)
          await new Promise((resolve) => setTimeout(resolve, 2))
          expect(await dao.deleteWhere({ id })).toBe(0)
          expect(await dao.updateWhere({ id }, {})).toBe(0)
          expect(await dao.count({ id })).toBe(0)
          expect(await dao.exists({ id })).toBe(false)
          expect(await dao.get(id, { deleted: 'with' })).toEqual(deleted)
        }
      })
    })
  })
}
