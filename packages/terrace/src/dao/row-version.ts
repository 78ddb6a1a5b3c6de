import { errors } from '../errors/index.ts'
import type { TerraceError } from '../errors/index.ts'
import type { DaoContext, DeletedMode, Row } from './dao-context.ts'
import type { RowVersion } from './dao-types.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { forbidden, mayWrite, requireOwn } from './ownership.ts'
import { getRow, holdRow } from './read-rows.ts'
import { checkOptions } from './refusals.ts'

/** What is expected of a row before it is changed: its version, or whatever a function of it does not refuse. */
export type ExpectedVersion = RowVersion<Row>

/** The option `version` of a method, where the model has one to compare it with. `DAO_UNKNOWN`, `DAO_VERSION`. */
export function readVersion(plan: ModelPlan, options: object): ExpectedVersion | null {
  checkOptions(plan, options, plan.version === null ? [] : ['version'])
  const { version = null } = options as { readonly version?: unknown }
  if (version === null || typeof version === 'function') return version as ExpectedVersion | null
  if (Number.isSafeInteger(version)) return version as number
  throw errors.DAO_VERSION({ values: { model: plan.name, given: typeof version } })
}

/**
 * The row, held until the session ends, once it is this session's to change and has the version that is expected: asked in this
 * order, so that no refusal tells more than the one before it. Null where there is none.
 */
export async function holdExpected(
  context: DaoContext,
  key: readonly unknown[],
  { version, deleted }: { readonly version: ExpectedVersion; readonly deleted: DeletedMode },
): Promise<Row | null> {
  const { plan, executor } = context
  const row = await holdRow(context, key, deleted)
  if (row === null) return null
  if (!mayWrite(plan, executor.scope)) throw forbidden(plan)
  await requireOwn(context, row)
  requireVersion(plan, row, version)
  return row
}

/** Of a row that this session may change, and may not have found as expected; null where there is none. */
export async function requireUnchangedVersion(
  context: DaoContext,
  key: readonly unknown[],
  version: number,
): Promise<Row | null> {
  const row = await getRow(context, key, 'without')
  if (row !== null) requireVersion(context.plan, row, version)
  return row
}

function requireVersion(plan: ModelPlan, row: Row, version: ExpectedVersion): void {
  if (typeof version === 'function') return version(row)
  if (row[(plan.version as ColumnPlan).name] !== version) throw mismatch(plan)
}

function mismatch({ name: model }: ModelPlan): TerraceError {
  return errors.VERSION_MISMATCH({ values: { model } })
}
