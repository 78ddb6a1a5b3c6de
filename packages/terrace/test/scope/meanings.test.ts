import { readFileSync, writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { functionRules } from '../../src/database/compile/function-rules.ts'
import { Slot } from '../../src/database/index.ts'
import { targets } from './compiling.ts'
import { filtered, pairSections, selected, type Section } from './meanings-of-pairs.ts'
import { columnNames, forEachOperand, grouped, resultOf } from './meanings.ts'
import type { AnyDb, AnyEb } from './shop.ts'

const largest = { target: targets.postgres }

const single: readonly Section[] = [
  ['the output', () => forEachOperand((make) => selected(make))],
  ['distinct', () => forEachOperand((make) => (db) => selected(make)(db).distinct())],
  [
    'order by',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom('kinds')
            .select('kinds.id')
            .orderBy(make as never),
      ),
  ],
  ['order by the output', () => forEachOperand((make) => (db) => selected(make)(db).orderBy('x', 'desc'))],
  [
    'order by where NULL is the largest',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom('kinds')
            .select('kinds.id')
            .orderBy(make as never),
        largest,
      ),
  ],
  [
    'group by',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom('kinds')
            .select((eb) => eb.fn.countAll().as('x'))
            .groupBy(make as never),
      ),
  ],
  ['group by the output', () => forEachOperand((make) => (db) => selected(make)(db).groupBy('x'))],
  [
    'having',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom('kinds')
            .select('whole')
            .groupBy('whole')
            .having((eb) => make(eb) as never),
      ),
  ],
  ['not', () => forEachOperand((make) => filtered((eb) => eb.not(make(eb) as never) as never))],
  ['-', () => forEachOperand((make) => selected((eb) => eb.neg(make(eb) as never) as never))],
  ['exists', () => forEachOperand((make) => filtered((eb) => eb.exists(make(eb) as never) as never))],
  [
    'and, or',
    () =>
      forEachOperand((make) =>
        filtered((eb) => eb.and([eb.or([make(eb) as never, eb('whole', '=', 1)]), make(eb) as never]) as never),
      ),
  ],
  ...['integer', 'bigint', 'float8', 'text', 'decimal'].map((type): Section => [
    `cast as ${type}`,
    () => forEachOperand((make) => selected((eb) => eb.cast(make(eb) as never, type as never) as never)),
  ]),
  [
    'limit',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom('kinds')
            .select('kinds.id')
            .limit(make as never),
      ),
  ],
  [
    'offset',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom('kinds')
            .select('kinds.id')
            .offset(make as never),
      ),
  ],
  [
    'a sub-query of it',
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .selectFrom(
              (eb: AnyEb) =>
                eb
                  .selectFrom('kinds')
                  .select((inner: AnyEb) => make(inner).as('x') as never)
                  .as('s') as never,
            )
            .selectAll()
            .orderBy('x' as never),
      ),
  ],
  [
    'over (partition by …)',
    () =>
      forEachOperand((make) =>
        selected(
          (eb) => eb.fn.agg('row_number').over((over) => over.partitionBy(make(eb) as never).orderBy('id')) as never,
        ),
      ),
  ],
]

const calls: readonly Section[] = [...functionRules].flatMap(([name]): readonly Section[] => [
  [`${name}(…)`, () => forEachOperand((make) => selected((eb) => eb.fn(name, [make(eb)])))],
  [
    `${name}() of whole and …`,
    () => forEachOperand((make) => selected((eb) => eb.fn(name, [eb.ref('whole'), make(eb)]))),
  ],
  [
    `${name}(…), sorted where NULL is the largest`,
    () => forEachOperand((make) => (db) => selected((eb) => eb.fn(name, [make(eb)]))(db).orderBy('x'), largest),
  ],
  [
    `${name}(…) over rows, sorted where NULL is the largest`,
    () =>
      forEachOperand(
        (make) => (db) => selected((eb) => eb.fn.agg(name, [make(eb)]) as never)(db).orderBy('x'),
        largest,
      ),
  ],
  [`${name}(…) over rows`, () => forEachOperand((make) => selected((eb) => eb.fn.agg(name, [make(eb)]) as never))],
  [
    `${name}(distinct …) filtered`,
    () =>
      forEachOperand((make) =>
        selected(
          (eb) =>
            eb.fn
              .agg(name, [make(eb)])
              .distinct()
              .filterWhere('isOpen', '=', true) as never,
        ),
      ),
  ],
])

