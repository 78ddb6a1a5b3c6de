import type { Expression, SqlBool } from 'kysely'
import type { AnyDb } from '../shop.ts'
import type { CalculationShape } from './calculations.ts'
import { above, cubes, eight, eb, five, isIn, on, plain, shape } from './calculations.ts'
import { innerCalculationShapes } from './inner-calculation-shapes.ts'

export const calculationShapes: readonly CalculationShape[] = [
  shape('where', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select('p.id')
      .where(above(over.cube(`p.${over.column}`))),
  ),
  shape('the condition of an inner join', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .innerJoin(
        'tags as t',
        on((join) => join.on(above(over.cube(`p.${over.column}`)))),
      )
      .select(['p.id', 't.name']),
  ),
  shape('the condition of a left join, of the table before', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .leftJoin(
        'tags as t',
        on((join) => join.on(eb(over.cube(`p.${over.column}`), '=', eight))),
      )
      .select(['p.id', 't.name']),
  ),
  shape('the condition of a left join, of the joined table', (db, over) =>
    db
      .selectFrom('tags as t')
      .leftJoin(
        `${over.table} as p`,
        on((join) => join.on(above(over.cube(`p.${over.column}`)))),
      )
      .select(['p.id', 't.name']),
  ),
  shape('the condition of a right join', (db, over) =>
    db
      .selectFrom('tags as t')
      .rightJoin(
        `${over.table} as p`,
        on((join) => join.on(above(over.cube(`p.${over.column}`)))),
      )
      .select(['p.id', 't.name']),
  ),
  shape('where, over a right join', (db, over) =>
    db
      .selectFrom('products as q')
      .rightJoin(`${over.table} as p`, `p.${over.link[0]}`, `q.${over.link[1]}`)
      .select(['p.id', 'q.name'])
      .where(above(over.cube(`p.${over.column}`))),
  ),
  shape('where, over the other side of a right join', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .rightJoin('products as q', `p.${over.link[0]}`, `q.${over.link[1]}`)
      .select(['p.id', 'q.name'])
      .where(above(over.cube(`p.${over.column}`))),
  ),
  shape(
    'where, over a full join',
    (db, over) =>
      db
        .selectFrom(`${over.table} as p`)
        .fullJoin('products as q', `p.${over.link[0]}`, `q.${over.link[1]}`)
        .select(['p.id', 'q.name'])
        .where(above(over.cube(`p.${over.column}`))),
    'fullJoin',
  ),
  shape('what a derived table gives, compared outside', (db, over) =>
    db.selectFrom(cubes(db, over).as('d')).selectAll().where('d.n', '>', five),
  ),
  shape('over a column of a derived table', (db, over) =>
    db
      .selectFrom(plain(db, over).as('d'))
      .select('d.id')
      .where(above(over.cube('d.n'))),
  ),
  shape('over a column of a derived table in a derived table', (db, over) =>
    db
      .selectFrom(db.selectFrom(plain(db, over).as('c')).select(['c.id', 'c.n']).as('d'))
      .select('d.id')
      .where(above(over.cube('d.n'))),
  ),
  shape('what a derived table in a derived table gives', (db, over) =>
    db
      .selectFrom(db.selectFrom(cubes(db, over).as('c')).select(['c.id', 'c.n']).as('d'))
      .select('d.id')
      .where('d.n', '>', five),
  ),
  shape('what a common table expression gives', (db, over) =>
    db
      .with('d', () => cubes(db, over))
      .selectFrom('d')
      .select('d.id')
      .where('d.n', '>', five),
  ),
  shape('over a column of a common table expression', (db, over) =>
    db
      .with('d', () => plain(db, over))
      .selectFrom('d')
      .select('d.id')
      .where(above(over.cube('d.n'))),
  ),
  shape('a common table expression that reads another', (db, over) =>
    db
      .with('c', () => plain(db, over))
      .with('d', (cte) => (cte as AnyDb).selectFrom('c').select(['c.id', over.cube('c.n').as('n')]))
      .selectFrom('d')
      .select('d.id')
      .where('d.n', '>', five),
  ),
  shape('what a sub-query behind "in" gives, around which nothing is hidden', (db, over) =>
    db
      .selectFrom('tags as t')
      .select('t.id')
      .where(isIn(db.selectFrom(`${over.table} as p`).select(over.cube(`p.${over.column}`).as('n')))),
  ),
  shape('what a sub-query behind "in" gives, compared with a column', (db, over) =>
    db
      .selectFrom('tags as t')
      .innerJoin('notes as o', (join) => join.onTrue() as never)
      .innerJoin('posts as w', (join) => join.onTrue() as never)
      .select('t.id')
      .where(
        eb(
          eb.fn('abs', [eb.cast(eb.lit(1), 'integer')]),
          'in',
          db.selectFrom(`${over.table} as p`).select(over.cube(`p.${over.column}`).as('n')),
        ) as Expression<SqlBool>,
      ),
  ),
  shape('what a sub-query behind "in" gives, around which rows are hidden', (db, over) =>
    db
      .selectFrom('foods as f')
      .select('f.id')
      .where('f.kcal100g', 'in', db.selectFrom(`${over.table} as p`).select(over.cube(`p.${over.column}`).as('n'))),
  ),
  ...innerCalculationShapes,
]
