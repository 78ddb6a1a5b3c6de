import {
  columnsIn,
  made,
  type ChangeOf,
  type LockLevel,
  type RenderContext,
  type RenderedStep,
  type TableShape,
} from '../../../schema/index.ts'
import { renameMarker } from '../catalogue/introspect.ts'
import { quoteName as quote, quoteText, type SchemaFlavour } from '../schema-flavour.ts'
import { alterClauses } from './alter-statement.ts'
import { columnIsAt, not, probe, tableExists, tableHasComment, type Fact } from './probes.ts'
import { deltaOf } from './table-delta.ts'

const brief: LockLevel = { blocks: 'everything', work: 'none' }

interface TableRename {
  readonly from: string
  readonly to: string
  readonly comment: string
}

/**
 * All in one statement, which the server does whole or not at all. Where names go around in a circle, they are the same before
 * and after: a mark in the comment of one table tells whether the statement was done. Reading leaves the mark out.
 */
export function renameTables(changes: readonly ChangeOf<'renameTable'>[]): readonly RenderedStep[] {
  const renames = changes.map(({ live, wanted }) => ({ from: live.name, to: wanted.name, comment: live.comment ?? '' }))
  const marked = circles(renames)
  const [first] = renames
  if (first === undefined) return []
  const gone = renames.filter(({ from }) => !renames.some(({ to }) => to === from))
  const done = probe(
    ...renames.filter(({ to }) => !renames.some(({ from }) => from === to)).map(({ to }) => tableExists(to)),
    ...gone.map(({ from }) => not(tableExists(from))),
    ...marked.map((rename) => tableHasComment(rename.to, markOf(rename))),
  )
  return [
    ...marked.map(markStep),
    {
      phase: 'rename',
      table: first.to,
      changes,
      statements: [renameStatement(renames)],
      inverse: [renameStatement(renames.map(({ from, to }) => ({ from: to, to: from })))],
      lock: brief,
      transaction: 'own',
      idempotenceProbe: done,
      makes: renames.map(({ to }) => ({ kind: 'table', path: to })),
      drops: renames.map(({ from }) => ({ kind: 'table', path: from })),
      refersTo: renames.map(({ to }) => to),
    },
    ...marked.map(unmarkStep),
  ]
}

function markOf({ from, to }: TableRename): string {
  return `${renameMarker}${from} to ${to}]`
}

function markStep(rename: TableRename): RenderedStep {
  const { from, comment } = rename
  return commentStep(from, {
    text: `${comment}${markOf(rename)}`,
    back: comment,
    fact: tableHasComment(from, markOf(rename)),
  })
}

function unmarkStep(rename: TableRename): RenderedStep {
  const { to, comment } = rename
  const marked = `${comment}${markOf(rename)}`
  return commentStep(to, { text: comment, back: marked, fact: not(tableHasComment(to, markOf(rename))) })
}

function commentStep(
  table: string,
  { text, back, fact }: { readonly text: string; readonly back: string; readonly fact: Fact },
): RenderedStep {
  const sql = (comment: string): string => `alter table ${quote(table)} comment = ${quoteText(comment)}`
  return {
    phase: 'rename',
    table,
    changes: [],
    statements: [sql(text)],
    inverse: [sql(back)],
    lock: { blocks: 'nothing', work: 'none' },
    transaction: 'own',
    idempotenceProbe: probe(fact),
    makes: [],
    drops: [],
    refersTo: [],
  }
}

/** One rename of each circle: all names of it are taken before and after. */
function circles<T extends { readonly from: string; readonly to: string }>(renames: readonly T[]): readonly T[] {
  const byFrom = new Map(renames.map((rename) => [rename.from, rename]))
  const seen = new Set<T>()
  return renames.filter((rename) => {
    if (seen.has(rename)) return false
    let next: T | undefined = rename
    while (next !== undefined && !seen.has(next)) {
      seen.add(next)
      next = byFrom.get(next.to)
    }
    return next === rename
  })
}

