import type { SyncReport } from '../connect/index.ts'
import type { Log } from '../observe/index.ts'

/** What whoever reads the log should know of the structure: nothing of it keeps the app from running. */
export function logStructure({ frozen, unusedAllowances, orphaned, notOwned }: SyncReport, log: Log): void {
  if (unusedAllowances.length > 0)
    log.warn({ allow: unusedAllowances }, 'the structure was allowed what it did not need: take it out')
  if (frozen.length > 0) {
    const objects = frozen.map(({ object, live, wanted, remedy }) => ({ object, live, wanted, remedy }))
    log.warn({ objects }, 'changed by hand since Terrace made it, and left as it is')
  }
  if (orphaned.length > 0) log.info({ tables: orphaned }, 'made for models that are gone, and kept')
  if (notOwned.length > 0) log.info({ tables: notOwned }, 'made by others, and used as they are')
}
