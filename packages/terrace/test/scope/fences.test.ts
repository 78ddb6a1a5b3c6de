import { readFileSync, writeFileSync } from 'node:fs'
import type { OperationNode } from 'kysely'
import { describe, expect, test } from 'vitest'
import { unscoped } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import { compiled, type Compiling } from './compiling.ts'
import { treeBuilder as db, type AnyEb } from './shop.ts'
import { product } from './shop-rows.ts'

/** A query that is being built: what its parts are is what the tests are about. */
// oxlint-disable-next-line typescript/no-explicit-any -- of any tables and outputs
type Query = any

const calculated = (eb: AnyEb) => eb('p.kcal100g', '*', eb.ref('q.grams'))

const nearby = (eb: AnyEb) =>
  eb.selectFrom('portions').select('grams').whereRef('portions.productId', '=', 'p.id').limit(1).as('q')

const calculatedNearby = (eb: AnyEb) =>
  eb
    .selectFrom('portions')
    .select((of) => of('portions.grams', '*', of.ref('p.kcal100g')).as('grams'))
    .as('q')

/** Every way to stand beside another table, and in front of it. */
const joins: Readonly<Record<string, (on: Query) => Query>> = {
  'an inner join': (on) => db.selectFrom('products as p').innerJoin('portions as q', on),
  'a left join': (on) => db.selectFrom('products as p').leftJoin('portions as q', on),
  'a right join': (on) => db.selectFrom('products as p').rightJoin('portions as q', on),
  'a full join': (on) => db.selectFrom('products as p').fullJoin('portions as q', on),
  'a cross join': () => db.selectFrom('products as p').crossJoin('portions as q'),
  'two tables': () => db.selectFrom(['products as p', 'portions as q']),
  'a left join behind a right one': (on) =>
    db.selectFrom('products as p').rightJoin('categories as c', 'c.id', 'p.categoryId').leftJoin('portions as q', on),
  'a lateral join': (on) => db.selectFrom('products as p').innerJoinLateral(nearby, on),
  'a lateral left join': (on) => db.selectFrom('products as p').leftJoinLateral(nearby, on),
  'a lateral cross join': () => db.selectFrom('products as p').crossJoinLateral(nearby),
  'a lateral join that calculates': (on) => db.selectFrom('products as p').innerJoinLateral(calculatedNearby, on),
  'a lateral cross join that calculates': () => db.selectFrom('products as p').crossJoinLateral(calculatedNearby),
  'a lateral left join that calculates, with a sub-query inside': (on) =>
    db.selectFrom('products as p').leftJoinLateral(
      (eb: AnyEb) =>
        eb
          .selectFrom((inner) =>
            inner
              .selectFrom('portions')
              .select((of: AnyEb) => of('portions.grams', '*', 2).as('grams'))
              .as('r'),
          )
          .select('r.grams as grams')
          .as('q'),
      on,
    ),
  'a CTE': (on) =>
    db
      .with('w', (given) => given.selectFrom('portions').select((eb) => [eb('grams', '*', 2).as('grams'), 'productId']))
      .selectFrom('products as p')
      .innerJoin('w as q', on),
  'a sub-query': (on) =>
    db
      .selectFrom((eb) => eb.selectFrom('products').select(['id', 'kcal100g', 'name']).distinct().as('p'))
      .leftJoin('portions as q', on),
  'a union in a sub-query': (on) =>
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('products')
          .select(['id', 'kcal100g', 'name'])
          .unionAll(eb.selectFrom('foods').select(['id', 'kcal100g', 'name']) as never)
          .as('p'),
      )
      .innerJoin('portions as q', on),
}

const onTrue = (join: Query): Query => join.onTrue()

