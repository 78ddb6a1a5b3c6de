import { sample, string } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../src/connect/index.ts'
import { Dao, type ModelDao } from '../src/dao/index.ts'
import { unscoped, type Database } from '../src/database/index.ts'
import {
  graph,
  integer,
  model,
  text,
  type BoundModel,
  type Column,
  type ColumnFact,
  type ColumnKind,
} from '../src/model/index.ts'
import { valueSamples, type Samples } from '../src/testing/contract/value-samples.ts'
import { describeEngines } from './support/describe-engines.ts'
import { naughtyStrings, noNaughtyStrings } from './support/naughty-strings.ts'
import { ValueArbiter, type Operator } from './support/value-arbiter.ts'

const seed = Number(process.env['TERRACE_TEST_SEED'] ?? Date.now() % 2 ** 31)

const randomTexts = sample(string({ unit: 'binary', maxLength: 50 }), { numRuns: 100, seed }).filter(
  (value) => value.isWellFormed() && !value.includes('\0'),
)
// Sorting compares whole texts, also where they begin alike for longer than an engine keeps of each by default.
const longTexts = ['c', 'a', 'b', '😀', '\uffff'].map((end) => 'x'.repeat(3_000) + end)
const naughty = naughtyStrings()

// A numbered key is the whole key of its table and never null.
const { identity: _, ...columnSamples } = valueSamples

const samples: Readonly<Record<string, Samples>> = {
  ...columnSamples,
  'long text': { column: text(), values: longTexts },
  [`random text, TERRACE_TEST_SEED=${seed}`]: { column: text().length(0, 50), values: randomTexts },
  ...(noNaughtyStrings === null ? naughtySamples() : {}),
}

function naughtySamples(): Readonly<Record<string, Samples>> {
  const short = naughty.filter((value) => [...value].length <= 50)
  return {
    'naughty text': { column: text(), values: naughty },
    'naughty text(50)': { column: text().length(0, 50), values: short },
  }
}

test.skipIf(noNaughtyStrings !== null)(`naughty strings ${noNaughtyStrings ?? 'take part'}`, () => {
  expect(naughty.length).toBeGreaterThan(500)
})

interface ValueRow {
  readonly id: number
  readonly value: unknown
}

/** The DAO of a table `{ id, value }` whose column's type the compiler does not know. */
interface ValueDao {
  create(row: ValueRow): Promise<ValueRow>
  createMany(rows: readonly ValueRow[]): Promise<readonly ValueRow[]>
  get(id: number): Promise<ValueRow | null>
  list(options: { readonly where?: object; readonly sort?: readonly string[] }): Promise<{ readonly rows: ValueRow[] }>
  select: ModelDao<BoundModel>['select']
}

interface Case {
  readonly name: string
  readonly kind: ColumnKind
  readonly arbiter: ValueArbiter
  readonly model: BoundModel
  /** The same column under a unique rule; null for types that no engine or not every engine has one for. */
  readonly unique: BoundModel | null
}

type AnyColumn = Column & { nullable(): AnyColumn; unique(options: { global: boolean }): AnyColumn }

const withoutUnique: readonly ColumnKind[] = ['json', 'array', 'bytes', 'float']
const isUniquable = (name: string, { column }: Samples): boolean => {
  const { type } = column.spec
  return !withoutUnique.includes(type.kind) && !(type.kind === 'text' && type.maxLength === null) && name !== 'boolean'
}

function declareCases(): readonly Case[] {
  const entries = Object.entries(samples)
  const id = integer().primaryKey()
  const models = entries.flatMap(([name, given], at) => {
    const value = (given.column as AnyColumn).nullable()
    const plain = [`Values${at}`, model(`values_${at}`, { id, value })] as const
    if (!isUniquable(name, given)) return [plain]
    return [plain, [`Uniques${at}`, model(`uniques_${at}`, { id, value: value.unique({ global: true }) })] as const]
  })
  const bound = graph(Object.fromEntries(models)) as Readonly<Record<string, BoundModel>>
  return entries.map(([name, { values }], at) => {
    const plain = bound[`Values${at}`] as BoundModel
    const fact = plain.fact.column['value'] as ColumnFact
    // Some values twice, so that equal ones meet, and NULL in the midst.
    const arbiter = new ValueArbiter(fact, [...values, null, ...values.slice(0, 5), null])
    return { name, kind: fact.type.kind, arbiter, model: plain, unique: bound[`Uniques${at}`] ?? null }
  })
}

const cases = declareCases()
const models = Object.fromEntries(
  cases
    .flatMap(({ model: plain, unique }) => [plain, ...(unique === null ? [] : [unique])])
    .map((bound) => [bound.name, bound]),
)

const equality: readonly Operator[] = ['equals', 'not']
const operatorsFor = (kind: ColumnKind): readonly Operator[] =>
  kind === 'boolean' || kind === 'bytes' ? equality : [...equality, 'gt', 'gte', 'lt', 'lte']

