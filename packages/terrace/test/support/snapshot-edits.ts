import fc from 'fast-check'
import {
  snapshotFrom,
  type CheckShape,
  type ColumnShape,
  type ForeignKeyShape,
  type IndexShape,
  type Rename,
  type Snapshot,
  type TableShape,
} from '../../src/schema/index.ts'
import type { MergeSide } from '../../src/sync/migrations/merge.ts'

const source = null

export function column(name: string, type = 'text'): ColumnShape {
  const plain = { default: null, generated: null, identity: null, collation: null, comment: null, isOpaque: false }
  return { name, type, nullable: true, ...plain, source }
}

export function table(name: string, columns: readonly ColumnShape[], parts: Partial<TableShape> = {}): TableShape {
  const none = { uniques: [], indexes: [], foreignKeys: [], checks: [] }
  return { name, comment: null, options: {}, columns, primaryKey: null, ...none, source, ...parts }
}

export function index(name: string, ...columns: readonly string[]): IndexShape {
  const order = { suffix: '', direction: 'asc', nulls: null } as const
  const list = columns.map((each) => ({ name: each, ...order }))
  return { name, columns: list, where: null, include: [], method: 'btree', valid: true, source }
}

export function check(name: string, expression: string): CheckShape {
  return { name, expression, enforced: true, source }
}

export function foreignKey(name: string, from: string, [targetTable, to]: readonly [string, string]): ForeignKeyShape {
  const rules = { onDelete: 'noAction', onUpdate: 'noAction', deferrable: 'no', enforced: true } as const
  return { name, columns: [from], targetTable, targetColumns: [to], ...rules, source }
}

/** One change of a structure; null where it cannot be made of that one. */
export interface SnapshotEdit {
  readonly words: string
  make(side: MergeSide): MergeSide | null
}

/** All of them in their order, leaving out those that cannot be made. */
export function edited(base: Snapshot, edits: readonly SnapshotEdit[]): MergeSide {
  return edits.reduce<MergeSide>((side, edit) => edit.make(side) ?? side, { snapshot: base, renames: [] })
}

/** The same; null where one of them cannot be made. */
export function editedWhole(side: MergeSide, edits: readonly SnapshotEdit[]): MergeSide | null {
  return edits.reduce<MergeSide | null>((known, edit) => (known === null ? null : edit.make(known)), side)
}

function onTable(
  words: string,
  name: string,
  change: (shape: TableShape, side: MergeSide) => TableShape | null,
): SnapshotEdit {
  return {
    words: `${words} in ${name}`,
    make: (side) => {
      const shape = side.snapshot.tables[name]
      const changed = shape === undefined ? null : change(shape, side)
      if (changed === null) return null
      const others = Object.values(side.snapshot.tables).filter((each) => each.name !== name)
      return { ...side, snapshot: snapshotFrom([...others, changed]) }
    },
  }
}

const has = ({ columns }: TableShape, name: string): boolean => columns.some((each) => each.name === name)
const isNamed = ({ indexes, checks, foreignKeys }: TableShape, name: string): boolean =>
  indexes.some((each) => each.columns.some((one) => one.name === name)) ||
  checks.some(({ expression }) => expression.includes(`"${name}"`)) ||
  foreignKeys.some((each) => each.columns.includes(name))
const isTarget = ({ snapshot }: MergeSide, to: string, name?: string): boolean =>
  Object.values(snapshot.tables).some(({ foreignKeys }) =>
    foreignKeys.some((each) => each.targetTable === to && (name === undefined || each.targetColumns.includes(name))),
  )

