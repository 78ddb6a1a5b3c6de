import { describe, expect, test } from 'vitest'
import { forged, refuses, type Build } from '../../support/scope-refusals.ts'
import { compiled, targets } from '../compiling.ts'
import type { AnyDb, AnyEb } from '../shop.ts'
import { food } from '../shop-rows.ts'

const compares: Build = (db) => db.selectFrom('foods').select('id').where('kcal100g', '=', 1)
const condition = ['where', 'where']
const operator = (text: string) => ({ operator: { kind: 'OperatorNode', operator: text } })
const value = (of: unknown) => ({ kind: 'ValueNode', value: of })
const exists: Build = (db: AnyDb) =>
  db
    .selectFrom('foods')
    .select('id')
    .where((eb: AnyEb) => eb.exists(eb.selectFrom('notes').select('notes.id')))
const cased: Build = (db: AnyDb) =>
  db.selectFrom('foods').select((eb: AnyEb) =>
    eb
      .case('kcal100g')
      .when(1 as never)
      .then('x')
      .else('y')
      .end()
      .as('n'),
  )
const where = (build: (eb: AnyEb) => unknown): Build => {
  return (db: AnyDb) =>
    db
      .selectFrom('foods')
      .select('id')
      .where(build as never)
}

const soundex = { allow: { functions: { soundex: 'unknown' } } } as const
const tagged = (db: AnyDb, build: (eb: AnyEb) => unknown) =>
  db
    .selectFrom('posts')
    .select('id')
    .where(build as never)

