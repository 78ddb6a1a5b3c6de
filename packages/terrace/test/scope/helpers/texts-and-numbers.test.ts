import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ceil,
  concat,
  contains,
  countWhere,
  floor,
  greatest,
  least,
  round,
  search,
  startsWith,
  textLength,
} from '../../../src/dao/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { ann, ben, families, SampleDao, useSamples, type Samples } from './samples.ts'

const seed = Number(process.env['TERRACE_SEED'] ?? Date.now() % 1_000_000)
const alphabet = fc.constantFrom('a', 'A', 'ä', 'ß', '😀', '%', '_', '\\', "'", '"', ' ', '.', 'e\u0301', '\n')
const words = fc.sample(fc.string({ unit: alphabet, maxLength: 6 }), { numRuns: 40, seed })
const texts = ['', ' ', 'a', 'a ', 'Ann', '100%', 'a_b', '\\', '😀😀', 'ÄPFEL', 'straße', ...words]
const halves = [-2.5, -1.5, -0.5, 0, 0.5, 1.5, 2.5, 0.1 + 0.2, 1e15 + 0.5, -1e300, 4.999999999999999, 1e-300]
const numbers = [...halves, ...fc.sample(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { numRuns: 40, seed })]

async function fill({ as }: Samples): Promise<void> {
  const rows = Array.from({ length: Math.max(texts.length, numbers.length) }, (_, no) => ({
    no,
    body: texts[no] ?? null,
    name: texts[no] ?? null,
    ratio: numbers[no] ?? null,
    kind: no % 2 === 0 ? ('small' as const) : ('large' as const),
  }))
  await as(ann, async (session) => {
    const dao = session.use(SampleDao)
    await dao.createMany(rows)
    await dao.createMany([{ no: -1 }, { no: -2, kind: 'small', body: 'gone' }])
    await dao.deleteWhere({ no: -2 })
  })
  await as(ben, (session) => session.use(SampleDao).create({ no: 0, kind: 'small', body: 'of Ben' }))
}

