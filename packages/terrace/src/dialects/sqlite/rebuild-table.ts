import {
  doubleQuoteName as quote,
  needsValue,
  quotedList,
  quoteText,
  type ColumnShape,
  type RenderContext,
  type RenderedStep,
  type TableAlteration,
  type TableShape,
} from '../../schema/index.ts'
import { castType, columnConversion } from './conversions.ts'
import { createIndexSql, createUniqueIndexSql, isIndex } from './index-sql.ts'
import { putBackSql, triggerChecksSql, turned, viewChecksSql } from './put-back.ts'
import { pathsOfChanges, stepOf } from './render-step.ts'
import { rowidAlias } from './settle-table.ts'
import { createTableSql } from './table-sql.ts'

/**
 * All that SQLite cannot alter in place, in one step: a new table, the rows by named columns, the old one dropped and its name
 * given to the new one. Its indexes, triggers and numbering are put back; views, and triggers of other tables, are not touched.
 * Foreign keys must not be looked at meanwhile, or dropping the old table would delete the rows that refer to it.
 * Source: sqlite.org/lang_altertable.html, section 7.
 */
export function rebuildStep({ live, target, changes }: TableAlteration, context: RenderContext): RenderedStep {
  const gone = changes.flatMap((change) => (change.kind === 'dropColumn' ? [change.live] : []))
  const checks =
    gone.length === 0 ? [] : [...viewChecksSql(target.name, context), ...triggerChecksSql(target.name, context)]
  const isLost = gone.some(needsValue)
  return stepOf({
    phase: 'column',
    table: live.name,
    changes,
    statements: [...rebuildSql(live, target, context), ...checks],
    inverse: isLost ? null : rebuildSql(target, live, turned(context)),
    lock: { blocks: 'writes', work: 'rewrite' },
    idempotenceProbe: {
      sql: "select count(*) as applied from sqlite_schema where type = 'table' and name = ? and sql = ?",
      parameters: [target.name, createTableSql(target).replace('create table', 'CREATE TABLE')],
    },
    ...pathsOfChanges(changes),
    refersTo: target.foreignKeys.map(({ targetTable }) => targetTable).filter((name) => name !== target.name),
  })
}

/** The statements alone, from one shape of a table to another. */
export function rebuildSql(from: TableShape, to: TableShape, context: RenderContext): readonly string[] {
  const over = freeName(to.name, context)
  return [
    createTableSql(to, over),
    copySql(from, to, over),
    ...numberingSql(from, to, over),
    // Otherwise the rename reads every view and trigger while the table is missing. Source: sqlite.org/pragma.html, legacy_alter_table.
    'pragma legacy_alter_table = on',
    `drop table ${quote(from.name)}`,
    `alter table ${quote(over)} rename to ${quote(to.name)}`,
    'pragma legacy_alter_table = off',
    ...to.uniques.filter(isIndex).map((unique) => createUniqueIndexSql(to.name, unique)),
    ...to.indexes.map((index) => createIndexSql(to.name, index)),
    ...putBackSql(to.name, context),
  ]
}

function freeName(table: string, { before, after, opaque }: RenderContext): string {
  const taken = new Set([
    ...Object.keys(before.tables),
    ...Object.keys(after.tables),
    ...opaque.map(({ name }) => name),
  ])
  const names = [`_terrace_new_${table}`]
  while (taken.has(names[0] ?? '')) names.unshift(`${names[0]}_`)
  return names[0] ?? ''
}

/**
 * Rows by named columns. What is new gets its default, what is generated its expression. `or abort`, so that no ON CONFLICT of the
 * table's own leaves a row out. Source: sqlite.org/lang_conflict.html.
 */
function copySql(from: TableShape, to: TableShape, over: string): string {
  const pairs = to.columns.flatMap((wanted) => {
    const live = from.columns.find(({ name }) => name === wanted.name)
    return live === undefined || wanted.generated !== null ? [] : [{ live, wanted }]
  })
  const rowid = keptRowid(from, to)
  const kept = rowid === null ? [] : [rowid]
  const names = pairs.map(({ wanted }) => wanted.name)
  if (names.length === 0 && kept.length === 0) return emptyRowsSql(from, to, over)
  const values = pairs.map((sides) => copied(sides, { from, to }))
  const list = [...kept, ...(names.length === 0 ? [] : [quotedList(names, quote)])].join(', ')
  return `insert or abort into ${quote(over)} (${list}) select ${[...kept, ...values].join(', ')} from ${quote(from.name)}`
}

/** No column is on both sides: each row is kept, with what its new columns give it. */
function emptyRowsSql(from: TableShape, to: TableShape, over: string): string {
  const [first] = to.columns.filter(({ generated }) => generated === null)
  return `insert or abort into ${quote(over)} (${quote(first?.name ?? '')}) select ${first?.default ?? 'null'} from ${quote(from.name)}`
}

/** A value that has to be made into one of the new type goes through a cast; what fits is converted by the column itself. */
function copied(
  { live, wanted }: { readonly live: ColumnShape; readonly wanted: ColumnShape },
  { from, to }: { readonly from: TableShape; readonly to: TableShape },
): string {
  const name = quote(wanted.name)
  const conversion = columnConversion({ live, wanted, table: { live: from, wanted: to } }, name)
  const cast = castType(wanted.type)
  const isCast = cast !== null && (conversion.kind === 'lossy' || (cast === 'blob' && castType(live.type) !== cast))
  return isCast ? `cast(${name} as ${cast})` : name
}

/** Others may know rows by it: an FTS index does. Null where one side has none, or a column that is it. */
function keptRowid(from: TableShape, to: TableShape): string | null {
  const tables = [from, to]
  if (tables.some((table) => table.options['rowid'] === 'no' || rowidAlias(table) !== null)) return null
  const names = new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name.toLowerCase())))
  return ['rowid', '_rowid_', 'oid'].find((name) => !names.has(name)) ?? null
}

/** The number of a deleted row is never handed out again, in the new table neither. */
function numberingSql(from: TableShape, to: TableShape, over: string): readonly string[] {
  if (!isNumbered(from) || !isNumbered(to)) return []
  const [old, fresh] = [from.name, over].map(quoteText)
  return [
    `delete from sqlite_sequence where name = ${fresh}`,
    `insert into sqlite_sequence (name, seq) select ${fresh}, seq from sqlite_sequence where name = ${old}`,
  ]
}

function isNumbered({ columns }: TableShape): boolean {
  return columns.some(({ identity }) => identity !== null)
}
