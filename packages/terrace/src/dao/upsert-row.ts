import { ColumnNode, WhereNode } from 'kysely'
import type { OnConflictNode } from 'kysely'
import { frameworkReasons, type Eventually } from '../database/index.ts'
import { errors, TerraceError } from '../errors/index.ts'
import type { UniqueFact } from '../model/index.ts'
import { rowAssembler } from './assemble-row.ts'
import { checkReferences } from './check-references.ts'
import type { Condition } from './condition.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn } from './dao-context.ts'
import { findRow } from './find-rows.ts'
import { insertRow } from './insert-rows.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { columnsNamed } from './model-plan.ts'
import { requireCreatable, stampedOwner } from './ownership.ts'
import { namesOf } from './read-rows.ts'
import { readWhere } from './read-where.ts'
import { requireWholeReferences, unknownName } from './refusals.ts'
import { isMembership } from './row-as-changed.ts'
import { runWrite } from './run-write.ts'
import { assignments, insertTree, isNull, SlotCounter } from './statement-tree.ts'
import { applyChanges } from './update-rows.ts'

type Given = Readonly<Record<string, unknown>>

/** The key or a unique rule, as what an upsert meets an existing row by. */
type Rule = Pick<UniqueFact, 'columns' | 'within' | 'aliveOnly' | 'where'>

/**
 * Inserts the row, or changes the alive one of this session that has equal values in the columns of the rule: what was given
 * is set, the rest stays. `UNIQUE` where the row in the way is not the session's to change.
 */
export async function upsertRow(context: DaoContext, values: Given, by: readonly string[]): Promise<Row> {
  const { plan, executor } = context
  const given = { ...values }
  requireCreatable(plan, executor.scope)
  const rule = ruleOf(plan, by)
  const row = rowAssembler(context)(given)
  const identified = [...rule.columns, ...rule.within]
  if (identified.some((name) => row[name] === null)) throw notUnique(plan, by)
  const changed = changedColumns(plan, given, identified)
  requireWholeReferences(plan, (name) => !identified.includes(name) && changed.some((column) => column.name === name))
  if (executor.capabilities.onConflictWhere && rule.where === null)
    return insertOrUpdate(context, row, { rule, changed })
  return updateOrInsert(context, given, { rule, row, changed })
}

function ruleOf(plan: ModelPlan, by: readonly string[]): Rule {
  for (const name of by) {
    if (!plan.column.has(name)) throw unknownName(plan, 'column', { name, known: [...plan.column.keys()] })
  }
  const key: Rule = { columns: plan.fact.primaryKey.columns, within: [], aliveOnly: false, where: null }
  const found = [key, ...plan.fact.uniques].find((rule) => isRule(rule, new Set(by)))
  if (found === undefined) throw notUnique(plan, by)
  return found
}

/** The columns of the rule, with or without those that it is within. */
function isRule({ columns, within }: Rule, by: ReadonlySet<string>): boolean {
  return columns.every((name) => by.has(name)) && by.isSubsetOf(new Set([...columns, ...within]))
}

function notUnique({ name, fact }: ModelPlan, by: readonly string[]): Error {
  const rules = [fact.primaryKey.columns, ...fact.uniques.map(({ columns }) => columns)]
  const listed = rules.map((columns) => columns.join(', ')).join('; ')
  return errors.DAO_NOT_UNIQUE({ values: { model: name, columns: by.join(', ') || 'No column', rules: listed } })
}

/** What was given and may change, then `updatedAt`. At least one column, so that the row comes back. */
function changedColumns(plan: ModelPlan, given: Given, identified: readonly string[]): readonly ColumnPlan[] {
  const isFixed = ({ name, fact }: ColumnPlan): boolean =>
    identified.includes(name) || fact.immutable || fact.stamp === 'owner' || plan.key.some((key) => key.name === name)
  const changed = plan.columns.filter((column) => Object.hasOwn(given, column.name) && !isFixed(column))
  if (plan.updatedAt !== null) changed.push(plan.updatedAt)
  return changed.length > 0 ? changed : columnsNamed(plan.column, identified).slice(0, 1)
}

