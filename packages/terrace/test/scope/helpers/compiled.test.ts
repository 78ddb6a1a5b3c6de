import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  concat,
  contains,
  datePart,
  dateTrunc,
  jsonArrayFrom,
  jsonObjectFrom,
  jsonPath,
  round,
  search,
  textLength,
} from '../../../src/dao/index.ts'
import { unscoped } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import { compiled, targets } from '../compiling.ts'
import { kindsGraph } from '../meanings.ts'
import { treeBuilder, type AnyDb, type AnyEb } from '../shop.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- of any rows
type Rows = any

const near = (eb: AnyEb): Rows => eb.selectFrom('portions').whereRef('portions.productId', '=', 'products.id')
const far = (eb: AnyEb): Rows => eb.selectFrom('portions')

/** What rows of another query may be, beside a row that they name and beside none. */
const rows: Readonly<Record<string, (from: Rows) => Rows>> = {
  plain: (from) => from.select(['portions.grams', 'portions.size']),
  sorted: (from) => from.select('portions.grams').orderBy('portions.size', 'desc'),
  'sorted by an output': (from) => from.select((eb: AnyEb) => eb('portions.grams', '+', 1).as('more')).orderBy('more'),
  'a few': (from) => from.select('portions.grams').orderBy('portions.id').limit(2).offset(1),
  none: (from) => from.select('portions.grams').limit(0),
  distinct: (from) => from.select('portions.size').distinct(),
  united: (from) => from.select('portions.size').union(treeBuilder.selectFrom('tags').select('tags.name') as never),
  grouped: (from) => from.select('portions.size').groupBy('portions.size'),
  'of a group that is asked': (from) =>
    from.select((eb: AnyEb) => eb.val(1).as('one')).having((eb: AnyEb) => eb.fn.countAll(), '>', 1),
  counted: (from) => from.select((eb: AnyEb) => eb.fn.countAll().as('count')),
  'sorted by a count': (from) =>
    from.select((eb: AnyEb) => eb.val(1).as('one')).orderBy((eb: AnyEb) => eb.fn.countAll()),
  numbered: (from) => from.select((eb: AnyEb) => eb.fn.agg('row_number').over().as('number')),
  'with a count of their own': (from) =>
    from.select((eb: AnyEb) =>
      eb
        .selectFrom('servings')
        .select((of) => of.fn.countAll().as('n'))
        .whereRef('servings.portionId', '=', 'portions.id')
        .as('count'),
    ),
  'with rows of their own': (from) =>
    from.select((eb: AnyEb) =>
      jsonArrayFrom(
        eb
          .selectFrom('servings')
          .select('servings.eatenAt')
          .whereRef('servings.portionId', '=', 'portions.id') as never,
      ).as('servings'),
    ),
}

const product = (value: (eb: AnyEb) => Rows) => (db: AnyDb) =>
  db.selectFrom('products').select((eb) => value(eb as AnyEb).as('value'))
const kind = (value: (eb: AnyEb) => Rows) => (db: AnyDb) =>
  db.selectFrom('kinds').select((eb) => value(eb as AnyEb).as('value'))

const nested = Object.entries(rows).flatMap(([what, of]) => [
  { title: `rows beside theirs, ${what}`, build: product((eb) => jsonArrayFrom(of(near(eb)))) },
  { title: `rows of all, ${what}`, build: product((eb) => jsonArrayFrom(of(far(eb)))) },
  { title: `a row beside its own, ${what}`, build: product((eb) => jsonObjectFrom(of(near(eb)))) },
  { title: `a row of all, ${what}`, build: product((eb) => jsonObjectFrom(of(far(eb)))) },
])

