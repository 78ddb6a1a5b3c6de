import { describe, expect, test } from 'vitest'
import { Slot } from '../../src/database/index.ts'
import { sqliteDialect } from '../../src/dialects/sqlite/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import { forged, refuses, type Build } from '../support/scope-refusals.ts'
import { compiled, refusalOf, targets } from './compiling.ts'
import type { AnyEb } from './shop.ts'

const counted: Build = (db) => db.selectFrom('products').select((eb) => eb.fn.countAll().as('n'))

refuses('outputs that no row can hold', [
  ['none', (db) => db.selectFrom('products'), 'SCOPE_REFUSED'],
  ['none of a sub-query', (db) => db.selectFrom(db.selectFrom('products').as('p')).select('p.id'), 'SCOPE_REFUSED'],
  ['"*" without a table', (db) => db.selectNoFrom((eb) => eb.val(1).as('n')).selectAll(), 'SCOPE_REFUSED'],
  [
    'columns of two tables with one name',
    (db) =>
      db
        .selectFrom('products')
        .innerJoin('portions', 'portions.productId', 'products.id')
        .select(['products.id', 'portions.id']),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'a column and a value with one name',
    (db) => db.selectFrom('products').select((eb) => ['note', eb.val('x').as('note')]),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'a value and a column with one name',
    (db) => db.selectFrom('products').select((eb) => [eb.val('x').as('note'), 'note']),
    'SCOPE_AMBIGUOUS',
  ],
  [
    'the sum of "*" itself',
    forged(counted, ['selections', 0, 'selection', 'node'], { func: 'sum', aggregated: [{ kind: 'SelectAllNode' }] }),
    'SCOPE_REFUSED',
  ],
  [
    'the numbers of some rows',
    (db) =>
      db.selectFrom('products').select((eb) => eb.fn.agg('row_number').filterWhere('note', '=', 'x').over().as('n')),
    'SCOPE_REFUSED',
  ],
  ['the sum of "*"', forged(counted, ['selections', 0, 'selection', 'node'], { func: 'sum' }), 'SCOPE_REFUSED'],
])

describe('outputs', () => {
  test('of one column are one, however often it is selected', () => {
    const twice = compiled((db) => db.selectFrom('products').select(['id', 'products.id', 'id']))
    expect(twice.sql).toMatch(/^select "products"\."id" from/)
  })

  test('of a query of which only the existence is asked need no name', () => {
    const build: Build = (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => eb.exists(eb.selectFrom('portions').select((inner) => inner.fn.max('grams') as never)))
    expect(compiled(build).sql).toContain('exists (select max("portions"."grams")')
  })
})

/** One output, of foods and their products. */
const casted =
  (what: (eb: AnyEb) => unknown, to: string): Build =>
  (db) =>
    db
      .selectFrom('foods')
      .innerJoin('products', 'products.foodId', 'foods.id')
      .select((eb) => eb.cast(what(eb) as never, to as never).as('value'))

function isCompiled(build: Build): boolean {
  try {
    return compiled(build).returnsRows
  } catch (error) {
    if (error instanceof TerraceError && error.code === 'SCOPE_NOT_COMPARABLE') return false
    throw error
  }
}

describe('a query of which only the existence is asked', () => {
  test.each(['union', 'intersect', 'except'] as const)('keeps the outputs of both sides of %s', (operator) => {
    const build: Build = (db) =>
      db
        .selectFrom('products')
        .select('id')
        .where((eb) => {
          const grams = eb.selectFrom('portions').select('portions.grams')
          const kcal = eb.selectFrom('foods').select('foods.kcal100g') as never
          return eb.exists(grams[operator](kcal))
        })
    const { sql } = compiled(build)
    expect(sql).toContain('exists (select "portions"."grams" from')
    expect(sql).toContain(` ${operator} select "foods"."kcal100g" from`)
  })
})

describe('a cast', () => {
  test.each([
    ['a whole number', 'products.kcal100g', ['integer', 'float8', 'text']],
    ['a whole number of 64 bits', 'foods.weight', ['integer', 'float8', 'text']],
    ['a float', 'products.ratio', ['float8']],
    ['a text', 'products.note', ['text']],
    ['a key', 'products.id', ['text']],
    ['null', null, ['integer', 'float8', 'text']],
  ])('of %s is to what every engine makes alike of it', (_, column, types) => {
    const from = (eb: AnyEb) => (column === null ? eb.val(null) : eb.ref(column))
    expect(['integer', 'float8', 'text'].filter((to) => isCompiled(casted(from, to)))).toEqual(types)
  })

  test.each([
    ['foods.weight', 'integer', 7n],
    ['products.kcal100g', 'integer', 7],
    ['foods.weight', 'text', '7'],
  ])('of %s to %s gives what it says', (column, to, expected) => {
    const { decodings } = compiled(casted((eb) => eb.ref(column), to))
    const held = typeof expected === 'bigint' ? '7' : expected
    const [decoding] = decodings
    expect(decoding === undefined ? held : decoding.decode(held as never)).toBe(expected)
  })
})

describe('a compiled statement', () => {
  const select: Build = (db) => db.selectFrom('products').select('id').where('note', '=', 'x')

  test('has a name where it is by rule, or where one is asked for', () => {
    const names = [{ byRule: true }, { byRule: false }, { byRule: true, named: false }, { byRule: false, named: true }]
    expect(names.map((options) => compiled(select, options).name !== null)).toEqual([true, false, false, true])
  })

  test.each(['name', 'note'])('checks what fills the slots of %s, except by rule', (column) => {
    const build: Build = (db) => db.selectFrom('products').select('id').where(column, '=', new Slot(0))
    const long = 'x'.repeat(201)
    const taken = [true, false].map((byRule) => {
      const slot = compiled(build, { byRule }).bindings.find(({ kind }) => kind === 'slot')
      if (slot?.kind !== 'slot') throw new Error('There is no slot')
      return () => (slot.encode === null ? long : slot.encode(7 as never))
    })
    expect(taken[1]).toThrow('must be a string')
    expect(taken[0]).not.toThrow('must be a string')
  })

  test.each([
    ['a text', 'x'],
    ['null', null],
    ['undefined', undefined],
    ['another object', { kind: 'other' }],
  ])('has no parameter that the compiler did not make: %s', (_, foreign) => {
    const dialect: typeof sqliteDialect = {
      ...sqliteDialect,
      createQueryCompiler: (capabilities) => {
        const renderer = sqliteDialect.createQueryCompiler(capabilities)
        return {
          compileQuery: (node, id) => {
            const query = renderer.compileQuery(node, id)
            return { ...query, parameters: [...query.parameters, foreign] }
          },
        }
      },
    }
    expect(refusalOf(select, { target: { ...targets.everything, dialect } })).toMatchObject({
      code: 'SCOPE_FOREIGN_QUERY',
    })
  })
})
