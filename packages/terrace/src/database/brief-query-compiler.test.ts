import {
  createQueryId,
  DummyDriver,
  Kysely,
  MysqlQueryCompiler,
  PostgresQueryCompiler,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type OperationNode,
  type RootOperationNode,
} from 'kysely'
import { describe, expect, test } from 'vitest'
import { briefly } from './brief-query-compiler.ts'

type AnyDb = Kysely<Record<string, Record<string, unknown>>>

const db: AnyDb = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (any) => new SqliteIntrospector(any),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

const statements: readonly (readonly [string, { toOperationNode(): OperationNode }])[] = [
  ['a reference with and without its table', db.selectFrom('a').select(['a.id', 'name']).selectAll('a')],
  ['an alias', db.selectFrom('a as "b').select('"b.x as y')],
  ['a schema', db.withSchema('s').selectFrom('a').select('a.id')],
  ['a column behind a schema', db.selectFrom('s.a').select('s.a.id')],
  ['names that hold quotes', db.selectFrom('a"b`c').select(['x"y', 'x`y'])],
  ['a name of every object', db.selectFrom('constructor').select('toString')],
  ['values and conditions', db.selectFrom('a').select('id').where('id', '=', 1).where('id', 'in', [1, 2])],
  [
    'sub-queries as operands, outputs and tables',
    db
      .selectFrom((eb) => eb.selectFrom('b').select('id').as('c'))
      .select((eb) => eb.selectFrom('d').select('id').as('e'))
      .where('c.id', '=', db.selectFrom('f').select('id') as never)
      .where((eb) => eb.exists(eb.selectFrom('g').select('id').whereRef('g.id', '=', 'c.id'))),
  ],
  [
    'AND and OR around a query',
    db
      .selectFrom('a')
      .select('id')
      .where((eb) =>
        eb.or([eb('x', 'is', null), eb.and([eb('y', '>', 1), eb.exists(eb.selectFrom('b').select('z'))])]),
      ),
  ],
  [
    'an operator that is raw',
    db
      .selectFrom('a')
      .select('id')
      .where('x', sql`<=>` as never, 1),
  ],
  ['a union', db.selectFrom('a').select('id').union(db.selectFrom('b').select('id'))],
  ['an insert', db.insertInto('a').values([{ x: 1, y: 'z' }])],
  ['an insert from a query', db.insertInto('a').columns(['x']).expression(db.selectFrom('b').select('x'))],
  ['an update', db.updateTable('a').set({ x: 1 }).where('a.id', '=', 2)],
  ['a delete', db.deleteFrom('a').where('id', '=', 1)],
  [
    'raw SQL around names',
    db.selectFrom('a').select(sql`length(${sql.ref('a.x')}, ${sql.table('a')}, ${sql.id('b', 'c')})`.as('n')),
  ],
]

describe.each([
  ['SQLite', SqliteQueryCompiler],
  ['PostgreSQL', PostgresQueryCompiler],
  ['MySQL', MysqlQueryCompiler],
])('Kysely’s compiler for %s, brief', (_, Compiler) => {
  const whole = new Compiler()
  const brief = new (briefly(Compiler))()

  test.each(statements)('writes the same text and parameters for %s', (_title, statement) => {
    const node = statement.toOperationNode() as RootOperationNode
    const expected = whole.compileQuery(node, createQueryId())
    // Twice: the second time the names are known.
    for (const query of [brief.compileQuery(node, createQueryId()), brief.compileQuery(node, createQueryId())])
      expect({ sql: query.sql, parameters: query.parameters }).toEqual({
        sql: expected.sql,
        parameters: expected.parameters,
      })
  })

  test('quotes names that come after more than it keeps', () => {
    for (let at = 0; at < 2_100; at += 1) {
      const node = db.selectFrom(`t"${at}`).select('id').toOperationNode()
      expect(brief.compileQuery(node, createQueryId()).sql).toBe(whole.compileQuery(node, createQueryId()).sql)
    }
  })
})
