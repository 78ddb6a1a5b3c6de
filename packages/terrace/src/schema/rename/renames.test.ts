import { describe, expect, test } from 'vitest'
import { diffSnapshots } from '../diff/diff-snapshots.ts'
import type { Rename } from './rename.ts'
import { snapshotFrom } from '../snapshot-from.ts'
import type { CheckShape, ColumnShape, IndexShape, LiveStructure, Snapshot, Source, TableShape } from '../snapshot.ts'
import { pendingRenames } from './pending-renames.ts'
import { renamePath } from './rename-path.ts'
import { renameStructure } from './rename-structure.ts'

const dialect = {
  renameInExpression: (expression: string, from: string, to: string) => expression.replaceAll(`"${from}"`, `"${to}"`),
}

function sourceOf(fact: Source['fact'], name: string, renamedFrom?: Source['renamedFrom']): Source {
  const source = { model: 'M', fact, name, columns: [name], properties: [name] }
  return renamedFrom === undefined ? source : { ...source, renamedFrom }
}

function column(name: string, renamedFrom?: Source['renamedFrom'], facts: Partial<ColumnShape> = {}): ColumnShape {
  const plain = { nullable: true, default: null, generated: null, identity: null, collation: null, comment: null }
  return { name, type: 'text', ...plain, isOpaque: false, source: sourceOf('column', name, renamedFrom), ...facts }
}

function table(name: string, columns: readonly ColumnShape[], facts: Partial<TableShape> = {}): TableShape {
  const nothing = { primaryKey: null, uniques: [], indexes: [], foreignKeys: [], checks: [] }
  return { name, comment: null, options: {}, columns, ...nothing, source: sourceOf('model', name), ...facts }
}

function check(name: string, expression: string): CheckShape {
  return { name, expression, enforced: true, source: null }
}

function index(name: string, ...columns: readonly string[]): IndexShape {
  const named = columns.map((each) => ({ name: each, suffix: '', direction: 'asc', nulls: null }) as const)
  return { name, columns: named, where: null, include: [], method: 'btree', valid: true, source: null }
}

function live(...tables: readonly TableShape[]): LiveStructure {
  const snapshot = snapshotFrom(tables)
  const estimatedRows = Object.fromEntries(tables.map(({ name }, at) => [name, at + 1]))
  return { snapshot, estimatedRows, otherObjects: {}, opaque: [], hasJournal: true, leftovers: [] }
}

const fromTable = (name: string): Source => sourceOf('model', 'any', name)
const none = (): boolean => false

function pending(declared: Snapshot, before: LiveStructure, isRecorded: (rename: Rename) => boolean = none) {
  const { renames, conflicts } = pendingRenames(declared, before.snapshot, isRecorded)
  return [
    ...renames.map(({ object, table: of, from, to }) => `${object} ${of}: ${from} → ${to}`),
    ...conflicts.map(({ rename: { object, from, to } }) => `${object}: ${from} or ${to}?`),
  ]
}

/** What still differs once the declared renames are done. */
function leftAfter(declared: Snapshot, before: LiveStructure): readonly string[] {
  const { renames } = pendingRenames(declared, before.snapshot, none)
  const renamed = renameStructure(before, renames, dialect)
  return diffSnapshots(renamed, { declared, canonical: declared }).map((change) =>
    'differences' in change
      ? `${change.kind}: ${change.differences.map(({ aspect }) => aspect).join(', ')}`
      : change.kind,
  )
}

