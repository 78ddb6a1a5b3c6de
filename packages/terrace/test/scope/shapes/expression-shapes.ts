import { shape, type QueryShape } from './query-shape.ts'

export const expressionShapes: readonly QueryShape[] = [
  shape('coalesce with a value', (db) =>
    db.selectFrom('products').select((eb) => ['id', eb.fn.coalesce('price', eb.val('0.00')).as('price')]),
  ),
  shape('case', (db) =>
    db
      .selectFrom('products')
      .select((eb) => ['id', eb.case().when('kcal100g', '>', 20).then('rich').else('poor').end().as('kind')]),
  ),
  shape('case over a column', (db) =>
    db
      .selectFrom('portions')
      .select((eb) => [
        'id',
        eb.case('size').when(eb.val('small')).then(1).when(eb.val('large')).then(2).end().as('place'),
      ]),
  ),
  shape('case that gives a column', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        'id',
        eb.case().when('isOpen', '=', true).then(eb.ref('createdAt')).else(eb.ref('updatedAt')).end().as('at'),
      ]),
  ),
  shape('calculation', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        'id',
        eb(eb('kcal100g', '*', 2), '+', 1).as('odd'),
        eb('kcal100g', '/', 4).as('quarter'),
        eb('price', '*', 2).as('pair'),
        eb.neg(eb.ref('kcal100g')).as('minus'),
      ]),
  ),
  shape('what is nested stays nested', (db) =>
    db.selectFrom('products').select((eb) => ['id', eb(eb('kcal100g', '+', 1), '*', 2).as('n')]),
  ),
  shape('functions', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        eb.fn('upper', ['note']).as('loud'),
        eb.fn('abs', ['kcal100g']).as('abs'),
        eb.fn('nullif', ['kcal100g', eb.val(10)]).as('not10'),
      ]),
  ),
  shape('casts', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [eb.cast('kcal100g', 'text').as('text'), eb.cast('kcal100g', 'double precision').as('float')]),
  ),
  shape('a condition as a value', (db) =>
    db.selectFrom('products').select((eb) => ['id', eb('kcal100g', '>', 20).as('isRich')]),
  ),
  shape('values without a column', (db) =>
    db
      .selectFrom('products')
      .select((eb) => [
        'id',
        eb.val(1).as('one'),
        eb.val('x').as('text'),
        eb.val(true).as('yes'),
        eb.lit(7).as('seven'),
      ]),
  ),
]