/** Every place of a query where something may be calculated of what is joined. */
const places: Readonly<Record<string, (from: (on: Query) => Query) => Query>> = {
  nowhere: (from) => from(onTrue).select('q.grams'),
  'in what is selected': (from) => from(onTrue).select((eb: AnyEb) => calculated(eb).as('n')),
  'in what is selected beside more': (from) =>
    from(onTrue).select((eb: AnyEb) => [calculated(eb).as('n'), 'p.name', eb('p.kcal100g', '=', 1).as('is')]),
  'in what is told apart': (from) =>
    from(onTrue)
      .select((eb: AnyEb) => calculated(eb).as('n'))
      .distinct(),
  'in what is told apart by a column': (from) =>
    from(onTrue)
      .distinctOn('p.kcal100g')
      .orderBy('p.kcal100g')
      .select((eb: AnyEb) => calculated(eb).as('n')),
  'in what is told apart by': (from) => from(onTrue).distinctOn(calculated).select('q.grams'),
  'in WHERE': (from) => from(onTrue).select('q.grams').where(calculated, '>', 1),
  'in WHERE beside what does not': (from) =>
    from(onTrue)
      .select('q.grams')
      .where('p.kcal100g', '>', 1)
      .where((eb: AnyEb) => eb.or([eb(calculated(eb), '>', 1), eb('p.kcal100g', '=', 1)]))
      .where((eb: AnyEb) => eb.or([eb('q.grams', '>', 1), eb('p.kcal100g', '=', 1)])),
  'in ON': (from) => from((join: Query) => join.on(calculated, '>', 1).on('q.grams', '>', 2)).select('q.grams'),
  'in what is sorted by': (from) => from(onTrue).select('q.grams').orderBy(calculated),
  'in what groups are sorted by': (from) =>
    from(onTrue)
      .select('q.grams')
      .groupBy('q.grams')
      .orderBy((eb: AnyEb) => eb('q.grams', '*', 2)),
  'in what is sorted by and told apart by': (from) =>
    from(onTrue).distinctOn(calculated).orderBy(calculated).select('q.grams'),
  'in an output that is sorted by': (from) =>
    from(onTrue)
      .select((eb: AnyEb) => calculated(eb).as('n'))
      .orderBy('n'),
  'in what is grouped by': (from) =>
    from(onTrue)
      .select((eb: AnyEb) => eb.fn.countAll().as('n'))
      .groupBy(calculated),
  'in an output that is grouped by': (from) =>
    from(onTrue)
      .select((eb: AnyEb) => [calculated(eb).as('n'), eb(eb.fn.max('q.grams'), '*', 2).as('m')])
      .groupBy('n'),
  'in HAVING': (from) =>
    from(onTrue)
      .select('q.grams')
      .groupBy('q.grams')
      .having((eb: AnyEb) => eb(eb.fn.max('p.kcal100g'), '*', 2), '>', 1),
  'in HAVING without a group': (from) =>
    from(onTrue)
      .select((eb: AnyEb) => eb.fn.countAll().as('n'))
      .having((eb: AnyEb) => eb.fn.max('p.kcal100g'), '>', 1),
  'in what is summed up': (from) =>
    from(onTrue).select((eb: AnyEb) => [eb.fn.sum(calculated(eb)).as('n'), eb(eb.fn.max('q.grams'), '*', 2).as('m')]),
  'in a part of a union': (from) =>
    from(onTrue)
      .select((eb: AnyEb) => calculated(eb).as('n'))
      .union(
        from(onTrue)
          .select((eb: AnyEb) => calculated(eb).as('n'))
          .where('p.kcal100g', '>', 1),
      )
      .orderBy('n'),
  'around a sub-query of its own': (from) =>
    from(onTrue).select((eb: AnyEb) => [
      eb(
        eb
          .selectFrom((inner) => inner.selectFrom('products').select('kcal100g').as('i'))
          .select('i.kcal100g')
          .limit(1),
        '*',
        eb.ref('q.grams'),
      ).as('n'),
    ]),
  'in what is summed up in a sub-query': (from) =>
    db
      .selectFrom(
        from(onTrue)
          .select((eb: AnyEb) => [eb.fn.sum(calculated(eb)).as('n'), eb(eb.fn.max('q.grams'), '*', 2).as('m')])
          .as('s'),
      )
      .selectAll(),
  'in what is told apart in a sub-query': (from) =>
    db
      .selectFrom(
        from(onTrue)
          .distinctOn('p.kcal100g')
          .orderBy('p.kcal100g')
          .select((eb: AnyEb) => calculated(eb).as('n'))
          .as('s'),
      )
      .selectAll(),
  'in a sub-query': (from) =>
    db
      .selectFrom(
        from(onTrue)
          .select((eb: AnyEb) => calculated(eb).as('n'))
          .as('s'),
      )
      .select('s.n')
      .where('s.n', '>', 1),
}

