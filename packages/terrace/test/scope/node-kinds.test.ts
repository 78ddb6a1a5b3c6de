import { sql, type OperationNode, type OperationNodeKind } from 'kysely'
import { describe, expect, test } from 'vitest'
import { nodeKinds, type Handling } from '../../src/database/compile/node-kinds.ts'
import { compiled, kindsIn, refusalOf } from './compiling.ts'
import { queryShapes } from './query-shapes.ts'
import { writeShapes } from './shapes/write-shapes.ts'
import { treeBuilder as db, type AnyDb } from './shop.ts'
import { product } from './shop-rows.ts'

type Build = (db: AnyDb) => { toOperationNode(): OperationNode }

const products: Build = () => db.selectFrom('products').selectAll()
const joined: Build = () =>
  db.selectFrom('products').innerJoin('portions', 'portions.productId', 'products.id').select('grams')
const filtered: Build = () => db.selectFrom('products').select('id').where('kcal100g', '>', 5)
const listed: Build = () => db.selectFrom('products').select('id').where('name', 'in', ['a', 'b'])
const sorted: Build = () => db.selectFrom('products').select('id').orderBy('name', 'desc').limit(1).offset(2)
const grouped: Build = () =>
  db
    .selectFrom('products')
    .select((eb) => eb.fn.countAll().as('n'))
    .groupBy('isOpen')
    .having((eb) => eb.fn.countAll(), '>', 1)
const cte: Build = () =>
  db
    .with('mine', (inner) => inner.selectFrom('products').select('id'))
    .selectFrom('mine')
    .select('id')
const cases: Build = () =>
  db.selectFrom('products').select((eb) => eb.case().when('isOpen', '=', true).then('yes').else('no').end().as('open'))
const window: Build = () =>
  db.selectFrom('portions').select((eb) =>
    eb.fn
      .agg('rank')
      .over((over) => over.partitionBy('size').orderBy('grams'))
      .as('place'),
  )
const inserted: Build = () =>
  db
    .insertInto('products')
    .values([
      { name: 'a', kcal100g: 1 },
      { name: 'b', kcal100g: 2, note: 'x' },
    ])
    .returning('id')
const updated: Build = () => db.updateTable('products').set({ note: 'x' }).where('id', '=', product(1)).returning('id')
const upserted: Build = () =>
  db
    .insertInto('products')
    .values({ name: 'a', kcal100g: 1 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ note: 'x' }))

/** Of each kind that is handled, a statement that contains it. */
const handled: Partial<Record<OperationNodeKind, Build>> = {
  ReferenceNode: filtered,
  ColumnNode: filtered,
  ValueNode: filtered,
  RawNode: sorted,
  AndNode: () => db.selectFrom('products').select('id').where('isOpen', '=', true).where('note', 'is', null),
  OrNode: () =>
    db
      .selectFrom('products')
      .select('id')
      .where((eb) => eb.or([eb('isOpen', '=', true), eb('note', 'is', null)])),
  ParensNode: () =>
    db
      .selectFrom('products')
      .select('id')
      .where((eb) => eb.parens('isOpen', '=', true)),
  BinaryOperationNode: filtered,
  UnaryOperationNode: () =>
    db
      .selectFrom('products')
      .select('id')
      .where((eb) => eb.not(eb('isOpen', '=', true))),
  TupleNode: () =>
    db
      .selectFrom('products')
      .select('id')
      .where((eb) => eb(eb.refTuple('name', 'note'), '=', eb.tuple('a', 'b'))),
  FunctionNode: () => db.selectFrom('products').select((eb) => eb.fn('lower', ['note']).as('note')),
  AggregateFunctionNode: grouped,
  CaseNode: cases,
  WhenNode: cases,
  CastNode: () => db.selectFrom('products').select((eb) => eb.cast('kcal100g', 'text').as('text')),
  DataTypeNode: () => db.selectFrom('products').select((eb) => eb.cast('kcal100g', 'text').as('text')),
  SelectQueryNode: products,
  InsertQueryNode: inserted,
  UpdateQueryNode: updated,
  DeleteQueryNode: () => db.deleteFrom('portions').where('grams', '>', 5),
  SelectionNode: products,
  SelectAllNode: products,
  AliasNode: () => db.selectFrom('products as p').select('p.id'),
  IdentifierNode: products,
  SchemableIdentifierNode: products,
  TableNode: products,
  FromNode: products,
  JoinNode: joined,
  OnNode: joined,
  WhereNode: filtered,
  HavingNode: grouped,
  GroupByNode: grouped,
  GroupByItemNode: grouped,
  OrderByNode: sorted,
  OrderByItemNode: sorted,
  CollateNode: () =>
    db
      .selectFrom('products')
      .select('id')
      .orderBy('note', (order) => order.collate('binary')),
  LimitNode: sorted,
  OffsetNode: sorted,
  FetchNode: () => db.selectFrom('products').select('id').fetch(3),
  SelectModifierNode: () => db.selectFrom('products').select('id').forUpdate(),
  SetOperationNode: () => db.selectFrom('products').select('name').union(db.selectFrom('foods').select('name')),
  WithNode: cte,
  CommonTableExpressionNode: cte,
  CommonTableExpressionNameNode: cte,
  OperatorNode: filtered,
  PrimitiveValueListNode: listed,
  ValueListNode: () =>
    db
      .selectFrom('products')
      .select('id')
      .where((eb) => eb('name', 'in', [eb.val('a'), eb.val('b')])),
  ValuesNode: inserted,
  DefaultInsertValueNode: inserted,
  ColumnUpdateNode: updated,
  ReturningNode: inserted,
  OnConflictNode: upserted,
  OverNode: window,
  PartitionByNode: window,
  PartitionByItemNode: window,
}