describe('a declared rename is pending', () => {
  const declared = snapshotFrom([table('goods', [column('name', 'title')], { source: fromTable('items') })])

  test('while the former name is there and the new one is not: of a table first, of its columns by its new name', () => {
    expect(pending(declared, live(table('items', [column('title')])))).toEqual([
      'table goods: items → goods',
      'column goods: title → name',
    ])
    expect(pending(declared, live(table('goods', [column('title')])))).toEqual(['column goods: title → name'])
    expect(pending(declared, live(table('items', [column('name')])))).toEqual(['table goods: items → goods'])
  })

  test('no longer where the former name is gone, or was never there', () => {
    expect(pending(declared, live(table('goods', [column('name')])))).toEqual([])
    expect(pending(declared, live())).toEqual([])
    expect(pending(declared, live(table('goods', [column('other')])))).toEqual([])
  })

  test('no longer where the ledger has that very rename, whatever has the former name now', () => {
    const both = live(table('goods', [column('name'), column('title')]), table('items', [column('title')]))
    expect(pending(declared, both, () => true)).toEqual([])
    expect(pending(declared, both, ({ object }) => object === 'table')).toEqual(['column: title or name?'])
  })

  test('no longer where the ledger has that of a column under the name that its table is only about to lose', () => {
    const swap = snapshotFrom([table('goods', [column('a', 'b'), column('b', 'a')], { source: fromTable('items') })])
    const asked: string[] = []
    const isRecorded = ({ object, table: of, to }: Rename): boolean => {
      asked.push(`${object} ${of}.${to}`)
      return object === 'column'
    }
    expect(pending(swap, live(table('items', [column('a'), column('b')])), isRecorded)).toEqual([
      'table goods: items → goods',
    ])
    expect(asked).toEqual(['table goods.goods', 'column items.a', 'column items.b'])
  })

  test('never onto a name that is taken: nothing says which has the values', () => {
    expect(pending(declared, live(table('goods', [column('name')]), table('items', [column('title')])))).toEqual([
      'table: items or goods?',
    ])
    expect(pending(declared, live(table('goods', [column('name'), column('title')])))).toEqual([
      'column: title or name?',
    ])
  })

  test('for both of two that change their names, and for each of a chain', () => {
    const swap = snapshotFrom([table('t', [column('a', 'b'), column('b', 'a')])])
    expect(pending(swap, live(table('t', [column('a'), column('b')])))).toEqual(['column t: b → a', 'column t: a → b'])
    const chain = snapshotFrom([table('t', [column('b', 'a'), column('c', 'b')])])
    expect(pending(chain, live(table('t', [column('a'), column('b')])))).toEqual(['column t: a → b', 'column t: b → c'])
  })

  test('for none of a chain whose end is taken, as the others would meet it', () => {
    const chain = snapshotFrom([table('t', [column('b', 'a'), column('c', 'b')])])
    expect(pending(chain, live(table('t', [column('a'), column('b'), column('c')])))).toEqual([
      'column: b or c?',
      'column: a or b?',
    ])
  })

  test('where only the case of letters changes', () => {
    const lower = snapshotFrom([table('goods', [column('size', 'Size')], { source: fromTable('Goods') })])
    expect(pending(lower, live(table('Goods', [column('Size')])))).toEqual([
      'table goods: Goods → goods',
      'column goods: Size → size',
    ])
  })

  test('from the one name of many that is there', () => {
    const marker = snapshotFrom([table('t', [column('uq_c_rows', ['uq_a_rows', 'uq_b_rows'])])])
    expect(pending(marker, live(table('t', [column('uq_b_rows')])))).toEqual(['column t: uq_b_rows → uq_c_rows'])
  })
})