const columns = Object.keys(kindsGraph.tables['kinds']?.column ?? {})
const ofColumns = columns.flatMap((name) => [
  {
    title: `rows of ${name}`,
    build: (db: AnyDb) =>
      db
        .selectFrom('kinds as k')
        .select((eb) => jsonArrayFrom((eb as AnyEb).selectFrom('kinds').select(`kinds.${name}`) as never).as('value')),
  },
  { title: `what ${name} contains`, build: kind((eb) => contains(eb.ref(name), 'x' as never)) },
  { title: `${name} and a text`, build: kind((eb) => concat(eb.ref(name), eb.val('x'))) },
  { title: `the length of ${name}`, build: kind((eb) => textLength(eb.ref(name))) },
  { title: `words in ${name}`, build: kind((eb) => search([eb.ref(name)], 'x')) },
  { title: `the year of ${name}`, build: kind((eb) => datePart('year', eb.ref(name))) },
  { title: `the hour of ${name}`, build: kind((eb) => datePart('hour', eb.ref(name))) },
  { title: `the month of ${name} alone`, build: kind((eb) => dateTrunc('month', eb.ref(name))) },
  { title: `the minute of ${name} alone`, build: kind((eb) => dateTrunc('minute', eb.ref(name))) },
  { title: `${name} as a whole number`, build: kind((eb) => round(eb.ref(name))) },
  { title: `a part of ${name}`, build: kind((eb) => jsonPath(eb.ref(name), ['a', 0], 'text')) },
])

const steps: readonly unknown[] = ['a', '', '-a', 'a"b', 'a\0', '\ud800', 0, 2 ** 31 - 1, 2 ** 31, -1, 0.5, null, true]
const others = [
  ...steps.map((step) => ({
    title: `a step through ${JSON.stringify(step)}`,
    build: kind((eb) => jsonPath(eb.ref('doc'), [step as never], 'json')),
  })),
  {
    title: 'a step through a column',
    build: kind((eb) => jsonPath(eb.ref('doc'), [eb.ref('words') as never], 'json')),
  },
  { title: 'the length of a value', build: kind((eb) => textLength(eb.val('x'))) },
  { title: 'the length of raw SQL', build: kind((eb) => textLength(eb.fn('soundex', ['words']))) },
  { title: 'words in nothing', build: kind(() => search([], 'x')) },
  { title: 'words of a column', build: kind((eb) => search([eb.ref('words')], eb.ref('other') as never)) },
  { title: 'texts of nothing', build: kind(() => (concat as (...all: unknown[]) => Rows)()) },
]

const inShop = { scope: undefined }
const all = [
  ...nested.map((shape) => ({ ...shape, options: inShop })),
  ...[...ofColumns, ...others].map((shape) => ({
    ...shape,
    options: { graph: kindsGraph, scope: unscoped('a test') },
  })),
]

type Shape = (typeof all)[number]

function textOf({ build, options }: Shape, target: keyof typeof targets): string {
  const { scope, ...given } = options
  const allow = { functions: { soundex: 'unknown' } } as const
  try {
    const made = { ...given, ...(scope !== undefined && { scope }), allow, target: targets[target] }
    return compiled(build as never, made).sql
  } catch (error) {
    if (error instanceof TerraceError) return `${error.code}: ${error.message}`
    throw error
  }
}

/** On each of the three sorts of engines. */
function sectionOf(shape: Shape): string {
  const lines = (['sqlite', 'postgres', 'mysql'] as const).map((name) => `${name}: ${textOf(shape, name)}`)
  return [`# ${shape.title}`, ...lines].join('\n')
}

const golden = new URL('../../golden/scope/helpers.txt', import.meta.url)
if (process.env['TERRACE_WRITE_GOLDEN'] === '1') writeFileSync(golden, `${all.map(sectionOf).join('\n\n')}\n`)
const sections = readFileSync(golden, 'utf8').trimEnd().split('\n\n')

/** Where one is meant to change, `TERRACE_WRITE_GOLDEN=1 npx vitest run <this file>` writes the golden file anew. */
describe('B7: each helper, of each sort of rows and columns, on each sort of engine', () => {
  test('is in the golden file, and nothing else', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual(all.map(({ title }) => `# ${title}`))
  })

  test.each(all.map((shape, at) => ({ title: shape.title, shape, at })))('becomes what is there: $title', (row) => {
    expect(sectionOf(row.shape)).toBe(sections[row.at])
  })
})
