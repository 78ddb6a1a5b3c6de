import { shape, type QueryShape } from './query-shape.ts'

export const joinShapes: readonly QueryShape[] = [
  shape('an inner join', (db) =>
    db.selectFrom('products').innerJoin('portions', 'portions.productId', 'products.id').select(['name', 'grams']),
  ),
  shape('an inner join from the child', (db) =>
    db
      .selectFrom('portions')
      .innerJoin('products', 'products.id', 'portions.productId')
      .select(['products.name', 'portions.grams']),
  ),
  shape('a left join keeps rows without a visible partner', (db) =>
    db
      .selectFrom('products')
      .leftJoin('foods', 'foods.id', 'products.foodId')
      .select(['products.name', 'foods.name as food']),
  ),
  shape('a left join to a hidden owner', (db) =>
    db
      .selectFrom('foods')
      .leftJoin('products', 'products.foodId', 'foods.id')
      .select(['foods.name', 'products.id as product']),
  ),
  shape('a left join to grandchildren', (db) =>
    db
      .selectFrom('products')
      .leftJoin('portions', 'portions.productId', 'products.id')
      .leftJoin('servings', 'servings.portionId', 'portions.id')
      .select(['products.name', 'portions.grams', 'servings.eatenAt']),
  ),
  shape('a left join with a condition of its own', (db) =>
    db
      .selectFrom('products')
      .leftJoin('portions', (join) =>
        join.onRef('portions.productId', '=', 'products.id').on('portions.grams', '>', 90),
      )
      .select(['products.name', 'portions.grams']),
  ),
  shape('a left join with OR in its condition', (db) =>
    db
      .selectFrom('products')
      .leftJoin('portions', (join) =>
        join.on((eb) => eb.or([eb('portions.productId', '=', eb.ref('products.id')), eb('portions.grams', '>', 800)])),
      )
      .select(['products.name', 'portions.grams']),
  ),
  shape('rows without a partner, by a left join', (db) =>
    db
      .selectFrom('products')
      .leftJoin('portions', 'portions.productId', 'products.id')
      .where('portions.id', 'is', null)
      .select('products.name'),
  ),
  shape('a right join', (db) =>
    db
      .selectFrom('portions')
      .rightJoin('products', 'products.id', 'portions.productId')
      .select(['products.name', 'grams']),
  ),
  shape(
    'a full join',
    (db) =>
      db
        .selectFrom('products')
        .fullJoin('foods', 'foods.id', 'products.foodId')
        .select(['products.name', 'foods.name as food']),
    { needs: 'fullJoin' },
  ),
  shape(
    'a full join of children',
    (db) =>
      db
        .selectFrom('portions')
        .fullJoin('products', 'products.id', 'portions.productId')
        .select(['products.name', 'portions.grams']),
    { needs: 'fullJoin' },
  ),
  shape('a cross join', (db) =>
    db.selectFrom('products').crossJoin('foods').select(['products.id', 'foods.id as food']),
  ),
  shape('a join on true', (db) =>
    db
      .selectFrom('products')
      .innerJoin('foods', (join) => join.onTrue())
      .select(['products.id', 'foods.id as food']),
  ),
  shape('a join with itself', (db) =>
    db
      .selectFrom('categories as c')
      .innerJoin('categories as p', 'p.id', 'c.parentId')
      .select(['c.title', 'p.title as parent']),
  ),
  shape('a left join with itself: a hidden parent is none', (db) =>
    db
      .selectFrom('categories as c')
      .leftJoin('categories as p', 'p.id', 'c.parentId')
      .select(['c.id', 'p.title as parent']),
  ),
  shape(
    'a lateral join',
    (db) =>
      db
        .selectFrom('products')
        .leftJoinLateral(
          (eb) =>
            eb
              .selectFrom('portions')
              .whereRef('portions.productId', '=', 'products.id')
              .select('grams')
              .orderBy('grams', 'desc')
              .limit(1)
              .as('most'),
          (join) => join.onTrue(),
        )
        .select(['products.name', 'most.grams']),
    { needs: 'lateralJoin' },
  ),
]
