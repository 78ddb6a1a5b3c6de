import type { ReferenceCheck } from '../database/index.ts'
import { errors, TerraceError } from '../errors/index.ts'
import { rowAssembler } from './assemble-row.ts'
import { checkReferences } from './check-references.ts'
import type { KnownKeys } from './check-references.ts'
import type { CompiledStatement, DaoContext, Eventually, Row } from './dao-context.ts'
import { after } from './dao-context.ts'
import { identityOf, keyOfRow } from './key-values.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { requireCreatable, stampedOwner } from './ownership.ts'
import { chunksOf } from './padded-count.ts'
import { selectByTuples } from './read-rows.ts'
import { runWrite } from './run-write.ts'
import { insertTree, SlotCounter } from './statement-tree.ts'

type Given = Readonly<Record<string, unknown>>

/** One new row, as a later read gives it. */
export function insertRow(context: DaoContext, given: Given): Eventually<Row> {
  const { plan, executor } = context
  requireCreatable(plan, executor.scope)
  const row = rowAssembler(context)(given)
  if (plan.isPlainInsert && (executor.scope.kind === 'actor' || plan.fact.access.kind !== 'owned')) {
    const statement = executor.prepared(plan.statements.insertOne, 'without', () => treeOf(context, plan.inserted, 1))
    const values = valuesOf([row], plan.inserted)
    return after(runWrite(context, statement, { columns: plan.inserted, rows: 1, values }), () => row)
  }
  return after(insertChunk(context, [row]), () => row)
}

/** New rows in the order given: one statement per chunk, each reference asked for once per chunk. */
export async function insertRows(context: DaoContext, given: readonly Given[]): Promise<Row[]> {
  const { plan, executor } = context
  requireCreatable(plan, executor.scope)
  const assemble = rowAssembler(context)
  const rows = given.map((values, at) => assembleAt(assemble, values, at))
  const known = inSameCall(plan, rows)
  for (const part of partsOf(context, rows)) {
    for (const chunk of chunksOf(part, rowsPerStatement(context))) await insertChunk(context, chunk, known)
  }
  return rows
}

/** The paths of broken rules say which row: `/3/name`. */
function assembleAt(assemble: (given: Given) => Row, values: Given, at: number): Row {
  try {
    return assemble(values)
  } catch (error) {
    if (!(error instanceof TerraceError) || error.issues.length === 0) throw error
    const issues = error.issues.map((issue) => ({ ...issue, path: `/${at}${issue.path}` }))
    throw errors.VALIDATION({ fields: error.fields, issues, cause: error })
  }
}

/** Rows whose identity key is given and rows that the database numbers have different statements. */
function partsOf({ plan, executor }: DaoContext, rows: readonly Row[]): readonly (readonly Row[])[] {
  const { identity } = plan
  if (identity === null) return [rows]
  const [numbered, given] = [true, false].map((isNumbered) =>
    rows.filter((row) => (row[identity.name] === null) === isNumbered),
  )
  // Without RETURNING only the last number is told, so each row needs its own statement.
  const ones = executor.capabilities.insertReturning ? [numbered ?? []] : chunksOf(numbered ?? [], 1)
  return [given ?? [], ...ones]
}

// Longer statements gain nothing more, and a full one stays prepared.
const mostRows = 256

function rowsPerStatement({ plan, executor }: DaoContext): number {
  return Math.max(1, Math.min(mostRows, Math.floor(executor.capabilities.maxParameters / plan.parametersPerRow)))
}

async function insertChunk(
  context: DaoContext,
  rows: readonly Row[],
  isInSameCall: KnownKeys['isInSameCall'] = null,
): Promise<void> {
  const { plan, executor } = context
  const isNumbered = plan.identity !== null && rows[0]?.[plan.identity.name] === null
  const columns = isNumbered || plan.identity === null ? plan.inserted : [plan.identity, ...plan.inserted]
  const name = `${plan.name} insert ${rows.length}${isNumbered ? ' numbered' : ''}`
  const statement = executor.prepared(name, 'without', () => treeOf(context, columns, rows.length, isNumbered))
  const values = valuesOf(rows, columns)
  if (statement.referenceChecks.length > 0) {
    await checkReferences(context, statement, { values, known: { stamped: stampedOwner(context), isInSameCall } })
  }
  await completeRows(context, rows, { statement, columns, values, isNumbered })
}

function treeOf({ plan, executor }: DaoContext, columns: readonly ColumnPlan[], rows: number, isNumbered = false) {
  const asked = [
    ...(isNumbered && plan.identity !== null ? [plan.identity] : []),
    ...(plan.unknown.length > 0 ? plan.key : []),
    ...plan.unknown,
  ]
  const returning = executor.capabilities.insertReturning ? [...new Set(asked)] : []
  return insertTree(plan, new SlotCounter(), { columns, rows, returning })
}

function valuesOf(rows: readonly Row[], columns: readonly ColumnPlan[]): readonly unknown[] {
  // Made in its full length: growing it value by value costs twice as much again.
  // oxlint-disable-next-line unicorn/no-new-array
  const values = new Array<unknown>(rows.length * columns.length)
  let at = 0
  for (const row of rows) {
    for (const { name } of columns) {
      values[at] = row[name]
      at += 1
    }
  }
  return values
}

/** Rows of one call may refer to each other. */
function inSameCall(plan: ModelPlan, rows: readonly Row[]): KnownKeys['isInSameCall'] {
  if (!plan.fact.references.some(({ target }) => target === plan.name)) return null
  const known = new Map<string, ReadonlySet<unknown>>()
  return ({ target, targetColumns }: ReferenceCheck, key) => {
    if (target !== plan.name) return false
    // What is referred to need not be the key: another unique rule's values would be taken for it.
    const name = targetColumns.join(',')
    const keys = known.get(name) ?? new Set(rows.map((row) => identityOf(targetColumns.map((column) => row[column]))))
    known.set(name, keys)
    return keys.has(identityOf(key))
  }
}

interface Insertion {
  readonly statement: CompiledStatement
  readonly columns: readonly ColumnPlan[]
  readonly values: readonly unknown[]
  readonly isNumbered: boolean
}

/** Runs the statement and puts in what only the database knows. */
async function completeRows(
  context: DaoContext,
  rows: readonly Row[],
  { statement, columns, values, isNumbered }: Insertion,
): Promise<void> {
  const { plan, executor } = context
  const { rows: returned, insertId } = await runWrite(context, statement, { columns, rows: rows.length, values })
  if (isNumbered && plan.identity !== null) {
    const { name } = plan.identity
    // Numbers are handed out in the order of the rows, but RETURNING promises none.
    const ids = executor.capabilities.insertReturning ? returned.map((row) => row[name] as number) : [Number(insertId)]
    for (const [at, id] of ids.toSorted((left, right) => left - right).entries()) (rows[at] as Row)[name] = id
  }
  if (plan.unknown.length === 0) return
  const known = executor.capabilities.insertReturning ? returned : await readUnknown(context, rows)
  const byKey = new Map(known.map((row) => [identityOf(keyOfRow(plan, row)), row]))
  for (const row of rows) {
    const found = byKey.get(identityOf(keyOfRow(plan, row)))
    for (const { name } of plan.unknown) row[name] = found?.[name] ?? null
  }
}

async function readUnknown(context: DaoContext, rows: readonly Row[]): Promise<readonly Row[]> {
  const { plan } = context
  const tuples = rows.map((row) => keyOfRow(plan, row))
  return selectByTuples(context, { columns: [...plan.key, ...plan.unknown], by: plan.key, tuples, deleted: 'without' })
}
