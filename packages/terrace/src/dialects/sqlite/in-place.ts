import {
  columnsIn,
  doubleQuoteName as quote,
  needsValue,
  targetOf,
  type ChangeOf,
  type ColumnShape,
  type RenderContext,
  type RenderedStep,
  type TableAlteration,
  type TablePart,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { createIndexSql, createUniqueIndexSql, isIndex, uniqueIndexName } from './index-sql.ts'
import { triggerChecksSql, turned } from './put-back.ts'
import { rebuildSql } from './rebuild-table.ts'
import { columnGoneProbe, columnProbe, goneProbe, objectProbe, pathsOfChanges, stepOf } from './render-step.ts'
import { addColumnSql } from './table-sql.ts'

type Index = { readonly name: string; readonly sql: string }

/** Steps without a rebuild, one per change; null where one of the changes needs it. */
export function inPlaceSteps(
  { live, target, changes }: TableAlteration,
  context: RenderContext,
): readonly RenderedStep[] | null {
  const ordered = changes.toSorted((a, b) => turnOf(a) - turnOf(b))
  const steps = ordered.map((change, at) =>
    inPlace(change, { live, target, before: targetOf(live, ordered.slice(0, at)), context }),
  )
  return steps.every((step) => step !== null) ? steps.flat() : null
}

/** As the phases have it; and what is generated comes after what it is made of, and goes before it. */
function turnOf(change: TablePart): number {
  if (change.kind === 'addColumn') return change.wanted.generated === null ? 1 : 2
  if (change.kind === 'dropColumn') return change.live.generated === null ? 5 : 4
  return change.kind.startsWith('drop') ? 0 : 3
}

interface Sides extends Pick<TableAlteration, 'live' | 'target'> {
  /** The table when the change's turn comes. */
  readonly before: TableShape
  readonly context: RenderContext
}

function inPlace(change: TablePart, sides: Sides): readonly RenderedStep[] | null {
  const table = sides.live.name
  switch (change.kind) {
    case 'addIndex':
      return [createIndex(change, indexOf(table, change.wanted))]
    case 'dropIndex':
      return [dropIndex(change, indexOf(table, change.live))]
    case 'alterIndex':
      return replaceIndex(change, [indexOf(table, change.live), indexOf(table, change.wanted)])
    case 'addUnique':
      return [createIndex(change, uniqueOf(table, change.wanted))]
    case 'dropUnique':
      return isIndex(change.live) ? [dropIndex(change, uniqueOf(table, change.live))] : null
    case 'alterUnique':
      return isIndex(change.live)
        ? replaceIndex(change, [uniqueOf(table, change.live), uniqueOf(table, change.wanted)])
        : null
    case 'addColumn':
      return isAddable(change) ? [addColumn(change, sides)] : null
    case 'dropColumn':
      return isDroppable(change.live, sides) ? [dropColumn(change, sides)] : null
    default:
      return null
  }
}

function indexOf(table: string, index: TableShape['indexes'][number]): Index {
  return { name: index.name, sql: createIndexSql(table, index) }
}

function uniqueOf(table: string, unique: UniqueShape): Index {
  return { name: uniqueIndexName(table, unique), sql: createUniqueIndexSql(table, unique) }
}

type IndexChange = ChangeOf<'addIndex' | 'dropIndex' | 'alterIndex' | 'addUnique' | 'dropUnique' | 'alterUnique'>

function createIndex(change: IndexChange, { name, sql }: Index): RenderedStep {
  return stepOf({
    phase: change.kind.endsWith('Unique') ? 'constraint' : 'index',
    table: change.table.live.name,
    changes: [change],
    statements: [sql],
    inverse: [`drop index ${quote(name)}`],
    lock: { blocks: 'writes', work: 'scan' },
    idempotenceProbe: objectProbe(name),
    makes: pathsOfChanges([change]).makes,
  })
}

function dropIndex(change: IndexChange, { name, sql }: Index): RenderedStep {
  return stepOf({
    phase: 'release',
    table: change.table.live.name,
    changes: [change],
    statements: [`drop index ${quote(name)}`],
    inverse: [sql],
    idempotenceProbe: goneProbe(name),
    drops: pathsOfChanges([change]).drops,
  })
}

/** SQLite renames no index either. Dropped first: another one may want the name. */
function replaceIndex(change: IndexChange, [old, fresh]: readonly [Index, Index]): readonly RenderedStep[] {
  return [dropIndex(change, old), createIndex(change, fresh)]
}

/**
 * Whether ADD COLUMN can: no number, nothing stored, a constant default, and one that is not NULL for a column that must have a
 * value; a reference only without a default. Source: sqlite.org/lang_altertable.html, section 4.
 */
function isAddable({ wanted, foreignKeys }: Pick<ChangeOf<'addColumn'>, 'wanted' | 'foreignKeys'>): boolean {
  const { identity, generated, nullable, default: fallback } = wanted
  if (identity !== null || generated?.stored === true) return false
  if (generated !== null) return true
  if (!isConstant(fallback) || (!nullable && fallback === null)) return false
  return foreignKeys.length === 0 || fallback === null
}

function isConstant(fallback: string | null): boolean {
  return fallback === null || !(fallback.startsWith('(') || /^current_/i.test(fallback))
}

function addColumn(change: ChangeOf<'addColumn'>, { live, target, before, context }: Sides): RenderedStep {
  const { wanted, checks, foreignKeys } = change
  const isChecked = checks.length > 0 || live.options['strict'] === 'yes'
  return stepOf({
    phase: 'column',
    table: live.name,
    changes: [change],
    statements: [addColumnSql({ table: target, wanted, checks, foreignKeys })],
    // DROP COLUMN refuses a column that refers to another table, and one that a check names unless the check stands with the
    // column, where it does no longer once a later change that was undone has rebuilt the table.
    inverse:
      foreignKeys.length + checks.length === 0
        ? [`alter table ${quote(live.name)} drop column ${quote(wanted.name)}`]
        : rebuildSql(targetOf(before, [change]), before, turned(context)),
    lock: { blocks: 'writes', work: isChecked ? 'scan' : 'none' },
    idempotenceProbe: columnProbe(live.name, wanted.name),
    makes: pathsOfChanges([change]).makes,
    refersTo: foreignKeys.map(({ targetTable }) => targetTable),
  })
}

/** Whether DROP COLUMN can: nothing that stays names the column. Source: sqlite.org/lang_altertable.html, section 5. */
function isDroppable({ name }: ColumnShape, { live, target }: Sides): boolean {
  const names = (expression: string | null): boolean =>
    expression !== null && columnsIn(expression, live).some((column) => column.name === name)
  const constraints = live.uniques.filter((unique) => !isIndex(unique))
  const lists = [live.primaryKey, ...constraints, ...live.foreignKeys].map((shape) => shape?.columns ?? [])
  const expressions = [
    ...live.checks.map(({ expression }) => expression),
    ...target.columns.map(({ generated }) => generated?.expression ?? null),
    ...[...target.uniques.filter(isIndex), ...target.indexes].flatMap(({ columns, where }) => [
      where,
      ...columns.map((column) => (typeof column === 'string' ? column : column.name)),
    ]),
  ]
  return !lists.some((list) => list.includes(name)) && !expressions.some(names)
}

function dropColumn(change: ChangeOf<'dropColumn'>, { live, before, context }: Sides): RenderedStep {
  const column = change.live
  const added = { wanted: column, checks: [], foreignKeys: [] }
  const again = isAddable(added)
    ? [addColumnSql({ table: live, ...added })]
    : rebuildSql(targetOf(before, [change]), before, turned(context))
  return stepOf({
    phase: 'dropColumn',
    table: live.name,
    changes: [change],
    // SQLite looks at views and at most of a trigger, but not at the columns that it sets.
    statements: [
      `alter table ${quote(live.name)} drop column ${quote(column.name)}`,
      ...triggerChecksSql(live.name, context),
    ],
    inverse: needsValue(column) ? null : again,
    lock: { blocks: 'writes', work: 'rewrite' },
    idempotenceProbe: columnGoneProbe(live.name, column.name),
    drops: pathsOfChanges([change]).drops,
  })
}