const byRule: ReadonlySet<OperationNodeKind> = new Set(['OnConflictNode'])

const table = db.schema
  .createTable('x')
  .addColumn('a', 'integer', (column) =>
    column
      .references('y.id')
      .defaultTo(1)
      .generatedAlwaysAs(sql`1`),
  )
  .addPrimaryKeyConstraint('pk', ['a'])
  .addUniqueConstraint('uq', ['a'])
  .addCheckConstraint('ck', sql`a > 0`)
  .addForeignKeyConstraint('fk', ['a'], 'y', ['id'])
const create: Build = () => table
const alter =
  (change: (builder: ReturnType<typeof db.schema.alterTable>) => unknown): Build =>
  () =>
    change(db.schema.alterTable('x')) as ReturnType<Build>
const path: Build = () => db.selectFrom('posts').select((eb) => eb.ref('tags', '->').at(0).as('first'))
const merged: Build = () =>
  db.mergeInto('products').using('foods', 'foods.id', 'products.foodId').whenMatched().thenDelete()

/** Of each kind that is refused, a statement that contains it; null where only a forged tree can. */
const refusedTrees: Partial<Record<OperationNodeKind, Build | null>> = {
  MergeQueryNode: merged,
  MatchedNode: merged,
  OnDuplicateKeyNode: () =>
    db.insertInto('products').values({ name: 'a', kcal100g: 1 }).onDuplicateKeyUpdate({ note: 'x' }),
  OrActionNode: () => db.insertInto('products').values({ name: 'a', kcal100g: 1 }).orIgnore(),
  UsingNode: () => db.deleteFrom('portions').using('products').whereRef('products.id', '=', 'portions.productId'),
  ListNode: () => db.updateTable(['products', 'portions']).set({ note: 'x' }).where('grams', '>', 1),
  ExplainNode: null,
  TopNode: () => db.selectFrom('products').select('id').top(1),
  OutputNode: () => db.insertInto('products').output('inserted.id').values({ name: 'a', kcal100g: 1 }),
  JSONReferenceNode: path,
  JSONPathNode: () => db.selectFrom('posts').select((eb) => eb.ref('tags', '->$').at(0).as('first')),
  JSONPathLegNode: () => db.selectFrom('posts').select((eb) => eb.ref('tags', '->$').at(0).as('first')),
  JSONOperatorChainNode: path,
  CreateTableNode: create,
  ColumnDefinitionNode: create,
  DefaultValueNode: create,
  GeneratedNode: create,
  ReferencesNode: create,
  PrimaryKeyConstraintNode: create,
  UniqueConstraintNode: create,
  CheckConstraintNode: create,
  ForeignKeyConstraintNode: create,
  AlterTableNode: alter((builder) => builder.renameTo('y')),
  AddColumnNode: alter((builder) => builder.addColumn('b', 'integer')),
  AlterColumnNode: alter((builder) => builder.alterColumn('b', (column) => column.setNotNull())),
  ModifyColumnNode: alter((builder) => builder.modifyColumn('b', 'integer')),
  RenameColumnNode: alter((builder) => builder.renameColumn('b', 'c')),
  DropColumnNode: alter((builder) => builder.dropColumn('b')),
  AddConstraintNode: alter((builder) => builder.addUniqueConstraint('uq', ['b'])),
  DropConstraintNode: alter((builder) => builder.dropConstraint('uq')),
  RenameConstraintNode: alter((builder) => builder.renameConstraint('uq', 'uq2')),
  AddIndexNode: alter((builder) => builder.addIndex('ix').column('b')),
  DropTableNode: () => db.schema.dropTable('products'),
  CreateIndexNode: () => db.schema.createIndex('ix').on('products').column('name'),
  DropIndexNode: () => db.schema.dropIndex('ix'),
  CreateViewNode: () => db.schema.createView('v').as(db.selectFrom('products').select('id')),
  RefreshMaterializedViewNode: () => db.schema.refreshMaterializedView('v'),
  DropViewNode: () => db.schema.dropView('v'),
  CreateSchemaNode: () => db.schema.createSchema('s'),
  DropSchemaNode: () => db.schema.dropSchema('s'),
  CreateTypeNode: () => db.schema.createType('t'),
  DropTypeNode: () => db.schema.dropType('t'),
  AlterTypeNode: () => db.schema.alterType('t').addValue('a'),
  AddValueNode: () => db.schema.alterType('t').addValue('a'),
  RenameValueNode: () => db.schema.alterType('t').renameValue('a', 'b'),
}

