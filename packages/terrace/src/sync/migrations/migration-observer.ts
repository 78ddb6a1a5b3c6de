import type { Revision } from './history.ts'

/** Told while it happens. */
export interface MigrationObserver {
  /** Another process holds the lock. Once per wait. */
  waiting?(): void
  begun?(revision: Revision, direction: 'upgrade' | 'downgrade'): void
  /** Of `of` steps. `resumed`: found done by an earlier run that was interrupted. */
  step?(revision: Revision, progress: { readonly n: number; readonly of: number; readonly resumed: boolean }): void
  done?(revision: Revision, direction: 'upgrade' | 'downgrade', durationMs: number): void
}
