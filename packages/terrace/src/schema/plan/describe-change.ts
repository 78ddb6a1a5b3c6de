import type { Change, ChangeKind, ChangeOf, Difference } from '../change.ts'
import type { ColumnShape, TableShape } from '../snapshot.ts'
import type { Drift } from './plan.ts'
import { shapeText } from './shape-text.ts'

interface Sides {
  readonly object: string
  readonly live: string
  readonly wanted: string
}

const absent = 'missing'
const undeclared = 'not declared'

type Describer = { readonly [K in ChangeKind]: (change: ChangeOf<K>) => Sides }

const describers: Describer = {
  createTable: ({ wanted }) => ({ object: `table ${wanted.name}`, live: absent, wanted: shapeText.table(wanted) }),
  dropTable: ({ live }) => ({ object: `table ${live.name}`, live: shapeText.table(live), wanted: undeclared }),
  alterTable: ({ live, wanted }) => ({ object: `table ${live.name}`, live: options(live), wanted: options(wanted) }),
  replaceObject: ({ live, wanted }) => ({
    object: `table ${wanted.name}`,
    live: live.reason,
    wanted: shapeText.table(wanted),
  }),
  renameTable: ({ live, wanted }) => ({ object: `table ${wanted.name}`, live: live.name, wanted: wanted.name }),
  conflictingRename: ({ rename: { object, table, from, to } }) => ({
    object: object === 'table' ? `table ${to}` : `column ${table}.${to}`,
    live: `there beside ${from}`,
    wanted: `renamed from ${from}`,
  }),
  suspectTableRename: ({ live, wanted }) => ({
    object: `table ${wanted.name}`,
    live: `missing, while ${live.name} (${shapeText.table(live)}) is no longer declared`,
    wanted: shapeText.table(wanted),
  }),
  addColumn: ({ table, wanted }) => ({ object: column(table, wanted), live: absent, wanted: shapeText.column(wanted) }),
  dropColumn: ({ table, live }) => ({ object: column(table, live), live: shapeText.column(live), wanted: undeclared }),
  alterColumn: ({ table, live, wanted }) => ({
    object: column(table, wanted),
    live: shapeText.column(live),
    wanted: shapeText.column(wanted),
  }),
  renameColumn: ({ table, live, wanted }) => ({ object: column(table, wanted), live: live.name, wanted: wanted.name }),
  suspectColumnRename: ({ table, live, wanted }) => ({
    object: column(table, wanted),
    live: `missing, while ${live.name} (${shapeText.column(live)}) is no longer declared`,
    wanted: shapeText.column(wanted),
  }),
  alterPrimaryKey: ({ table, live, wanted }) => ({
    object: `primary key of ${table.wanted.name}`,
    live: shapeText.primaryKey(live),
    wanted: shapeText.primaryKey(wanted),
  }),
  addUnique: ({ table, wanted }) => added(table, { kind: 'unique', wanted }, shapeText.unique),
  dropUnique: ({ table, live }) => dropped(table, { kind: 'unique', live }, shapeText.unique),
  alterUnique: ({ table, live, wanted }) => altered(table, { kind: 'unique', live, wanted }, shapeText.unique),
  addIndex: ({ table, wanted }) => added(table, { kind: 'index', wanted }, shapeText.index),
  dropIndex: ({ table, live }) => dropped(table, { kind: 'index', live }, shapeText.index),
  alterIndex: ({ table, live, wanted }) => altered(table, { kind: 'index', live, wanted }, shapeText.index),
  addForeignKey: ({ table, wanted }) => added(table, { kind: 'foreign key', wanted }, shapeText.foreignKey),
  dropForeignKey: ({ table, live }) => dropped(table, { kind: 'foreign key', live }, shapeText.foreignKey),
  alterForeignKey: ({ table, live, wanted }) =>
    altered(table, { kind: 'foreign key', live, wanted }, shapeText.foreignKey),
  addCheck: ({ table, wanted }) => added(table, { kind: 'check', wanted }, shapeText.check),
  dropCheck: ({ table, live }) => dropped(table, { kind: 'check', live }, shapeText.check),
  alterCheck: ({ table, live, wanted }) => altered(table, { kind: 'check', live, wanted }, shapeText.check),
}

/** A change as a line of the report: both sides in words, why it is not done and what to do. */
export function describeChange(change: Change, { reason, remedy }: Pick<Drift, 'reason' | 'remedy'>): Drift {
  const comparison = comparisonsOf(change).some(({ kind }) => kind === 'unknown') ? 'unknown' : 'different'
  return { comparison, ...sidesOf(change), reason, remedy, source: change.source }
}

function comparisonsOf(change: Change): readonly Difference['comparison'][] {
  if (change.kind === 'replaceObject') return [change.live]
  return 'differences' in change ? change.differences.map(({ comparison }) => comparison) : []
}

/** Both sides of a change in words. */
export function sidesOf(change: Change): Sides {
  return (describers[change.kind] as (change: Change) => Sides)(change)
}

type Tables = ChangeOf<'addColumn'>['table']
interface Named {
  readonly name: string | null
}

function added<T extends Named>(
  table: Tables,
  { kind, wanted }: { readonly kind: string; readonly wanted: T },
  text: (shape: T) => string,
): Sides {
  return { object: objectName(table, kind, wanted), live: absent, wanted: text(wanted) }
}

function dropped<T extends Named>(
  table: Tables,
  { kind, live }: { readonly kind: string; readonly live: T },
  text: (shape: T) => string,
): Sides {
  return { object: objectName(table, kind, live), live: text(live), wanted: undeclared }
}

function altered<T extends Named>(
  table: Tables,
  { kind, live, wanted }: { readonly kind: string; readonly live: T; readonly wanted: T },
  text: (shape: T) => string,
): Sides {
  const named = (shape: T): string => (live.name === wanted.name || shape.name === null ? '' : `${shape.name} `)
  return {
    object: objectName(table, kind, wanted),
    live: `${named(live)}${text(live)}`,
    wanted: `${named(wanted)}${text(wanted)}`,
  }
}

function objectName(table: Tables, kind: string, { name }: Named): string {
  return name === null ? `a nameless ${kind} of ${table.wanted.name}` : `${kind} ${table.wanted.name}.${name}`
}

function column(table: Tables, { name }: ColumnShape): string {
  return `column ${table.wanted.name}.${name}`
}

function options({ options: all }: TableShape): string {
  return Object.entries(all)
    .map(([option, value]) => `${option} ${value}`)
    .join(', ')
}
