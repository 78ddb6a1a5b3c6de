import type { Change, ChangeKind, ChangeOf, Difference } from '../change.ts'
import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  PrimaryKeyShape,
  TableShape,
  UniqueShape,
} from '../snapshot.ts'
import { deferrableClause, referentialActions } from '../sql-parts.ts'
import type { Drift } from './plan.ts'

interface Sides {
  readonly object: string
  readonly live: string
  readonly wanted: string
}

const absent = 'missing'
const undeclared = 'not declared'
const notEnforced = 'not enforced'

type Describer = { readonly [K in ChangeKind]: (change: ChangeOf<K>) => Sides }

const describers: Describer = {
  createTable: ({ wanted }) => ({ object: `table ${wanted.name}`, live: absent, wanted: tableText(wanted) }),
  dropTable: ({ live }) => ({ object: `table ${live.name}`, live: tableText(live), wanted: undeclared }),
  alterTable: ({ live, wanted }) => ({ object: `table ${live.name}`, live: options(live), wanted: options(wanted) }),
  replaceObject: ({ live, wanted }) => ({
    object: `table ${wanted.name}`,
    live: live.reason,
    wanted: tableText(wanted),
  }),
  renameTable: ({ live, wanted }) => ({ object: `table ${wanted.name}`, live: live.name, wanted: wanted.name }),
  conflictingRename: ({ rename: { object, table, from, to } }) => ({
    object: object === 'table' ? `table ${to}` : `column ${table}.${to}`,
    live: `there beside ${from}`,
    wanted: `renamed from ${from}`,
  }),
  suspectTableRename: ({ live, wanted }) => ({
    object: `table ${wanted.name}`,
    live: `missing, while ${live.name} (${tableText(live)}) is no longer declared`,
    wanted: tableText(wanted),
  }),
  addColumn: ({ table, wanted }) => ({ object: column(table, wanted), live: absent, wanted: columnText(wanted) }),
  dropColumn: ({ table, live }) => ({ object: column(table, live), live: columnText(live), wanted: undeclared }),
  alterColumn: ({ table, live, wanted }) => ({
    object: column(table, wanted),
    live: columnText(live),
    wanted: columnText(wanted),
  }),
  renameColumn: ({ table, live, wanted }) => ({ object: column(table, wanted), live: live.name, wanted: wanted.name }),
  suspectColumnRename: ({ table, live, wanted }) => ({
    object: column(table, wanted),
    live: `missing, while ${live.name} (${columnText(live)}) is no longer declared`,
    wanted: columnText(wanted),
  }),
  alterPrimaryKey: ({ table, live, wanted }) => ({
    object: `primary key of ${table.wanted.name}`,
    live: keyText(live),
    wanted: keyText(wanted),
  }),
  addUnique: ({ table, wanted }) => added(table, { kind: 'unique', wanted }, uniqueText),
  dropUnique: ({ table, live }) => dropped(table, { kind: 'unique', live }, uniqueText),
  alterUnique: ({ table, live, wanted }) => altered(table, { kind: 'unique', live, wanted }, uniqueText),
  addIndex: ({ table, wanted }) => added(table, { kind: 'index', wanted }, indexText),
  dropIndex: ({ table, live }) => dropped(table, { kind: 'index', live }, indexText),
  alterIndex: ({ table, live, wanted }) => altered(table, { kind: 'index', live, wanted }, indexText),
  addForeignKey: ({ table, wanted }) => added(table, { kind: 'foreign key', wanted }, foreignKeyText),
  dropForeignKey: ({ table, live }) => dropped(table, { kind: 'foreign key', live }, foreignKeyText),
  alterForeignKey: ({ table, live, wanted }) => altered(table, { kind: 'foreign key', live, wanted }, foreignKeyText),
  addCheck: ({ table, wanted }) => added(table, { kind: 'check', wanted }, checkText),
  dropCheck: ({ table, live }) => dropped(table, { kind: 'check', live }, checkText),
  alterCheck: ({ table, live, wanted }) => altered(table, { kind: 'check', live, wanted }, checkText),
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

function tableText({ columns }: TableShape): string {
  return columns.length === 1 ? '1 column' : `${columns.length} columns`
}

function options({ options: all }: TableShape): string {
  return Object.entries(all)
    .map(([option, value]) => `${option} ${value}`)
    .join(', ')
}

function columnText({ type, nullable, default: fallback, generated, identity, collation }: ColumnShape): string {
  return [
    type,
    ...(collation === null ? [] : [`collate ${collation}`]),
    nullable ? 'null' : 'not null',
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(identity === null ? [] : ['numbered by the database']),
    ...(generated === null ? [] : [`generated as (${generated.expression})`]),
  ].join(' ')
}

function keyText(key: PrimaryKeyShape | null): string {
  return key === null ? 'none' : `${key.name ?? ''}(${key.columns.join(', ')})`
}

function uniqueText({ columns, where, nullsDistinct, heldBy, include, deferrable, enforced }: UniqueShape): string {
  const parts = [`(${columns.join(', ')})`, ...(where === null ? [] : [`where ${where}`])]
  return [
    ...parts,
    ...(nullsDistinct ? [] : ['nulls not distinct']),
    ...(heldBy === 'index' && where === null ? ['as an index'] : []),
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(deferrable === 'no' ? [] : [deferrableClause(deferrable).trim()]),
    ...(enforced ? [] : [notEnforced]),
  ].join(' ')
}

function indexText({ columns, where, include, method, valid }: IndexShape): string {
  const list = columns.map(({ name, direction }) => (direction === 'desc' ? `${name} desc` : name)).join(', ')
  return [
    ...(method === 'btree' ? [] : [method]),
    `(${list})`,
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(where === null ? [] : [`where ${where}`]),
    ...(valid ? [] : ['invalid']),
  ].join(' ')
}

function foreignKeyText({
  columns,
  targetTable,
  targetColumns,
  onDelete,
  onUpdate,
  deferrable,
  enforced,
}: ForeignKeyShape): string {
  return [
    `(${columns.join(', ')}) to ${targetTable} (${targetColumns.join(', ')})`,
    `on delete ${referentialActions[onDelete]}`,
    ...(onUpdate === 'noAction' ? [] : [`on update ${referentialActions[onUpdate]}`]),
    ...(deferrable === 'no' ? [] : [deferrableClause(deferrable).trim()]),
    ...(enforced ? [] : [notEnforced]),
  ].join(' ')
}

function checkText({ expression, enforced }: CheckShape): string {
  const text = isParenthesized(expression) ? expression : `(${expression})`
  return enforced ? text : `${text} ${notEnforced}`
}

/** Whether one pair of parentheses is around the whole; those in texts only make it look otherwise. */
function isParenthesized(expression: string): boolean {
  let depth = 0
  for (const [at, character] of [...expression].entries()) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0 && at < [...expression].length - 1) return false
  }
  return expression.startsWith('(')
}
