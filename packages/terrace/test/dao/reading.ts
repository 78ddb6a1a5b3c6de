import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Session } from '../../src/database/index.ts'
import { PortionDao, ProductDao, refusal, refusalOf, TagDao, type Actor, type DaoBench } from './dao-bench.ts'

/** Apple 52, Bread 265 (noted), Cheese 402, Date 282, under one device. */
async function fourProducts(device: Actor) {
  return device.session(async (session) => {
    const [apple, bread, cheese, date] = await session.use(ProductDao).createMany([
      { name: 'Apple', kcal100g: 52 },
      { name: 'Bread', kcal100g: 265, note: 'rye' },
      { name: 'Cheese', kcal100g: 402 },
      { name: 'Date', kcal100g: 282, note: 'a_%' },
    ])
    return { apple, bread, cheese, date } as Record<'apple' | 'bread' | 'cheese' | 'date', { id: string; name: string }>
  })
}

type ListOptions = NonNullable<Parameters<ProductDao['list']>[0]>

const names = async (session: Session, options: ListOptions): Promise<readonly string[]> => {
  const { rows } = await session.use(ProductDao).list(options)
  return rows.map((row) => row.name)
}

export function describeReading(bench: DaoBench): void {
  describe('get', () => {
    test('B3: gives the row with this key, or null', async () => {
      const device = await bench.newDevice()
      const { apple } = await fourProducts(device)
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        expect(await dao.get(apple.id)).toEqual(apple)
        expect(await dao.get(randomUUID())).toBeNull()
      })
    })

    test('B7: two calls at once on one session are refused alike, also where the engine answers before the second is sent', async () => {
      const device = await bench.newDevice()
      const { apple, bread } = await fourProducts(device)
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.get(apple.id)
        const [first, second] = await Promise.allSettled([dao.get(apple.id), dao.get(bread.id)])
        expect(first).toMatchObject({ status: 'fulfilled', value: { name: 'Apple' } })
        expect(second).toMatchObject({ status: 'rejected', reason: { code: 'SESSION_CONCURRENT' } })
        expect(String((second as PromiseRejectedResult).reason)).toContain('A method of a DAO was called while another')
        expect(await dao.get(bread.id)).toMatchObject({ name: 'Bread' })
      })
    })

    test('a key that no row of any engine can have is not found, and the session goes on', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        expect(await session.use(ProductDao).get('not a uuid')).toBeNull()
        expect(await session.use(ProductDao).count()).toBe(0)
      })
    })

    test('a missing key is a mistake, not "no row"', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        expect(await refusalOf(session.use(ProductDao).get(undefined as never))).toMatchObject({
          code: 'DAO_UNDEFINED',
        })
        expect(await refusalOf(session.use(TagDao).get({ productId: randomUUID() } as never))).toMatchObject({
          code: 'DAO_UNDEFINED',
        })
      })
    })

    test('a composite key is an object of its columns', async () => {
      const device = await bench.newDevice()
      const { apple } = await fourProducts(device)
      await device.session(async (session) => {
        const dao = session.use(TagDao)
        const tag = await dao.create({ productId: apple.id, label: 'fruit' })
        expect(await dao.get({ productId: apple.id, label: 'fruit' })).toEqual({ ...tag, weight: 1 })
        expect(await dao.get({ productId: apple.id, label: 'nut' })).toBeNull()
      })
    })

    test('gives only the columns asked for', async () => {
      const device = await bench.newDevice()
      const { apple } = await fourProducts(device)
      await device.session(async (session) => {
        expect(await session.use(ProductDao).get(apple.id, { fields: ['name', 'kcal100g'] })).toEqual({
          name: 'Apple',
          kcal100g: 52,
        })
      })
    })

    test('D4: another device’s row is not found', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const { apple } = await fourProducts(device)
      await other.session(async (session) => {
        expect(await session.use(ProductDao).get(apple.id)).toBeNull()
        expect(await session.use(ProductDao).list({ total: true })).toEqual({ rows: [], total: 0, next: null })
      })
    })
  })

  describe('find', () => {
    test('B3: gives the row by a unique column of its owner', async () => {
      const device = await bench.newDevice()
      const { bread } = await fourProducts(device)
      await device.session(async (session) => {
        expect(await session.use(ProductDao).find({ name: 'Bread' })).toEqual(bread)
        expect(await session.use(ProductDao).find({ name: 'Nothing' })).toBeNull()
        expect(await session.use(ProductDao).find({ name: 'Bread' }, { fields: ['kcal100g'] })).toEqual({
          kcal100g: 265,
        })
      })
    })

    test('refuses columns that more than one row may share', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const error = await refusal(session.use(ProductDao).find({ kcal100g: 1 }))
        expect(error.code).toBe('DAO_NOT_UNIQUE')
        expect(error.remedy).toContain('id; name')
        // Unique within a product, so the product must be named.
        expect(await refusalOf(session.use(PortionDao).find({ name: 'x' }))).toMatchObject({ code: 'DAO_NOT_UNIQUE' })
      })
      await bench.unscoped(async (session) => {
        // Without a scope many owners have such a row.
        expect(await refusalOf(session.use(ProductDao).find({ name: 'Bread' }))).toMatchObject({
          code: 'DAO_NOT_UNIQUE',
        })
        expect(await session.use(ProductDao).find({ name: 'Bread', deviceId: 'nobody' })).toBeNull()
      })
    })
  })

  describe('list', () => {
    test.each<[string, ListOptions, readonly string[]]>([
      ['a value', { where: { name: 'Apple' } }, ['Apple']],
      ['null', { where: { note: null } }, ['Apple', 'Cheese']],
      ['not null', { where: { note: { not: null } } }, ['Bread', 'Date']],
      ['isNull', { where: { note: { isNull: false } } }, ['Bread', 'Date']],
      ['not a value, which leaves null out', { where: { note: { not: 'rye' } } }, ['Date']],
      ['a range', { where: { kcal100g: { gt: 52, lte: 282 } } }, ['Bread', 'Date']],
      ['both ends', { where: { kcal100g: { gte: 52, lt: 282 } } }, ['Apple', 'Bread']],
      ['a list', { where: { name: { in: ['Apple', 'Date', 'Nothing'] } } }, ['Apple', 'Date']],
      ['an empty list, which holds nothing', { where: { name: { in: [] } } }, []],
      ['not in a list', { where: { name: { notIn: ['Apple', 'Date'] } } }, ['Bread', 'Cheese']],
      [
        'not in an empty list, which leaves all',
        { where: { name: { notIn: [] } } },
        ['Apple', 'Bread', 'Cheese', 'Date'],
      ],
      ['a part of a text', { where: { name: { contains: 'e' } } }, ['Apple', 'Bread', 'Cheese', 'Date']],
      ['a beginning', { where: { name: { startsWith: 'Da' } } }, ['Date']],
      ['a part with what would be wildcards', { where: { note: { contains: '_%' } } }, ['Date']],
      ['any of', { where: { or: [{ name: 'Apple' }, { kcal100g: { gt: 400 } }] } }, ['Apple', 'Cheese']],
      ['any of nothing', { where: { or: [] } }, []],
      ['all of', { where: { and: [{ kcal100g: { gt: 100 } }, { note: null }] } }, ['Cheese']],
      ['not', { where: { not: { name: { in: ['Apple', 'Bread'] } } } }, ['Cheese', 'Date']],
      ['deeper', { where: { note: null, not: { or: [{ name: 'Apple' }, { and: [{ name: 'Bread' }] }] } } }, ['Cheese']],
      [
        'a contradiction beside a page',
        { where: { name: 'Apple', id: { in: [] } }, page: { limit: 1, offset: 1 } },
        [],
      ],
    ])('where: %s', async (_, options, expected) => {
      const device = await bench.newDevice()
      await fourProducts(device)
      await device.session(async (session) => {
        expect(await names(session, { sort: ['name'], ...options })).toEqual(expected)
        expect(await session.use(ProductDao).count(options.where)).toBe(
          options.page === undefined ? expected.length : 0,
        )
        expect(await session.use(ProductDao).exists(options.where ?? {})).toBe(expected.length > 0)
      })
    })

    test('sorts by the terms given, then by the key, so that pages never overlap', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        await dao.createMany(Array.from({ length: 9 }, (_, at) => ({ name: `p${at}`, kcal100g: at % 2 })))
        const whole = await names(session, { sort: ['-kcal100g'] })
        const pages = await Promise.resolve([1, 2, 3, 4]).then(async (numbers) => {
          const found: string[] = []
          for (const page of numbers)
            found.push(...(await names(session, { sort: ['-kcal100g'], page: { page, pageSize: 3 } })))
          return found
        })
        expect(pages).toEqual(whole)
        expect(whole).toEqual(['p1', 'p3', 'p5', 'p7', 'p0', 'p2', 'p4', 'p6', 'p8'])
      })
    })

    test('rows that are equal in all terms stand in the order of their keys, however they came', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const ids = Array.from({ length: 6 }, () => randomUUID())
        await dao.createMany(ids.map((id, at) => ({ id, name: `p${at}`, kcal100g: 1 })))
        const sorted = ids.toSorted()
        const listed = async (...sort: NonNullable<ListOptions['sort']>): Promise<readonly string[]> =>
          (await dao.list({ sort })).rows.map(({ id }) => id)
        expect(await listed()).toEqual(sorted)
        expect(await listed('kcal100g')).toEqual(sorted)
        expect(await listed('-kcal100g')).toEqual(sorted)
        expect(await listed('kcal100g', '-id')).toEqual(sorted.toReversed())
      })
    })

    test('NULL sorts first, on every engine', async () => {
      const device = await bench.newDevice()
      await fourProducts(device)
      await device.session(async (session) => {
        expect(await names(session, { sort: ['note', 'name'] })).toEqual(['Apple', 'Cheese', 'Date', 'Bread'])
        expect(await names(session, { sort: ['-note', 'name'] })).toEqual(['Bread', 'Date', 'Apple', 'Cheese'])
      })
    })

    test('A4: counts all pages only when asked, and only when the page does not say it', async () => {
      const device = await bench.newDevice()
      await fourProducts(device)
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const first = await dao.list({ page: { limit: 3 }, total: true })
        expect([first.rows.length, first.total]).toEqual([3, 4])
        expect((await dao.list({ page: { limit: 3, offset: 3 }, total: true })).total).toBe(4)
        expect((await dao.list({ page: { limit: 3, offset: 9 }, total: true })).total).toBe(4)
        expect((await dao.list({ page: { limit: 0 }, total: true })).total).toBe(4)
        expect((await dao.list({ page: { limit: 3 } })).total).toBeNull()
      })
      const sent = await bench.statementsOf(device, (session) =>
        session.use(ProductDao).list({ page: { limit: 9 }, total: true }),
      )
      expect(sent).toHaveLength(1)
    })

    test('refuses what it does not know, with the nearest right name', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const list = (options: object): Promise<unknown> => session.use(ProductDao).list(options)
        expect((await refusal(list({ where: { nmae: 'x' } }))).message).toContain('did you mean name')
        expect((await refusal(list({ sort: ['-nmae'] }))).code).toBe('DAO_UNKNOWN')
        expect((await refusal(list({ fields: ['nmae'] }))).code).toBe('DAO_UNKNOWN')
        expect((await refusal(list({ wher: {} }))).message).toContain('did you mean where')
        expect((await refusal(list({ where: { kcal100g: { contains: '1' } } }))).code).toBe('DAO_OPERATOR')
        expect((await refusal(list({ where: { or: { name: 'x' } } }))).code).toBe('DAO_CONDITION')
        expect((await refusal(list({ page: { page: 0, pageSize: 3 } }))).code).toBe('DAO_PAGE')
      })
    })

    test('undefined anywhere in a condition is refused, never "all rows"', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ProductDao)
        const wheres = [
          undefined,
          { name: undefined },
          { name: { in: [undefined] } },
          { or: [undefined] },
          { not: undefined },
        ]
        for (const where of wheres) expect((await refusal(dao.list({ where } as never))).code).toBe('DAO_UNDEFINED')
        expect((await refusal(dao.find({ name: undefined } as never))).code).toBe('DAO_UNDEFINED')
        expect((await refusal(dao.updateWhere({ name: undefined } as never, { note: 'x' }))).code).toBe('DAO_UNDEFINED')
      })
    })

    test('a value that is not of the column’s type is refused before an engine sees it', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const list = (where: object): Promise<unknown> => session.use(ProductDao).list({ where })
        expect(await refusalOf(list({ kcal100g: '52' }))).toEqual({
          code: 'VALIDATION',
          fields: ['kcal100g'],
          issues: ['/kcal100g TYPE'],
        })
        expect(await refusalOf(list({ id: { in: ['x'] } }))).toMatchObject({ code: 'VALIDATION', fields: ['id'] })
        // Rules of the column are no rules for a filter.
        expect(await names(session, { where: { kcal100g: { lt: 5000 } } })).toEqual([])
      })
    })

    test('many values in a list are one statement', async () => {
      const device = await bench.newDevice()
      const { apple } = await fourProducts(device)
      await device.session(async (session) => {
        const ids = Array.from({ length: 700 }, () => randomUUID())
        expect(await names(session, { where: { id: { in: [...ids, apple.id] } } })).toEqual(['Apple'])
      })
    })
  })
}
