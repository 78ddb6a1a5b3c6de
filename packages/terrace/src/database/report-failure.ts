import type { DatabaseObserver, FailureEvent } from './database-observer.ts'

/** Tells of an error that no caller will see: to the observer, else as a warning of the process. */
export function reportFailure(observer: DatabaseObserver, event: FailureEvent): void {
  if (observer.failed !== undefined) return observer.failed(event)
  const { error, kind } = event
  process.emitWarning(error instanceof Error ? error : new Error(String(error)), { type: 'TerraceWarning', code: kind })
}
