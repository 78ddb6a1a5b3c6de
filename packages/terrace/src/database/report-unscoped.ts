import type { DatabaseCore } from './database-core.ts'
import { isFrameworkReason } from './framework-reasons.ts'

/** Tells that a session has no scope: to the observer, or to a counter where the reason is Terrace's own. */
export function reportUnscoped({ observer, counts }: DatabaseCore, reason: string): void {
  if (isFrameworkReason(reason)) counts.unscoped.set(reason, (counts.unscoped.get(reason) ?? 0) + 1)
  else observer.unscoped?.({ reason })
}
