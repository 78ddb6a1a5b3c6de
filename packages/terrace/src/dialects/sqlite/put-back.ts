import type { OpaqueObject, RenderContext, Renames, Snapshot } from '../../schema/index.ts'
import { parseCreateTable } from './parse-create-table.ts'
import { triggerChecksOf, viewCheckSql } from './reader-checks.ts'
import { renameColumnsSql, renameTablesSql, reversed } from './rename-sql.ts'

/** `asRead`: the tables with the texts that were read, where `before` is what a step back finds. Default: `before`. */
type PutBackContext = RenderContext & { readonly asRead?: Snapshot }

/** What a step back finds and leaves. */
export function turned(context: PutBackContext): PutBackContext {
  const { before, after, asRead = before } = context
  return { ...context, before: after, after: before, asRead }
}

/**
 * Triggers, and indexes that could not be read, which vanished with the table they stood on: by their own texts. Those are about
 * the names before the plan's renames. Where there are any, the names go back for a moment and SQLite itself rewrites the texts.
 */
export function putBackSql(table: string, context: PutBackContext): readonly string[] {
  const lost = context.opaque.filter(
    (object) => object.table === table && (isTrigger(object) || object.kind === 'index'),
  )
  const statements = lost.flatMap(({ definition }) => (definition === null ? [] : [definition]))
  if (statements.length === 0) return []
  const concerned = new Set([table, ...lost.flatMap(({ uses }) => uses)])
  const past = [...concerned].map((name) => pastOf(name, context))
  const tables = past.flatMap(({ rename }) => (rename === null ? [] : [rename]))
  const columns = past.filter(({ columns: renames }) => renames.length > 0)
  return [
    ...columns.flatMap((one) => renameColumnsSql(one.table, reversed(one.columns))),
    ...renameTablesSql(reversed(tables)),
    ...statements,
    ...renameTablesSql(tables),
    ...columns.flatMap((one) => renameColumnsSql(one.table, one.columns)),
  ]
}

function isTrigger({ kind }: OpaqueObject): boolean {
  return kind === 'trigger'
}

/** A table's renames since its text was read. */
interface Past {
  readonly table: string
  readonly rename: Renames[number] | null
  readonly columns: Renames
}

function pastOf(table: string, { before, after, asRead = before }: PutBackContext): Past {
  const shape = asRead.tables[table]
  if (shape?.definition === undefined) return { table, rename: null, columns: [] }
  const read = parseCreateTable(shape.definition)
  const renames = shape.columns.flatMap(({ name }, at) => {
    const from = read.columns[at]?.name ?? name
    return from === name ? [] : [{ from, to: name }]
  })
  const names = (after.tables[table] ?? shape).columns.map(({ name }) => name)
  const isName = read.name === table
  return { table, rename: isName ? null : { from: read.name, to: table }, columns: withRoom(renames, names) }
}

/** A new column may have the name that another one gave up. */
function withRoom(renames: Renames, names: readonly string[]): Renames {
  const given = new Set(renames.map(({ to }) => to))
  const inTheWay = renames.map(({ from }) => from).filter((name) => names.includes(name) && !given.has(name))
  return [...renames, ...inTheWay.map((name, at) => ({ from: `_terrace_n_${at}`, to: name }))]
}

/**
 * Statements that fail where a view no longer finds what it asks for: SQLite notices by itself only when the view is used next.
 */
export function viewChecksSql(table: string, { opaque }: RenderContext): readonly string[] {
  const views = opaque.filter(({ kind, uses }) => kind === 'view' && uses.includes(table))
  return views.map(({ name }) => viewCheckSql(name))
}

/** The same for triggers, of this table and of others. */
export function triggerChecksSql(table: string, { opaque, after }: RenderContext): readonly string[] {
  const triggers = opaque.filter((object) => isTrigger(object) && [object.table, ...object.uses].includes(table))
  const tables = new Set(
    triggers.flatMap(({ table: on }) => (on !== null && after.tables[on] !== undefined ? [on] : [])),
  )
  return [...tables].flatMap((name) => {
    const on = after.tables[name]
    return on === undefined ? [] : triggerChecksOf(on)
  })
}
