import { shape, type QueryShape } from './query-shape.ts'

export const withShapes: readonly QueryShape[] = [
  shape('a CTE', (db) =>
    db
      .with('rich', (cte) => cte.selectFrom('products').select(['id', 'name', 'kcal100g']).where('kcal100g', '>=', 20))
      .selectFrom('rich')
      .selectAll(),
  ),
  shape(
    'a CTE that reads another',
    (db) =>
      db
        .with('mine', (cte) => cte.selectFrom('products').select(['id', 'price']))
        .with('dear', (cte) => cte.selectFrom('mine').select(['mine.id', 'mine.price']).where('mine.price', '>', '2'))
        .selectFrom('dear')
        .innerJoin('portions', 'portions.productId', 'dear.id')
        .select(['dear.price', 'portions.grams']),
    { isOpen: true },
  ),
  shape('a CTE with names for its columns', (db) =>
    db
      .with('energy(key, kcal)', (cte) => cte.selectFrom('products').select(['id as key', 'kcal100g as kcal']))
      .selectFrom('energy')
      .select(['key', 'kcal']),
  ),
  shape('a CTE named as a table hides it', (db) =>
    db
      .with('products', (cte) => cte.selectFrom('foods').select(['id', 'name']))
      .selectFrom('products')
      .selectAll(),
  ),
  shape('a CTE named as the parent of a table does not hide it from the scope', (db) =>
    db
      .with('products', (cte) => cte.selectFrom('portions').select(['productId as id', 'grams as kcal100g']))
      .selectFrom('portions')
      .select(['id', 'grams']),
  ),
  shape('a CTE that reads the table it is named as', (db) =>
    db
      .with('portions', (cte) => cte.selectFrom('portions').select(['id', 'grams']).where('grams', '>', 90))
      .selectFrom('portions')
      .selectAll(),
  ),
  shape('a recursive CTE', (db) =>
    db
      .withRecursive('tree', (cte) =>
        cte
          .selectFrom('categories')
          .where('parentId', 'is', null)
          .select(['id', 'title'])
          .unionAll(
            cte
              .selectFrom('categories')
              .innerJoin('tree', 'tree.id', 'categories.parentId')
              .select(['categories.id', 'categories.title']),
          ),
      )
      .selectFrom('tree')
      .select(['tree.id', 'tree.title']),
  ),
  shape('a CTE inside a sub-query', (db) =>
    db
      .selectFrom((eb) =>
        db
          .with('mine', (cte) => cte.selectFrom('products').select('name'))
          .selectFrom('mine')
          .selectAll()
          .as(eb === undefined ? '' : 'inner'),
      )
      .selectAll(),
  ),
]