interface Upsert {
  readonly rule: Rule
  readonly changed: readonly ColumnPlan[]
}

async function insertOrUpdate(context: DaoContext, row: Row, { rule, changed }: Upsert): Promise<Row> {
  const { plan, executor } = context
  const isNumbered = plan.identity !== null && row[plan.identity.name] === null
  const columns = isNumbered || plan.identity === null ? plan.inserted : [plan.identity, ...plan.inserted]
  const name = `${plan.name} upsert ${rule.columns.join(',')} set ${namesOf(changed)}${isNumbered ? ' numbered' : ''}`
  const statement = executor.prepared(name, 'without', () => {
    const slots = new SlotCounter()
    const insert = insertTree(plan, slots, { columns, rows: 1, returning: plan.columns })
    return { ...insert, onConflict: onConflict(plan, slots, { rule, changed }) }
  })
  const values = [...columns, ...changed].map((column) => row[column.name])
  await checkReferences(context, statement, { values, known: { stamped: stampedOwner(context), isInSameCall: null } })
  const rows = await writtenRows(() => runWrite(context, statement, { columns, rows: 1, values }))
  if (rows[0] === undefined) throw inTheWay(plan, rule)
  return rows[0]
}

/** Where the database holds owners too, it refuses to change the row of another that is in the way, instead of leaving it. */
async function writtenRows(write: () => Eventually<{ readonly rows: readonly Row[] }>): Promise<readonly Row[]> {
  try {
    return (await write()).rows
  } catch (error) {
    if (error instanceof TerraceError && error.code === 'RLS_REFUSED') return []
    throw error
  }
}

/** The compiler limits the update to alive rows of the session. */
function onConflict(plan: ModelPlan, slots: SlotCounter, { rule, changed }: Upsert): OnConflictNode {
  const { softDelete } = plan.fact
  const columns = [...rule.within, ...rule.columns].map((name) => ColumnNode.create(name))
  const alive = softDelete === null ? null : ColumnNode.create(softDelete.deletedAt)
  const indexWhere = rule.aliveOnly && alive !== null ? { indexWhere: WhereNode.create(isNull(alive, true)) } : {}
  return { kind: 'OnConflictNode', columns, ...indexWhere, updates: assignments(changed, slots) }
}

interface Fallback extends Upsert {
  readonly row: Row
}

/** Without such a clause: change the row, else insert it in a savepoint, else somebody was faster and it is there to change. */
async function updateOrInsert(context: DaoContext, given: Given, { rule, row, changed }: Fallback): Promise<Row> {
  const { session } = context
  if (!meets(row, rule)) return insertRow(context, given)
  const identified = [...rule.columns, ...rule.within].map((name) => [name, row[name]] as const)
  const condition = readWhere(context, { ...Object.fromEntries(identified), ...rule.where }) as Condition
  const changes = { columns: changed, values: changed.map(({ name }) => row[name]) }
  const update = async (): Promise<Row | null> => {
    const count = await applyChanges(context, condition, changes)
    return count === 0 ? null : updatedRow(context, condition)
  }
  const updated = await update()
  if (updated !== null) return updated
  try {
    return await session.nested(async (inner) => insertRow(contextIn(context, inner), given))
  } catch (error) {
    if (!(error instanceof TerraceError) || error.code !== 'UNIQUE') throw error
    const late = await update()
    if (late !== null) return late
    throw error
  }
}

/** By its own membership a session may have given up its reach. */
async function updatedRow(context: DaoContext, condition: Condition): Promise<Row | null> {
  const row = await findRow(context, condition, {})
  if (row !== null || !isMembership(context.plan)) return row
  return context.session.unscoped(frameworkReasons.membership, async (session) =>
    findRow(contextIn(context, session), condition, {}),
  )
}

/** A rule over some rows has nothing to say about a row outside of them. */
function meets(row: Row, { where }: Rule): boolean {
  return Object.entries(where ?? {}).every(([name, value]) => row[name] === value)
}

function inTheWay({ name }: ModelPlan, { columns: fields }: Rule): Error {
  return errors.UNIQUE({ values: { model: name, fields: fields.join(', ') }, fields })
}
