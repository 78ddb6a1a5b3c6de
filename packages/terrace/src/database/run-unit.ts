import { OpenSession } from './open-session.ts'
import type { Scope } from './scope.ts'
import type { Session } from './session.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** What became of one run of a unit. */
export type UnitOutcome<R> =
  | { readonly kind: 'committed'; readonly result: R }
  /** `error` is the work's own, or what made the commit impossible. */
  | { readonly kind: 'rolledBack' | 'unknown'; readonly error: unknown }

/** Runs the work in a new session and ends the unit: commit when it returns, rollback when it throws. Never throws. */
export async function runUnit<R>(
  unit: UnitOfWork,
  scope: Scope,
  work: (session: Session) => Promise<R>,
): Promise<UnitOutcome<R>> {
  let result: R
  try {
    result = await work(new OpenSession(unit, unit.root, scope))
    const unsettled = unit.requireCommittable(unit.root)
    if (unsettled instanceof Promise) await unsettled
  } catch (error) {
    await unit.rollBack()
    return { kind: 'rolledBack', error }
  }
  try {
    // A unit that only read, on an embedded engine, has nothing to wait for.
    const committed = unit.commit()
    if (committed instanceof Promise) await committed
    return { kind: 'committed', result }
  } catch (error) {
    return { kind: unit.root.state === 'rolledBack' ? 'rolledBack' : 'unknown', error }
  }
}
