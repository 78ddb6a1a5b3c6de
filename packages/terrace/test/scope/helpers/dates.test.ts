import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { datePart, dateTrunc } from '../../../src/dao/index.ts'
import { dateParts, dateUnits, type DatePart, type DateUnit } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { ann, ben, families, SampleDao, useSamples, type Samples } from './samples.ts'

const dayMs = 86_400_000

/** What JavaScript says of an instant, in UTC: its own calendar, and weeks counted from the Thursday that they are named by. */
const partOf: { readonly [K in DatePart]: (at: Date) => number } = {
  year: (at) => at.getUTCFullYear(),
  quarter: (at) => Math.floor(at.getUTCMonth() / 3) + 1,
  month: (at) => at.getUTCMonth() + 1,
  day: (at) => at.getUTCDate(),
  hour: (at) => at.getUTCHours(),
  minute: (at) => at.getUTCMinutes(),
  second: (at) => at.getUTCSeconds(),
  isoYear: (at) => thursdayOf(at).getUTCFullYear(),
  isoWeek: (at) => {
    const thursday = thursdayOf(at)
    return Math.floor((thursday.getTime() - yearBegin(thursday)) / dayMs / 7) + 1
  },
  isoDayOfWeek: (at) => weekday(at) + 1,
  dayOfYear: (at) => Math.floor((at.getTime() - yearBegin(at)) / dayMs) + 1,
}

const weekday = (at: Date): number => (at.getUTCDay() + 6) % 7
const midnight = (at: Date): number => Math.floor(at.getTime() / dayMs) * dayMs
const thursdayOf = (at: Date): Date => new Date(midnight(at) + (3 - weekday(at)) * dayMs)
const yearBegin = (at: Date): number => Date.parse(`${at.toISOString().slice(0, 4)}-01-01T00:00:00Z`)

const beginOf: { readonly [K in DateUnit]: (at: Date) => Date } = {
  year: (at) => new Date(yearBegin(at)),
  quarter: (at) => {
    const month = String(Math.floor(at.getUTCMonth() / 3) * 3 + 1).padStart(2, '0')
    return new Date(`${at.toISOString().slice(0, 5)}${month}-01T00:00:00Z`)
  },
  month: (at) => new Date(`${at.toISOString().slice(0, 7)}-01T00:00:00Z`),
  isoWeek: (at) => new Date(midnight(at) - weekday(at) * dayMs),
  day: (at) => new Date(midnight(at)),
  hour: (at) => new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000),
  minute: (at) => new Date(Math.floor(at.getTime() / 60_000) * 60_000),
  second: (at) => new Date(Math.floor(at.getTime() / 1000) * 1000),
}

const edges = [
  '0001-01-01T00:00:00.000Z',
  '0099-12-31T23:59:59.999Z',
  '1582-10-10T12:00:00.000Z',
  '1899-12-31T23:59:59.999Z',
  '1900-02-28T23:59:59.999Z',
  '1969-12-31T23:59:59.999Z',
  '1970-01-01T00:00:00.000Z',
  '2000-02-29T00:00:00.001Z',
  '2004-12-31T23:59:59.999Z',
  // The 53rd week of 2004, the first of 2008 in 2007, the last of 2009 in 2010.
  '2005-01-02T23:59:59.999Z',
  '2007-12-31T00:00:00.000Z',
  '2010-01-03T12:34:56.789Z',
  '2020-12-31T23:59:59.999Z',
  '2021-01-03T00:00:00.000Z',
  '2024-02-29T23:59:59.500Z',
  '2024-12-31T23:59:59.999Z',
  '2100-02-28T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
].map((text) => new Date(text))

const first = Date.parse('0001-01-01T00:00:00Z')
const last = Date.parse('9999-12-31T23:59:59.999Z')
const seed = Number(process.env['TERRACE_SEED'] ?? Date.now() % 1_000_000)
const drawn = fc.sample(fc.integer({ min: first, max: last }), { numRuns: 150, seed }).map((ms) => new Date(ms))
const instants = [...edges, ...drawn]

const microseconds = (at: Date): string => `${at.toISOString().slice(0, -1)}999Z`
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const isOfDay = (unit: string): boolean => unit !== 'hour' && unit !== 'minute' && unit !== 'second'

