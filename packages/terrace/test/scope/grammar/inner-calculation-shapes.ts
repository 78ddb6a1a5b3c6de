import type { AnyEb } from '../shop.ts'
import type { CalculationShape } from './calculations.ts'
import { above, beside, cubes, eb, five, isIn, on, plain, shape } from './calculations.ts'

export const innerCalculationShapes: readonly CalculationShape[] = [
  shape('over a column of the query around', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select('p.id')
      .where(
        eb.exists(
          db
            .selectFrom('foods as f')
            .select('f.id')
            .where((inner: AnyEb) => inner(over.cube(`p.${over.column}`), '>', inner.ref('f.kcal100g'))),
        ),
      ),
  ),
  shape('over a column of the query two levels around', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select('p.id')
      .where(
        eb.exists(
          db
            .selectFrom('tags as t')
            .select('t.id')
            .where(
              eb.exists(
                db
                  .selectFrom('notes as o')
                  .select('o.id')
                  .where(above(over.cube(`p.${over.column}`))),
              ),
            ),
        ),
      ),
  ),
  shape('what is grouped by', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select([over.cube(`p.${over.column}`).as('n'), eb.fn.countAll().as('many')])
      .groupBy('n'),
  ),
  shape('distinct', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select(over.cube(`p.${over.column}`).as('n'))
      .distinct(),
  ),
  shape('what is grouped by in a sub-query behind "in"', (db, over) =>
    db
      .selectFrom('tags as t')
      .select('t.id')
      .where(
        isIn(
          db
            .selectFrom(`${over.table} as p`)
            .select(over.cube(`p.${over.column}`).as('n'))
            .groupBy(`p.${over.column}`),
        ),
      ),
  ),
  shape('where, over the joined table of a left join', (db, over) =>
    db
      .selectFrom('tags as t')
      .leftJoin(`${over.table} as p`, (join) => join.onTrue() as never)
      .select(['p.id', 't.name'])
      .where(above(over.cube(`p.${over.column}`))),
  ),
  shape('ordered by the name of an output, with a limit', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select(['p.id', over.cube(`p.${over.column}`).as('n')])
      .orderBy('n')
      .orderBy('p.id')
      .limit(3),
  ),
  shape('having, over what is grouped by', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select([`p.${over.column}`, eb.fn.countAll().as('n')])
      .groupBy(`p.${over.column}`)
      .having(above(over.cube(`p.${over.column}`))),
  ),
  shape('having, inside a sub-query', (db, over) =>
    db
      .selectFrom('tags as t')
      .select('t.id')
      .where(
        eb.exists(
          db
            .selectFrom(`${over.table} as p`)
            .select(`p.${over.column}`)
            .groupBy(`p.${over.column}`)
            .having(above(over.cube(`p.${over.column}`))),
        ),
      ),
  ),
  shape('what is grouped by in a derived table', (db, over) =>
    db
      .selectFrom(
        db
          .selectFrom(`${over.table} as p`)
          .select([over.cube(`p.${over.column}`).as('n'), eb.fn.countAll().as('many')])
          .groupBy('n')
          .as('d'),
      )
      .selectAll()
      .where('d.n', '>', five),
  ),
  shape('order by with a limit', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select('p.id')
      .orderBy(over.cube(`p.${over.column}`) as never)
      .orderBy('p.id')
      .limit(3),
  ),
  shape('order by, beside a sub-query that counts', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .select([
        'p.id',
        over.cube(`p.${over.column}`).as('n'),
        db.selectFrom('tags as t').select(eb.fn.countAll().as('many')).as('many'),
      ])
      .orderBy('n')
      .orderBy('p.id')
      .limit(3),
  ),
  shape('distinct in a derived table', (db, over) =>
    db
      .selectFrom(
        db
          .selectFrom(`${over.table} as p`)
          .select(over.cube(`p.${over.column}`).as('n'))
          .distinct()
          .as('d'),
      )
      .selectAll()
      .where('d.n', '>', five),
  ),
  shape('the parts of a window in a derived table', (db, over) =>
    db
      .selectFrom(
        db
          .selectFrom(`${over.table} as p`)
          .select([
            'p.id',
            over.cube(`p.${over.column}`).as('n'),
            eb.fn
              .agg<number>('rank')
              .over((window) => window.partitionBy(over.cube(`p.${over.column}`) as never).orderBy('p.id' as never))
              .as('place'),
          ])
          .as('d'),
      )
      .selectAll()
      .where('d.n', '>', five),
  ),
  shape('a union in a derived table', (db, over) =>
    db
      .selectFrom(
        cubes(db, over)
          .unionAll(cubes(db, over) as never)
          .as('d'),
      )
      .selectAll()
      .where('d.n', '>', five),
  ),
  shape('over a union in a derived table', (db, over) =>
    db
      .selectFrom(
        plain(db, over)
          .unionAll(plain(db, over) as never)
          .as('d'),
      )
      .select('d.id')
      .where(above(over.cube('d.n'))),
  ),
  shape('a join with what a derived table gives', (db, over) =>
    db.selectFrom('foods as f').innerJoin(cubes(db, over).as('d'), 'd.n', 'f.kcal100g').select(['d.id', 'f.name']),
  ),
  shape('a left join with what a derived table gives', (db, over) =>
    db
      .selectFrom('tags as t')
      .leftJoin(
        cubes(db, over).as('d'),
        on((join) => join.on(eb('d.n', '>', five))),
      )
      .select(['d.id', 'd.n']),
  ),
  shape('a right join with what a derived table gives', (db, over) =>
    db.selectFrom(cubes(db, over).as('d')).rightJoin('foods as f', 'd.n', 'f.kcal100g').select(['d.id', 'f.name']),
  ),
  shape('the condition of a join over a column of a derived table', (db, over) =>
    db
      .selectFrom('tags as t')
      .innerJoin(
        plain(db, over).as('d'),
        on((join) => join.on(above(over.cube('d.n')))),
      )
      .select('d.id'),
  ),
  shape('a scalar sub-query over a column around', (db, over) =>
    db
      .selectFrom(
        db
          .selectFrom(`${over.table} as p`)
          .select([
            'p.id',
            db
              .selectFrom('tags as t')
              .select(over.cube(`p.${over.column}`).as('n'))
              .limit(1)
              .as('n'),
          ])
          .as('d'),
      )
      .select('d.id')
      .where('d.n', '>', five),
  ),
  shape('case in the condition of a join', (db, over) =>
    db
      .selectFrom(`${over.table} as p`)
      .innerJoin(
        'tags as t',
        on((join) =>
          join.on(
            eb(
              eb
                .case()
                .when('t.name', '=', 'raw')
                .then(over.cube(`p.${over.column}`))
                .else(over.cube(`p.${over.column}`))
                .end(),
              '>',
              five,
            ),
          ),
        ),
      )
      .select('p.id'),
  ),
  shape(
    'a lateral query over a column beside it',
    (db, over) =>
      db
        .selectFrom(`${over.table} as p`)
        .innerJoinLateral(
          beside(
            db
              .selectFrom('tags as t')
              .select(over.cube(`p.${over.column}`).as('n'))
              .as('l'),
          ),
          on((join) => join.onTrue()),
        )
        .select('p.id' as never)
        .where('l.n' as never, '>', five as never),
    'lateralJoin',
  ),
  shape(
    'a lateral query, joined by its calculation',
    (db, over) =>
      db
        .selectFrom(`${over.table} as p`)
        .leftJoinLateral(
          beside(
            db
              .selectFrom('tags as t')
              .select('t.name')
              .where(above(over.cube(`p.${over.column}`)))
              .as('l'),
          ),
          on((join) => join.onTrue()),
        )
        .select(['p.id' as never, 'l.name' as never]),
    'lateralJoin',
  ),
  shape(
    'distinct on',
    (db, over) =>
      db
        .selectFrom(`${over.table} as p`)
        .distinctOn(over.cube(`p.${over.column}`) as never)
        .select(['p.id'])
        .orderBy(over.cube(`p.${over.column}`) as never)
        .orderBy('p.id'),
    'distinctOn',
  ),
]
