import type { Change } from '../change.ts'
import { wantedObjectOf } from './changed-object.ts'
import type { PlanContext } from './plan-context.ts'

/** The engine's words about what it would not build to compare with; null where it built all that a change is about. */
export function notBuiltReason(change: Change, { notBuilt }: Pick<PlanContext, 'notBuilt'>): string | null {
  if (notBuilt === undefined || notBuilt.size === 0 || !('table' in change)) return null
  const wanted = wantedObjectOf(change)
  if (wanted === null) return null
  const table = change.table.wanted.name
  const carried = change.kind === 'addColumn' ? change.checks.map(({ name }) => `check ${table}.${name ?? ''}`) : []
  const objects = [`table ${table}`, wanted.join(' '), ...carried]
  return objects.flatMap((object) => notBuilt.get(object) ?? [])[0] ?? null
}