type Build = () => OperationNode

interface Written {
  readonly title: string
  readonly build: Build
}

const nodeOf =
  (query: () => Query): Build =>
  () =>
    query().toOperationNode()

const reads: readonly Written[] = Object.entries(joins).flatMap(([join, from]) =>
  Object.entries(places).map(([place, query]) => ({
    title: `${join}, calculating ${place}`,
    build: nodeOf(() => query(from)),
  })),
)

const writes: readonly Written[] = [
  {
    title: 'an update that calculates in WHERE',
    build: nodeOf(() =>
      db
        .updateTable('products')
        .set({ kcal100g: 1 })
        .where((eb) => eb('kcal100g', '*', 2), '>', 1),
    ),
  },
  {
    title: 'an update that calculates what it sets',
    build: nodeOf(() =>
      db
        .updateTable('products as p')
        .set((eb) => ({ kcal100g: eb('p.kcal100g', '+', 1) }))
        .where('p.id', '=', product(1)),
    ),
  },
  {
    title: 'a delete that calculates in WHERE',
    build: nodeOf(() => db.deleteFrom('portions').where((eb) => eb('grams', '*', 2), '>', 1)),
  },
]

const variants: Readonly<Record<string, Compiling>> = {
  'by Ann': {},
  'with deleted': { deleted: 'with' },
  'by nobody, with deleted': { scope: unscoped('a test'), deleted: 'with' },
}

/** Whose rows they are stands elsewhere: here it is only said where these conditions stand. */
const shortened = (sql: string): string =>
  sql
    .replaceAll(/"(\w+)"\."device_id" = \?/g, '[own $1]')
    .replaceAll(/"(\w+)"\."deleted_at" is null/g, '[alive $1]')
    .replaceAll(
      /exists \(select 1 from "products" as "(\w+)" where "\1"\."id" = "(\w+)"\."product_id" and (?:\[own \1\] and )?\[alive \1\]\)/g,
      (whole, _, child: string) => (whole.includes('[own') ? `[own parent of ${child}]` : `[parent of ${child}]`),
    )

function textOf(build: Build, options: Compiling): string {
  try {
    return shortened(compiled(() => ({ toOperationNode: build }), options).sql)
  } catch (error) {
    if (error instanceof TerraceError) return `${error.code}: ${error.message}`
    throw error
  }
}

/** Sessions of other sorts only where they matter most. */
function sectionOf({ title, build }: Written): string {
  const asked = Object.entries(variants).filter(
    ([name]) => name === 'by Ann' || /(nowhere|is selected|is sorted by|in WHERE)$/.test(title),
  )
  return [`# ${title}`, ...asked.map(([name, options]) => `${name}: ${textOf(build, options)}`)].join('\n')
}

const all = [...reads, ...writes]
const golden = new URL('../golden/scope/fences.txt', import.meta.url)
if (process.env['TERRACE_WRITE_GOLDEN'] === '1') writeFileSync(golden, `${all.map(sectionOf).join('\n\n')}\n`)
const sections = readFileSync(golden, 'utf8').trimEnd().split('\n\n')

/** Where it is meant to change, `TERRACE_WRITE_GOLDEN=1 npx vitest run <this file>` writes the golden file anew. */
describe('X1: what stands in front of what is calculated, so that rows of others are not', () => {
  test('is in the golden file, for each way to write it', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual(all.map(({ title }) => `# ${title}`))
  })

  test.each(Object.keys(joins))('is what the golden file says: %s', (join) => {
    const own = reads.filter(({ title }) => title.startsWith(`${join}, calculating `))
    expect(own.map(sectionOf)).toEqual(sections.filter((section) => section.startsWith(`# ${join}, calculating `)))
  })

  test('is what the golden file says of writes', () => {
    expect(writes.map(sectionOf)).toEqual(sections.slice(-writes.length))
  })
})