async function fill({ as }: Samples): Promise<void> {
  await as(ann, async (session) => {
    const dao = session.use(SampleDao)
    await dao.createMany(instants.map((at, no) => ({ no, at, exactly: microseconds(at), day: dayOf(at) })))
    await dao.create({ no: -1 })
    await dao.create({ no: -2, at: new Date(0) })
    await dao.deleteWhere({ no: -2 })
  })
  await as(ben, (session) => session.use(SampleDao).create({ no: -3, at: new Date(0) }))
}

describeEngines(
  `parts and beginnings of dates, seed ${seed} (X1)`,
  (engine) => {
    const opened = useSamples(engine, fill)

    test.each(dateParts)('%s is what the calendar says', async (part) => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              datePart(part, eb.ref('at')).as('at'),
              datePart(part, eb.ref('exactly')).as('exactly'),
              datePart(isOfDay(part) ? part : 'day', eb.ref('day')).as('day'),
            ])
            .orderBy('no'),
        ),
      )
      const missing = { at: null, exactly: null, day: null }
      expect(found).toEqual([
        missing,
        ...instants.map((at) => {
          const expected = partOf[part](at)
          return { at: expected, exactly: expected, day: isOfDay(part) ? expected : at.getUTCDate() }
        }),
      ])
    })

    test.each(dateUnits)('the beginning of the %s is a value of the same type', async (unit) => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              dateTrunc(unit, eb.ref('at')).as('at'),
              dateTrunc(unit, eb.ref('exactly')).as('exactly'),
              dateTrunc(isOfDay(unit) ? unit : 'day', eb.ref('day')).as('day'),
            ])
            .orderBy('no'),
        ),
      )
      expect(found).toEqual([
        { at: null, exactly: null, day: null },
        ...instants.map((instant) => {
          const at = beginOf[unit](instant)
          return { at, exactly: `${at.toISOString().slice(0, -1)}000Z`, day: dayOf(isOfDay(unit) ? at : instant) }
        }),
      ])
    })

    test('are compared, sorted, grouped and cut again', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              dateTrunc('month', dateTrunc('hour', eb.ref('at'))).as('month'),
              eb.fn.countAll<number>().as('count'),
              eb.fn.max(datePart('day', eb.ref('at'))).as('last'),
            ])
            .where((eb) =>
              eb.and([
                eb(dateTrunc('year', eb.ref('at')), '=', new Date('2024-01-01T00:00:00Z')),
                eb(datePart('isoDayOfWeek', eb.ref('at')), 'in', [2, 4]),
                eb('no', '<', edges.length),
              ]),
            )
            .groupBy('month')
            .orderBy('month', 'desc'),
        ),
      )
      expect(found).toEqual([
        { month: new Date('2024-12-01T00:00:00Z'), count: 1, last: 31 },
        { month: new Date('2024-02-01T00:00:00Z'), count: 1, last: 29 },
      ])
    })

    test('are grouped by as they are, without a name', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => eb.fn.countAll<number>().as('count'))
            .where('no', '<', edges.length)
            .where('no', '>=', 0)
            .groupBy((eb) => datePart('quarter', eb.ref('at')))
            .orderBy('count'),
        ),
      )
      const quarters = Object.values(Object.groupBy(edges, (at) => partOf.quarter(at)))
      expect(found.map(({ count }) => count)).toEqual(
        quarters.map((of) => of?.length).toSorted((a, b) => (a ?? 0) - (b ?? 0)),
      )
    })

    test('count rows of the session’s owner alone, and none of the trash', async () => {
      const count = (scope: typeof ann) =>
        opened().as(scope, (session) =>
          session.use(SampleDao).select((query) =>
            query
              .clearSelect()
              .select((eb) => eb.fn.countAll<number>().as('count'))
              .where((eb) => eb(datePart('year', eb.ref('at')), '=', 1970))
              .where('no', '<', edges.length),
          ),
        )
      expect([await count(ann), await count(ben)]).toEqual([[{ count: 1 }], [{ count: 1 }]])
    })
  },
  families,
)

describe('the calendar of these tests', () => {
  test.each([
    ['2005-01-02', 53],
    ['2007-12-31', 1],
    ['2021-01-03', 53],
    ['2026-01-01', 1],
  ])('has the week that is known of %s', (day, week) => {
    expect(partOf.isoWeek(new Date(`${day}T12:00:00Z`))).toBe(week)
  })
})
