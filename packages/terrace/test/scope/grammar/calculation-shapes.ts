import { expressionBuilder } from 'kysely'
import type { AliasableExpression, Expression, SqlBool } from 'kysely'
import type { Capabilities } from '../../../src/database/index.ts'
import type { AnyDb, AnyEb } from '../shop.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- any statement that can be written
type AnyQuery = { execute(): Promise<any> }

/** A place where a statement calculates over a table of which a hidden row holds a number that is too large for it. */
export interface CalculationShape {
  readonly title: string
  readonly query: (db: AnyDb, over: Over) => AnyQuery
  readonly needs?: keyof Capabilities
}

/** What is calculated, and of which column. */
export interface Over {
  readonly table: string
  readonly column: string
  /** The table's column, and that of `products`, by which the two hang together. */
  readonly link: readonly [string, string]
  /** Of a column: a number that does not fit where the column's is large. */
  readonly cube: (ref: string) => AliasableExpression<number>
}

interface JoinBuilder {
  onRef(left: string, operator: string, right: string): JoinBuilder
  on(condition: Expression<SqlBool>): JoinBuilder
  onTrue(): JoinBuilder
}

// oxlint-disable-next-line typescript/no-explicit-any -- names are checked at run time
const eb = expressionBuilder<any, any>() as AnyEb
/** Of no column's own kind, so that they stand beside any number. */
const [five, eight] = [eb.cast<number>(eb.lit(5), 'integer'), eb.cast<number>(eb.lit(8), 'integer')]
const above = (value: Expression<number>): Expression<SqlBool> => eb(value, '>', five)
const on =
  (build: (join: JoinBuilder) => JoinBuilder) =>
  (join: unknown): never =>
    build(join as JoinBuilder) as never
// oxlint-disable-next-line typescript/no-explicit-any -- the same
const beside = (query: unknown) => (() => query) as any
const isIn = (query: unknown): Expression<SqlBool> => eb(eight, 'in', query as never)
const shape = (
  title: string,
  query: CalculationShape['query'],
  needs?: CalculationShape['needs'],
): CalculationShape => ({ title, query, ...(needs !== undefined && { needs }) })

const cubes = (db: AnyDb, { table, column, cube }: Over) =>
  db.selectFrom(`${table} as p`).select(['p.id as id', cube(`p.${column}`).as('n')])
const plain = (db: AnyDb, { table, column }: Over) =>
  db.selectFrom(`${table} as p`).select(['p.id as id', `p.${column} as n`])

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