export const edits = {
  addTable: (name: string, columns: readonly string[]): SnapshotEdit => ({
    words: `add table ${name} (${columns.join(', ')})`,
    make: (side) => {
      if (side.snapshot.tables[name] !== undefined) return null
      const shapes = [
        ...Object.values(side.snapshot.tables),
        table(
          name,
          columns.map((each) => column(each)),
        ),
      ]
      return { ...side, snapshot: snapshotFrom(shapes) }
    },
  }),
  dropTable: (name: string): SnapshotEdit => ({
    words: `drop table ${name}`,
    make: (side) => {
      if (side.snapshot.tables[name] === undefined || isTarget(side, name)) return null
      const shapes = Object.values(side.snapshot.tables).filter((each) => each.name !== name)
      return { snapshot: snapshotFrom(shapes), renames: side.renames.filter((each) => each.table !== name) }
    },
  }),
  addColumn: (of: string, name: string, type = 'text'): SnapshotEdit =>
    onTable(`add column ${name} ${type}`, of, (shape) =>
      has(shape, name) ? null : { ...shape, columns: [...shape.columns, column(name, type)] },
    ),
  dropColumn: (of: string, name: string): SnapshotEdit =>
    onTable(`drop column ${name}`, of, (shape, side) =>
      !has(shape, name) || isNamed(shape, name) || isTarget(side, of, name) || shape.columns.length === 1
        ? null
        : { ...shape, columns: shape.columns.filter((each) => each.name !== name) },
    ),
  retype: (of: string, name: string, type: string): SnapshotEdit =>
    onTable(`make column ${name} ${type}`, of, (shape, side) =>
      shape.columns.some((each) => each.name === name && each.type !== type) &&
      !shape.foreignKeys.some((each) => each.columns.includes(name)) &&
      !isTarget(side, of, name)
        ? { ...shape, columns: shape.columns.map((each) => (each.name === name ? { ...each, type } : each)) }
        : null,
    ),
  renameColumn: (of: string, from: string, to: string): SnapshotEdit => ({
    words: `rename column ${of}.${from} to ${to}`,
    make: (side) => {
      const changed = onTable('', of, (shape) =>
        !has(shape, from) || has(shape, to) || isNamed(shape, from) || isTarget(side, of, from)
          ? null
          : { ...shape, columns: shape.columns.map((each) => (each.name === from ? { ...each, name: to } : each)) },
      ).make(side)
      const rename: Rename = { object: 'column', table: of, from, to }
      return changed === null ? null : { ...changed, renames: [...side.renames, rename] }
    },
  }),
  addIndex: (of: string, name: string, on: string): SnapshotEdit =>
    onTable(`add index ${name} on ${on}`, of, (shape, { snapshot }) =>
      has(shape, on) &&
      !Object.values(snapshot.tables).some(({ indexes }) => indexes.some((each) => each.name === name))
        ? { ...shape, indexes: [...shape.indexes, index(name, on)] }
        : null,
    ),
  addCheck: (of: string, name: string, on: string): SnapshotEdit =>
    onTable(`add check ${name} on ${on}`, of, (shape) =>
      has(shape, on) && !shape.checks.some((each) => each.name === name)
        ? { ...shape, checks: [...shape.checks, check(name, `"${on}" <> ''`)] }
        : null,
    ),
  addForeignKey: (of: string, from: string, to: readonly [string, string]): SnapshotEdit =>
    onTable(`add foreign key ${from} to ${to.join('.')}`, of, (shape, { snapshot }) => {
      const [name, target] = [`fk_${of}_${from}`, snapshot.tables[to[0]]]
      const there = target?.columns.find((each) => each.name === to[1])
      const own = shape.columns.find((each) => each.name === from)
      if (own === undefined || there?.type !== own.type || shape.foreignKeys.some((each) => each.name === name))
        return null
      return { ...shape, foreignKeys: [...shape.foreignKeys, foreignKey(name, from, to)] }
    }),
} as const

const tables = ['t', 'u', 'v']
const columns = ['a', 'b', 'c', 'd']
const of = fc.constantFrom(...tables)
const at = fc.constantFrom(...columns)
const type = fc.constantFrom('text', 'integer')
const name = fc.constantFrom('one', 'two')

export const anyEdit: fc.Arbitrary<SnapshotEdit> = fc.oneof(
  fc.tuple(of, fc.subarray(columns, { minLength: 1 })).map((parts) => edits.addTable(...parts)),
  of.map(edits.dropTable),
  fc.tuple(of, at, type).map((parts) => edits.addColumn(...parts)),
  fc.tuple(of, at).map((parts) => edits.dropColumn(...parts)),
  fc.tuple(of, at, type).map((parts) => edits.retype(...parts)),
  fc.tuple(of, at, at).map((parts) => edits.renameColumn(...parts)),
  fc.tuple(of, name, at).map((parts) => edits.addIndex(...parts)),
  fc.tuple(of, name, at).map(([on, kind, over]) => edits.addCheck(on, `ck_${on}_${kind}`, over)),
  fc.tuple(of, at, fc.tuple(of, at)).map((parts) => edits.addForeignKey(...parts)),
)

const base = snapshotFrom([
  table('t', [column('a'), column('b'), column('c', 'integer')], { indexes: [index('ix', 'a')] }),
  table('u', [column('a'), column('d', 'integer')], { checks: [check('ck', `"a" <> ''`)] }),
])

/** A structure to begin with. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .array(anyEdit, { maxLength: 4 })
  .map((some) => edited(base, some).snapshot)