refuses('operators where they cannot stand', [
  ['one in front, between two', forged(compares, condition, operator('not')), 'SCOPE_REFUSED'],
  ['one between two, in front', forged(exists, condition, operator('=')), 'SCOPE_REFUSED'],
  [
    'one that is no operator',
    forged(compares, [...condition, 'operator'], { kind: 'IdentifierNode' }),
    'SCOPE_REFUSED',
  ],
  ['exists of a value', forged(exists, [...condition, 'operand'], value(1)), 'SCOPE_REFUSED'],
  [
    'exists of raw SQL',
    forged(exists, [...condition, 'operand'], { kind: 'RawNode', sqlFragments: ['select 1'], parameters: [] }),
    'SCOPE_RAW',
  ],
  ['is beside a number', where((eb) => eb('kcal100g', 'is', true)), 'SCOPE_REFUSED'],
  ['is a number', where((eb) => eb(eb('kcal100g', '=', 1), 'is', 1 as never)), 'SCOPE_REFUSED'],
  [
    'is a column',
    forged(compares, condition, { ...operator('is'), rightOperand: { kind: 'DefaultInsertValueNode' } }),
    'SCOPE_REFUSED',
  ],
  [
    'between one bound',
    forged(compares, condition, { ...operator('between'), rightOperand: value(1) }),
    'SCOPE_REFUSED',
  ],
  ['between null and a number', where((eb) => eb.between('kcal100g', null as never, 2)), 'SCOPE_NULL_COMPARISON'],
  ['between a number and null', where((eb) => eb.between('kcal100g', 1, null as never)), 'SCOPE_NULL_COMPARISON'],
  [
    'between texts, of a number',
    where((eb) => eb.between('kcal100g', eb.ref('id'), eb.ref('id'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'CASE as a statement',
    forged(cased, ['selections', 0, 'selection', 'node'], { isStatement: true }),
    'SCOPE_REFUSED',
  ],
  [
    'CASE of a text without case',
    (db) =>
      db.selectFrom('foods').select((eb) =>
        eb
          .case('name')
          .when('x' as never)
          .then(1)
          .else(2)
          .end()
          .as('n'),
      ),
    'SCOPE_REFUSED',
  ],
  [
    'CASE beside a text without case',
    (db) =>
      db
        .selectFrom('foods')
        .innerJoin('notes', 'notes.id', 'foods.id')
        .select((eb) => eb.case('notes.body').when(eb.ref('foods.name')).then(1).else(2).end().as('n')),
    'SCOPE_REFUSED',
  ],
  [
    'CASE of a number that may be a text',
    (db) => db.selectFrom('foods').select((eb) => eb.case('kcal100g').when(eb.ref('id')).then(1).else(2).end().as('n')),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['null equal to a number', where((eb) => eb(eb.val(null), '=', eb.ref('kcal100g'))), 'SCOPE_NULL_COMPARISON'],
  [
    'a tuple equal to a column',
    where((eb) => eb(eb.refTuple('id', 'name'), '=', eb.ref('id'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  ['a column equal to a tuple', where((eb) => eb('id', '=', eb.refTuple('id', 'name'))), 'SCOPE_NOT_COMPARABLE'],
  [
    'tuples of other lengths',
    where((eb) => eb(eb.refTuple('id', 'name'), '=', (eb.tuple as (...all: unknown[]) => never)(food(1)))),
    'SCOPE_REFUSED',
  ],
  [
    'tuples of other types',
    where((eb) => eb(eb.refTuple('id', 'kcal100g'), '=', eb.refTuple('id', 'id'))),
    'SCOPE_NOT_COMPARABLE',
  ],
  [
    'json that may be anything',
    (db) => tagged(db, (eb) => eb('tags', '=', eb.fn('soundex', ['title']))),
    'SCOPE_NOT_COMPARABLE',
    soundex,
  ],
  [
    'anything that may be json',
    (db) => tagged(db, (eb) => eb(eb.fn('soundex', ['title']), '=', eb.ref('tags'))),
    'SCOPE_NOT_COMPARABLE',
    soundex,
  ],
  [
    'is what only holds null',
    forged(compares, condition, { ...operator('is'), rightOperand: { kind: 'DefaultInsertValueNode', value: null } }),
    'SCOPE_REFUSED',
  ],
  [
    'in a sub-query of texts without case',
    where((eb) => eb('name', 'in', eb.selectFrom('notes').select('notes.body'))),
    'SCOPE_REFUSED',
  ],
  [
    'a text in a sub-query of those without case',
    (db) =>
      db
        .selectFrom('notes')
        .select('id')
        .where((eb) => eb('body', 'in', eb.selectFrom('foods').select('foods.name'))),
    'SCOPE_REFUSED',
  ],
  ['a cast of a text to a number', where((eb) => eb(eb.cast('id', 'integer'), '=', 1)), 'SCOPE_NOT_COMPARABLE'],
])

describe('operators that may stand there', () => {
  const written = (build: (eb: AnyEb) => unknown): string | undefined => compiled(where(build)).sql.split(' where ')[1]
  const own = '"foods"."deleted_at" is null and '

  test('are conditions that are true, false or unknown', () => {
    expect(written((eb) => eb(eb('kcal100g', '=', 1), 'is', true))).toBe(`${own}(("foods"."kcal100g" = ?) is true)`)
    expect(written((eb) => eb('kcal100g', 'is not', null))).toBe(`${own}("foods"."kcal100g" is not null)`)
  })

  test('are rows that are not there', () => {
    expect(written((eb) => eb.not(eb.exists(eb.selectFrom('notes').select('notes.id'))))).toContain(
      'not (exists (select',
    )
    expect(
      written((eb) =>
        eb.unary('not exists', eb.selectFrom('notes').select('notes.id').where('notes.id', '=', food(1))),
      ),
    ).toContain('not exists (select')
  })

  test('are tuples, each value beside its own: without case where its column ignores it', () => {
    expect(written((eb) => eb(eb.refTuple('name', 'kcal100g'), '=', eb.tuple('A', 1)))).toContain(
      '"foods"."name_folded" = ?',
    )
    expect(written((eb) => eb(eb.tuple('A', 1), '=', eb.refTuple('name', 'kcal100g')))).toContain(
      '? = "foods"."name_folded"',
    )
    const columns: Build = (db) =>
      db
        .selectFrom('foods')
        .innerJoin('products', 'products.foodId', 'foods.id')
        .select('foods.id')
        .where((eb) => eb(eb.refTuple('foods.name', 'foods.id'), '=', eb.refTuple('products.name', 'products.foodId')))
    expect(compiled(columns).sql).toContain('"foods"."name_folded" = "products"."name_folded"')
  })

  test('may be null, so that NULLs are placed where a query is sorted by one', () => {
    const build: Build = (db) =>
      db
        .selectFrom('foods')
        .select('id')
        .orderBy((eb) => eb('weight', '>', 1n))
    expect(compiled(build, { target: targets.postgres }).sql).toMatch(/asc nulls first$/)
  })

  test.each([
    ['kcal100g', 'integer'],
    ['weight', 'bigint'],
    ['kcal100g', 'real'],
    ['kcal100g', 'text'],
    ['name', 'text'],
    ['id', 'text'],
  ])('are casts of %s to %s', (column, type) => {
    const build: Build = (db) => db.selectFrom('foods').select((eb) => eb.cast(column, type as 'text').as('n'))
    expect(compiled(build).sql).toContain(`cast("foods"."${column}" as `)
  })
})