const idsOf = ({ rows }: { readonly rows: readonly ValueRow[] }): readonly number[] => rows.map(({ id }) => id)

/** Each value of a small set; of the large ones, whose values are much alike for an engine, some spread evenly. */
function probesOf<T>(values: readonly T[]): readonly T[] {
  const step = values.length <= 60 ? 1 : Math.ceil(values.length / 15)
  return values.filter((__, at) => at % step === 0)
}

describeEngines('values', (engine) => {
  let db: Database
  const withDao = <R>(bound: BoundModel, work: (dao: ValueDao) => Promise<R>): Promise<R> =>
    db.session(unscoped('value suite'), (session) => work(new (Dao(bound))(session) as unknown as ValueDao))

  beforeAll(async () => {
    db = await openDatabase((await engine.fresh()).url, { models })
    for (const { model: plain, arbiter } of cases) await withDao(plain, (dao) => dao.createMany(arbiter.rows))
  })
  afterAll(() => db.close())

  describe.each(cases)('of $name', ({ model: plain, arbiter }) => {
    test('come back as they were written', async () => {
      await withDao(plain, async (dao) => {
        expect((await dao.list({})).rows).toEqual(arbiter.rows)
        for (const row of arbiter.rows.slice(0, 3)) expect(await dao.get(row.id)).toEqual(row)
      })
    })

    test('are NULL or not', async () => {
      await withDao(plain, async (dao) => {
        expect(idsOf(await dao.list({ where: { value: null } }))).toEqual(arbiter.withNull(true))
        expect(idsOf(await dao.list({ where: { value: { isNull: false } } }))).toEqual(arbiter.withNull(false))
      })
    })
  })

  describe.each(cases.filter(({ arbiter }) => arbiter.isComparable))('of $name', ({ kind, model: plain, arbiter }) => {
    const known = arbiter.rows.map(({ value }) => value).filter((value) => value !== null)

    test('are in the order of the model, NULL first ascending and last descending', async () => {
      await withDao(plain, async (dao) => {
        expect(idsOf(await dao.list({ sort: ['value'] }))).toEqual(arbiter.sorted('asc'))
        expect(idsOf(await dao.list({ sort: ['-value'] }))).toEqual(arbiter.sorted('desc'))
      })
    })

    test('compare as in the model', async () => {
      await withDao(plain, async (dao) => {
        for (const probe of probesOf(known)) {
          for (const operator of operatorsFor(kind)) {
            const where = { value: operator === 'equals' ? probe : { [operator]: probe } }
            const found = { operator, probe, ids: idsOf(await dao.list({ where })) }
            expect(found).toEqual({ operator, probe, ids: arbiter.matching(operator, probe) })
          }
        }
      })
    })

    test('are in a list or not', async () => {
      const some = known.filter((__, at) => at % 3 === 0)
      await withDao(plain, async (dao) => {
        expect(idsOf(await dao.list({ where: { value: { in: some } } }))).toEqual(arbiter.within(some))
        expect(idsOf(await dao.list({ where: { value: { notIn: some } } }))).toEqual(arbiter.within(some, true))
      })
    })

    test('are told apart by DISTINCT', async () => {
      await withDao(plain, async (dao) => {
        const found = await dao.select((query) =>
          query.clearSelect().select('value').distinct().where('value', 'is not', null).orderBy('value'),
        )
        expect(found.map((row) => (row as ValueRow).value)).toEqual(arbiter.distinct())
      })
    })
  })

  describe.each(cases.filter(({ kind }) => kind === 'text'))('of $name', ({ model: plain, arbiter }) => {
    test('are found by a part, literally', async () => {
      const parts = arbiter.rows.map(({ value }) => value).filter((value) => typeof value === 'string')
      await withDao(plain, async (dao) => {
        for (const part of probesOf(parts)) {
          for (const where of ['contains', 'startsWith'] as const) {
            const found = { where, part, ids: idsOf(await dao.list({ where: { value: { [where]: part } } })) }
            expect(found).toEqual({ where, part, ids: arbiter.finding(where, part) })
          }
        }
      })
    })
  })

  describe.each(cases.filter(({ unique }) => unique !== null))('of $name', ({ unique, arbiter }) => {
    test('are unique where they differ at all, and nowhere else', async () => {
      const bound = unique as BoundModel
      const distinct = [...arbiter.distinct(), null, null]
      const rows = distinct.map((value, at) => ({ id: at + 1, value }))
      expect(await withDao(bound, (dao) => dao.createMany(rows))).toHaveLength(rows.length)
      for (const value of probesOf(arbiter.distinct()).slice(0, 12)) {
        const again = withDao(bound, (dao) => dao.create({ id: rows.length + 1, value }))
        await expect(again).rejects.toMatchObject({ code: 'UNIQUE', fields: ['value'] })
      }
    })
  })
})
