import { errors } from '../errors/index.ts'
import { canonicalValue, validateRow } from '../model/index.ts'
import { checkReferences } from './check-references.ts'
import type { Condition } from './condition.ts'
import { conditionTree } from './condition.ts'
import type { CompiledStatement, DaoContext, Eventually, Row } from './dao-context.ts'
import { after } from './dao-context.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { forbidden, mayWrite, unchanged } from './ownership.ts'
import { countRows, getRow, namesOf } from './read-rows.ts'
import { rowAsChanged } from './row-as-changed.ts'
import { invalidRow, requireRowRules, requireWholeReferences } from './refusals.ts'
import { holdExpected, requireUnchangedVersion } from './row-version.ts'
import { runWrite } from './run-write.ts'
import { assignments, equals, SlotCounter, updateTree } from './statement-tree.ts'

type Given = Readonly<Record<string, unknown>>

/** Columns to set, and their values in the same order. */
export interface Changes {
  readonly columns: readonly ColumnPlan[]
  readonly values: readonly unknown[]
}

/** How one row is to be changed: only where it has this version, null for any. */
export interface RowChange {
  readonly patch: Given
  readonly version: number | null
}

/**
 * The row after the change, or null where there is none for this session. An empty patch only reads. `VERSION_MISMATCH` where the
 * row has another version.
 */
export function updateRow(
  context: DaoContext,
  key: readonly unknown[],
  { patch, version }: RowChange,
): Eventually<Row | null> {
  const { plan, executor } = context
  const changes = readPatch(context, patch)
  if (changes === null)
    return version === null ? getRow(context, key, 'without') : requireUnchangedVersion(context, key, version)
  if (!mayWrite(plan, executor.scope)) return unchanged(context, key, 'without')
  const statement = updateStatement(context, changes, version !== null)
  const values = changes.values.concat(key, version === null ? [] : [version])
  if (statement.referenceChecks.length > 0)
    return updateChecked(context, { key, version }, { statement, columns: changes.columns, values })
  return after(
    runWrite(context, statement, { columns: changes.columns, rows: 1, values }),
    ({ rows, changed }) => rows[0] ?? afterwards(context, { key, version }, changed),
  )
}

function updateStatement({ plan, executor }: DaoContext, changes: Changes, isVersioned: boolean): CompiledStatement {
  const { updateReturning } = executor.capabilities
  const name = updateName(plan, changes)
  return executor.prepared(isVersioned ? `${name} of version` : name, 'without', () => {
    const slots = new SlotCounter()
    const updates = assignments(changes.columns, slots)
    const by = isVersioned && plan.version !== null ? [...plan.key, plan.version] : plan.key
    return updateTree(plan, { updates, where: equals(plan, by, slots), returning: updateReturning ? plan.columns : [] })
  })
}

interface Prepared {
  readonly statement: CompiledStatement
  readonly columns: readonly ColumnPlan[]
  readonly values: readonly unknown[]
}

/** One row, as it is expected. */
interface Target {
  readonly key: readonly unknown[]
  readonly version: number | null
}

async function updateChecked(
  context: DaoContext,
  target: Target,
  { statement, columns, values }: Prepared,
): Promise<Row | null> {
  await checkReferences(context, statement, { values })
  const { rows, changed } = await runWrite(context, statement, { columns, rows: 1, values })
  return rows[0] ?? (await afterwards(context, target, changed))
}

/** No row came back: the engine cannot return it, or there was none to change. */
function afterwards(context: DaoContext, { key, version }: Target, changed: number): Eventually<Row | null> {
  if (changed > 0) return rowAsChanged(context, key, 'without')
  return version === null
    ? unchanged(context, key, 'without')
    : holdExpected(context, key, { version, deleted: 'without' })
}

/** How many rows were changed; with an empty patch, how many match. */
export async function updateRows(context: DaoContext, condition: Condition | null, patch: Given): Promise<number> {
  const { plan, executor } = context
  const changes = readPatch(context, patch)
  if (changes === null) return countRows(context, condition, 'without')
  if (!mayWrite(plan, executor.scope)) throw forbidden(plan)
  return applyChanges(context, condition, changes)
}

/** Sets the columns in every row of the session that matches. */
export async function applyChanges(
  context: DaoContext,
  condition: Condition | null,
  changes: Changes,
): Promise<number> {
  const { plan, executor } = context
  const name = `${plan.name} update ${namesOf(changes.columns)} where ${condition?.shape ?? ''}`
  const statement = executor.preparedOpen(name, 'without', () => {
    const slots = new SlotCounter()
    const updates = assignments(changes.columns, slots)
    const where = condition === null ? null : conditionTree(condition.term, { plan, slots })
    return updateTree(plan, { updates, where, returning: [] })
  })
  const values = [...changes.values, ...(condition?.values ?? [])]
  await checkReferences(context, statement, { values })
  return (await runWrite(context, statement, { columns: changes.columns, rows: 1, values })).changed
}

/** Null: nothing to change. Keys, owner, stamped and immutable columns are `VALIDATION`. */
function readPatch({ plan, executor }: DaoContext, given: Given): Changes | null {
  // Read once: what is checked is what is written, also of an object that answers otherwise the second time.
  const patch = { ...given }
  const names = Object.keys(patch)
  if (names.length === 0) return null
  const columns: ColumnPlan[] = []
  for (const name of names) {
    const column = plan.column.get(name)
    // One look is enough for a good patch; a bad one is reported whole.
    if (column?.isChangeable !== true || column.check(patch[name]) !== null) {
      throw invalidRow(validateRow(plan.fact, patch, 'update'))
    }
    columns.push(column)
  }
  requireWholeReferences(plan, (name) => Object.hasOwn(patch, name))
  requireRowRules(plan, patch, 'update')
  // Equal patches in another order share their statement.
  if (columns.length > 1) columns.sort((left, right) => left.at - right.at)
  const values = columns.map(({ fact, name }) => canonicalValue(fact, patch[name]))
  if (plan.updatedAt !== null) {
    columns.push(plan.updatedAt)
    values.push(executor.now)
  }
  return { columns, values }
}

/** By the columns of the patch; `updatedAt` is in all of them. */
function updateName({ name, statementNames, updatedAt }: ModelPlan, { columns }: Changes): string {
  let names = columns[0]?.name ?? ''
  const count = updatedAt === null ? columns.length : columns.length - 1
  for (let at = 1; at < count; at += 1) names += `,${columns[at]?.name}`
  const known = statementNames.get(names)
  if (known !== undefined) return known
  const made = `${name} update ${names}`
  if (statementNames.size < mostNames) statementNames.set(names, made)
  return made
}

// Patches come from outside: which columns they name together is not bounded by the code.
const mostNames = 1_000

/** A condition for a statement over many rows: none at all must be asked for. `DAO_UNBOUNDED`. */
export function requireBound(
  plan: ModelPlan,
  condition: Condition | null,
  { method, all }: { method: string; all: boolean },
): void {
  if (condition === null && !all) throw errors.DAO_UNBOUNDED({ values: { model: plan.name, method } })
}