/** A name that is still taken is made free first, by way of one that nothing has. */
function renameStatement(renames: readonly { readonly from: string; readonly to: string }[]): string {
  const parked = circles(renames).map(({ from, to }, at) => ({ from, over: `_terrace_r_${at}`, to }))
  const direct = renames.filter(({ from }) => !parked.some((rename) => rename.from === from))
  const moves = [
    ...parked.map(({ from, over }) => [from, over] as const),
    ...freedFirst(direct).map(({ from, to }) => [from, to] as const),
    ...parked.map(({ over, to }) => [over, to] as const),
  ]
  return `rename table ${moves.map(([from, to]) => `${quote(from)} to ${quote(to)}`).join(', ')}`
}

function freedFirst<T extends { readonly from: string; readonly to: string }>(renames: readonly T[]): readonly T[] {
  const left = [...renames]
  const ordered: T[] = []
  while (left.length > 0) {
    const free = left.findIndex(({ to }) => !left.some(({ from }) => from === to))
    ordered.push(...left.splice(Math.max(free, 0), 1))
  }
  return ordered
}

/** All columns of a table in one statement. Names may be swapped, so that it is the columns' places that tell what was done. */
export function renameColumns(
  changes: readonly ChangeOf<'renameColumn'>[],
  { before }: RenderContext,
  flavour: SchemaFlavour,
): readonly RenderedStep[] {
  const [first] = changes
  if (first === undefined) return []
  const { live } = first.table
  const renames = changes.map(({ live: column, wanted }) => ({ from: column.name, to: wanted.name }))
  const back = renames.map(({ from, to }) => ({ from: to, to: from }))
  const renamed = before.tables[live.name] ?? live
  const position = (name: string): number => live.columns.findIndex((column) => column.name === name) + 1
  const step: RenderedStep = {
    phase: 'rename',
    table: live.name,
    changes,
    statements: [columnsStatement(renames, { from: live, to: renamed }, flavour)],
    inverse: [columnsStatement(back, { from: renamed, to: live }, flavour)],
    lock: brief,
    transaction: 'own',
    idempotenceProbe: probe(...renames.map(({ from, to }) => columnIsAt(live.name, to, position(from)))),
    makes: changes.map(({ wanted }) => made('column', live.name, wanted)),
    drops: changes.map(({ live: column }) => made('column', live.name, column)),
    refersTo: [],
  }
  return [step]
}

/**
 * MariaDB renames the columns in checks and calculated columns itself; MySQL refuses to (3959, 3108), so that they go and come
 * back in the same statement. Source: MySQL 8.4 manual, "ALTER TABLE Statement", "Renaming, Redefining, and Reordering Columns".
 */
function columnsStatement(
  renames: readonly { readonly from: string; readonly to: string }[],
  { from, to }: { readonly from: TableShape; readonly to: TableShape },
  flavour: SchemaFlavour,
): string {
  const moves = renames.map((rename) => `rename column ${quote(rename.from)} to ${quote(rename.to)}`)
  if (flavour.isMariaDb) return `alter table ${quote(from.name)} ${moves.join(', ')}`
  const isNamed = (expression: string): boolean =>
    columnsIn(expression, from).some(({ name }) => renames.some((rename) => rename.from === name))
  const checks = from.checks.filter(({ expression }) => isNamed(expression))
  const generated = from.columns.filter((column) => column.generated !== null && isNamed(column.generated.expression))
  const clauses = [
    ...alterClauses(deltaOf({ from, to: without(from, checks, generated) }), flavour),
    ...moves,
    ...alterClauses(deltaOf({ from: without(to, checks, generated), to }), flavour),
  ]
  return `alter table ${quote(from.name)} ${clauses.join(', ')}`
}

/** By name, as expressions differ from one side to the other. */
function without(table: TableShape, checks: TableShape['checks'], columns: TableShape['columns']): TableShape {
  const isGone = (name: string | null, shapes: readonly { readonly name: string | null }[]): boolean =>
    shapes.some((shape) => shape.name === name)
  const onGone = (names: readonly string[]): boolean => names.some((name) => isGone(name, columns))
  return {
    ...table,
    checks: table.checks.filter(({ name }) => !isGone(name, checks)),
    columns: table.columns.filter(({ name }) => !isGone(name, columns)),
    uniques: table.uniques.filter((unique) => !onGone(unique.columns)),
    indexes: table.indexes.filter((index) => !onGone(index.columns.map(({ name }) => name))),
  }
}