const given: Readonly<Record<string, unknown>> = {
  '1': 1,
  '-1': -1,
  '1.5': 1.5,
  '70000': 70_000,
  '2 ** 40': 2 ** 40,
  '2 ** 60': 2 ** 60,
  '2n': 2n,
  '2n ** 70n': 2n ** 70n,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '""': '',
  '"a"': 'a',
  '"A"': 'A',
  '"ß"': 'ß',
  '"1.5"': '1.5',
  '"1.234"': '1.234',
  'a uuid': '0190a0a0-0000-7000-8000-00000000000A',
  'a day': '2026-01-02',
  'a time': '03:04:05',
  'an instant': '2026-01-02T03:04:05.678901Z',
  true: true,
  null: null,
  undefined: undefined,
  'a date': new Date(5),
  'no date': new Date(Number.NaN),
  'some bytes': new Uint8Array([1, 2]),
  'a list': [1, 2],
  'an object': { a: 1 },
  'a slot': new Slot('s'),
}

const forEachValue = (put: (of: unknown) => (db: AnyDb) => unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).map(([name, of]) => [name, resultOf(put(of))] as const))

const values: readonly Section[] = columnNames.flatMap((column): readonly Section[] => [
  [
    `the value beside ${column}`,
    () => forEachValue((of) => (db) => db.selectFrom('kinds').select('kinds.id').where(column, '=', of)),
  ],
  [
    `the value in front of ${column}`,
    () => forEachValue((of) => filtered((eb) => eb(eb.val(of), '>', eb.ref(column)) as never)),
  ],
  [
    `the value for ${column}`,
    () =>
      forEachValue(
        (of) => (db) =>
          db
            .updateTable('kinds')
            .set({ [column]: of })
            .where('whole', '=', 1),
      ),
  ],
  [
    `${column} from another`,
    () =>
      forEachOperand(
        (make) => (db) =>
          db
            .updateTable('kinds')
            .set((eb) => ({ [column]: make(eb) }))
            .where('whole', '=', 1),
      ),
  ],
])

const plainValues: Section = ['the value alone', () => forEachValue((of) => selected((eb) => eb.val(of) as never))]
const literals: Section = [
  'the value in the text',
  () => forEachValue((of) => selected((eb) => eb.lit(of as never) as never)),
]
const rawValues: Section = ['the value in raw SQL', () => forEachValue((of) => selected(() => sql`${of}` as never))]

const sections: readonly Section[] = [...pairSections, ...single, ...calls, ...values, plainValues, literals, rawValues]

const golden = new URL('../golden/scope/meanings.txt', import.meta.url)
if (process.env['TERRACE_WRITE_GOLDEN'] === '1') {
  const texts = sections.map(([title, results]) => grouped(title, results()))
  writeFileSync(golden, `${texts.join('\n\n')}\n`)
}
const known = new Map(
  readFileSync(golden, 'utf8')
    .trimEnd()
    .split('\n\n')
    .map((section) => [section.split('\n')[0], section] as const),
)

/** Where a meaning is meant to change, `TERRACE_WRITE_GOLDEN=1 npx vitest run <this file>` writes the file anew. */
describe('B7: what each type of value means beside each other', () => {
  test('is in the golden file, and nothing else', () => {
    expect([...known.keys()]).toEqual(sections.map(([title]) => `# ${title}`))
  })

  test.each(sections)('%s', (title, results) => {
    expect(grouped(title, results())).toBe(known.get(`# ${title}`))
  })
})