describeEngines(
  `texts and numbers in queries, seed ${seed} (X1)`,
  (engine) => {
    const opened = useSamples(engine, fill)

    /** Of every row, in the order of their numbers, the one that is empty first. */
    const rows = () => opened().samples(async (dao) => (await dao.list({ sort: ['no'] })).rows)

    test('a text is found literally, with case where the column has it', async () => {
      for (const part of ['', 'a', 'A', '%', '_', '\\', '😀', 'ä', ' ', "'", 'nn', texts.at(-1) ?? '']) {
        const found = await opened().samples((dao) =>
          dao.select((query) =>
            query
              .clearSelect()
              .select((eb) => [
                contains(eb.ref('body'), part).as('contains'),
                startsWith(eb.ref('body'), part).as('starts'),
                contains(eb.ref('body'), eb.ref('body')).as('itself'),
                contains(eb.val(`<${part}>`), part).as('value'),
              ])
              .orderBy('no'),
          ),
        )
        expect(found).toEqual(
          (await rows()).map(({ body }) => ({
            contains: body === null ? null : body.includes(part),
            starts: body === null ? null : body.startsWith(part),
            itself: body === null ? null : true,
            value: true,
          })),
        )
      }
    })

    test('a text is found without case where the column ignores it', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select('name')
            .where((eb) => eb.or([contains(eb.ref('name'), 'PF'), startsWith(eb.ref('name'), 'aNN')]))
            .where('no', '<', 11)
            .orderBy('no'),
        ),
      )
      expect(found).toEqual([{ name: 'Ann' }, { name: 'ÄPFEL' }])
    })

    test('texts are joined, null where one is; their length counts code points', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              concat(eb.ref('body'), '–', eb.ref('kind')).as('joined'),
              concat('a', eb.val('b')).as('values'),
              textLength(eb.ref('body')).as('length'),
              textLength(concat(eb.ref('body'), '😀')).as('longer'),
            ])
            .orderBy('no'),
        ),
      )
      expect(found).toEqual(
        (await rows()).map(({ body, kind }) => ({
          joined: body === null || kind === null ? null : `${body}–${kind}`,
          values: 'ab',
          length: body === null ? null : [...body].length,
          longer: body === null ? null : [...body].length + 1,
        })),
      )
    })

    test('floats are rounded as JavaScript rounds them, halves upwards', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              floor(eb.ref('ratio')).as('floor'),
              ceil(eb.ref('ratio')).as('ceil'),
              round(eb.ref('ratio')).as('round'),
              round(eb('no', '/', 2)).as('half'),
            ])
            .orderBy('no'),
        ),
      )
      // The sign of nought is not kept by every engine.
      const plain = (value: number | null) => (value === null ? null : value + 0)
      expect(found.map((row) => Object.values(row).map(plain))).toEqual(
        (await rows()).map(({ ratio, no }) => [
          plain(ratio === null ? null : Math.floor(ratio)),
          plain(ratio === null ? null : Math.ceil(ratio)),
          plain(ratio === null ? null : Math.floor(ratio + 0.5)),
          plain(Math.floor(no / 2 + 0.5)),
        ]),
      )
    })

    test('the greater and the lesser of two values, null where one is', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              greatest(eb.ref('ratio'), eb.val(0.5)).as('more'),
              least(eb.ref('body'), eb.val('b')).as('first'),
              least(eb.ref('no'), eb.val(1)).as('few'),
            ])
            .orderBy('no'),
        ),
      )
      const codePoints = (one: string, other: string) =>
        Buffer.from(one).compare(Buffer.from(other)) <= 0 ? one : other
      expect(found).toEqual(
        (await rows()).map(({ ratio, body, no }) => ({
          more: ratio === null ? null : Math.max(ratio, 0.5),
          first: body === null ? null : codePoints(body, 'b'),
          few: Math.min(no, 1),
        })),
      )
    })

    test('rows are counted by a condition, over a group and over a window, of one owner and alive', async () => {
      const counted = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              countWhere(eb, eb('kind', '=', 'small')).as('small'),
              countWhere(eb, contains(eb.ref('body'), 'gone')).as('gone'),
              countWhere(eb, contains(eb.ref('body'), 'Ben')).as('of Ben'),
              eb.fn.sum<number>('no').filterWhere('kind', '=', 'large').as('sum'),
            ]),
        ),
      )
      const all = await rows()
      const large = all.filter(({ kind }) => kind === 'large')
      expect(counted).toEqual([
        {
          small: all.filter(({ kind }) => kind === 'small').length,
          gone: 0,
          'of Ben': 0,
          sum: large.reduce((sum, { no }) => sum + no, 0),
        },
      ])
      const running = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              'no',
              countWhere(eb, eb('kind', '=', 'small'))
                .over((over) => over.orderBy('no'))
                .as('until'),
              eb.fn
                .sum<number>('no')
                .over((over) => over.partitionBy('kind').orderBy('no'))
                .as('running'),
            ])
            .orderBy('no'),
        ),
      )
      expect(running).toEqual(
        all.map(({ no, kind }) => {
          const before = all.filter((row) => row.no <= no)
          return {
            no,
            until: before.filter((row) => row.kind === 'small').length,
            running: before.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.no, 0),
          }
        }),
      )
    })

    test('words are searched where the engine searches by columns alone; elsewhere the way out is said', async () => {
      const searched = opened()
        .samples((dao) =>
          dao.select((query) =>
            query
              .clearSelect()
              .select('no')
              .where((eb) => search([eb.ref('body'), eb.ref('kind')], 'ann -large')),
          ),
        )
        .catch((error: { readonly code: string; readonly remedy: string }) => [error.code, error.remedy])
      const remedy = 'Use contains() for each word, or keep the words in a model of their own'
      expect(await searched).toEqual(engine.name === 'postgres' ? [{ no: 4 }] : ['SCOPE_UNSUPPORTED', remedy])
    })
  },
  families,
)