const kinds = Object.entries(nodeKinds) as readonly (readonly [OperationNodeKind, Handling])[]
const ofKind = (...wanted: readonly Handling['kind'][]): readonly OperationNodeKind[] =>
  kinds.filter(([, { kind }]) => wanted.includes(kind)).map(([name]) => name)

describe('a kind of node that is handled', () => {
  test.each(ofKind('expression', 'part', 'statement'))('%s', (kind) => {
    const build = handled[kind] as Build
    expect(kindsIn(build(db).toOperationNode())).toContain(kind)
    const { sql: text } = compiled(build, { byRule: byRule.has(kind), allow: { collations: ['binary'] } })
    expect(text).toMatch(/^(select|with|insert|update|delete)/)
    // In Ann's session each of these is limited to her rows.
    expect(text).toContain('"device_id"')
  })
})

test('every kind that is handled runs on every engine, but for two that need an allow-list or the DAO', () => {
  const trees = [...queryShapes.map(({ query }) => query(db)), ...writeShapes.map(({ statement }) => statement(db))]
  const kindsRun = new Set<OperationNodeKind>()
  for (const tree of trees) {
    const { toOperationNode } = tree as { toOperationNode?(): OperationNode }
    if (toOperationNode !== undefined) kindsIn(toOperationNode.call(tree), kindsRun)
  }
  const missing = ofKind('expression', 'part', 'statement').filter((kind) => !kindsRun.has(kind))
  expect(missing.toSorted()).toEqual(['CollateNode', 'OnConflictNode'])
})

describe('a kind of node that is refused, with what to write instead', () => {
  test.each(ofKind('refused'))('%s', (kind) => {
    const build = refusedTrees[kind] ?? null
    if (build === null) return
    expect(kindsIn(build(db).toOperationNode())).toContain(kind)
    const refusal = refusalOf(build)
    expect(refusal).toMatchObject({ code: 'SCOPE_REFUSED', kind: 'misuse' })
    expect(refusal.remedy).not.toBe('')
  })

  test('each has an example', () => {
    expect(Object.keys(refusedTrees).toSorted()).toEqual(ofKind('refused').toSorted())
  })

  test('EXPLAIN, in front of every statement', () => {
    const explain = { kind: 'ExplainNode' }
    for (const build of [products, inserted, updated, handled.DeleteQueryNode as Build]) {
      const node = { ...build(db).toOperationNode(), explain }
      expect(refusalOf(() => ({ toOperationNode: () => node as OperationNode })).message).toMatch(/^EXPLAIN is refused/)
    }
  })
})

describe('a node where none of its kind belongs', () => {
  test.each(ofKind('part', 'statement', 'refused'))('%s as a condition', (kind) => {
    const select = filtered(db).toOperationNode()
    const forged = { ...select, where: { kind: 'WhereNode', where: { kind, query: 1, columns: [], values: [] } } }
    expect(refusalOf(() => ({ toOperationNode: () => forged as OperationNode })).code).toBe('SCOPE_REFUSED')
  })

  test.each(ofKind('expression', 'part', 'refused').filter((kind) => kind !== 'SelectQueryNode' && kind !== 'RawNode'))(
    '%s as a statement',
    (kind) => {
      expect(refusalOf(() => ({ toOperationNode: () => ({ kind }) })).code).toBe('SCOPE_REFUSED')
    },
  )

  test('a kind that nobody knows', () => {
    const forged = { kind: 'EvilNode' as OperationNodeKind }
    expect(refusalOf(() => ({ toOperationNode: () => forged })).code).toBe('SCOPE_REFUSED')
  })
})