describe('after its renames a structure', () => {
  test('differs in nothing that follows from names but the names of constraints', () => {
    const before = live(
      table('items', [column('title'), column('kind')], {
        primaryKey: { name: 'pk_items', columns: ['title'], source: null },
        indexes: [index('ix_items_title', 'title', 'kind')],
        checks: [check('ck_items_title', '"title" > \'title\'')],
      }),
      table('lines', [column('itemTitle')], {
        foreignKeys: [
          {
            name: 'fk_lines_items',
            columns: ['itemTitle'],
            targetTable: 'items',
            targetColumns: ['title'],
            onDelete: 'cascade',
            onUpdate: 'noAction',
            deferrable: 'no',
            enforced: true,
            source: null,
          },
        ],
      }),
    )
    const [lines] = Object.values(before.snapshot.tables).filter(({ name }) => name === 'lines')
    const [foreignKey] = lines?.foreignKeys ?? []
    const declared = snapshotFrom([
      table('goods', [column('name', 'title'), column('kind')], {
        source: fromTable('items'),
        primaryKey: { name: 'pk_goods', columns: ['name'], source: null },
        indexes: [index('ix_goods_name', 'name', 'kind')],
        checks: [check('ck_goods_name', '"name" > \'title\'')],
      }),
      table('lines', [column('itemTitle')], {
        foreignKeys:
          foreignKey === undefined
            ? []
            : [{ ...foreignKey, name: 'fk_lines_goods', targetTable: 'goods', targetColumns: ['name'] }],
      }),
    ])
    expect(leftAfter(declared, before)).toEqual([
      'alterPrimaryKey: name',
      'alterIndex: name',
      'alterCheck: name',
      'alterForeignKey: name',
    ])
  })

  test('has what else the models changed told of the renamed column, never as a column lost and one won', () => {
    const before = live(table('t', [column('title')]))
    const declared = snapshotFrom([table('t', [column('name', 'title', { type: 'integer', nullable: false })])])
    expect(leftAfter(declared, before)).toEqual(['alterColumn: type, nullability'])
  })

  test('has two columns that changed their names in every rule, each in its place', () => {
    const before = live(
      table('t', [column('a'), column('b', undefined, { type: 'integer' })], {
        checks: [check('both', '"a" < "b" or "a" = \'"\'')],
        indexes: [index('i', 'a', 'b', '(lower("a"))')],
      }),
    )
    const declared = snapshotFrom([
      table('t', [column('a', 'b', { type: 'integer' }), column('b', 'a')], {
        checks: [check('both', '"b" < "a" or "b" = \'"\'')],
        indexes: [index('i', 'b', 'a', '(lower("b"))')],
      }),
    ])
    expect(leftAfter(declared, before)).toEqual([])
  })

  test('of two tables that changed their names has their constraints made anew, as neither name is free', () => {
    const before = live(
      table('one', [column('x')], { indexes: [index('ix_one_x', 'x')] }),
      table('two', [column('x')], { indexes: [index('ix_two_x', 'x')] }),
    )
    const declared = snapshotFrom([
      table('one', [column('x')], { source: fromTable('two'), indexes: [index('ix_one_x', 'x')] }),
      table('two', [column('x')], { source: fromTable('one'), indexes: [index('ix_two_x', 'x')] }),
    ])
    expect(leftAfter(declared, before)).toEqual(['alterIndex: name, name taken', 'alterIndex: name, name taken'])
  })

  test('keeps its estimates and what stands on its tables', () => {
    const trigger = { kind: 'trigger', name: 'tr', table: 'items', definition: null, uses: ['items', 'other'] } as const
    const before: LiveStructure = { ...live(table('items', [column('title')])), opaque: [trigger] }
    const renames: readonly Rename[] = [{ object: 'table', table: 'goods', from: 'items', to: 'goods' }]
    expect(renameStructure(before, renames, dialect)).toMatchObject({
      estimatedRows: { goods: 1 },
      opaque: [{ table: 'goods', uses: ['goods', 'other'] }],
    })
  })
})

test('a path of the ledger follows its table and its column, also where names change places', () => {
  const renames: readonly Rename[] = [
    { object: 'table', table: 'two', from: 'one', to: 'two' },
    { object: 'table', table: 'one', from: 'two', to: 'one' },
    { object: 'column', table: 'two', from: 'a', to: 'b' },
  ]
  const paths = ['one', 'one.a', 'two.a', 'one.other', 'others.a'].map((path) => renamePath(path, 'column', renames))
  expect(paths).toEqual(['two', 'two.b', 'one.a', 'two.other', 'others.a'])
  expect(renamePath('one.a', 'index', renames)).toBe('two.a')
})
