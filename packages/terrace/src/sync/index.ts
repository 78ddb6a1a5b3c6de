export { journalFormat } from './journal/journal.ts'
export { synchronize } from './startup/synchronize.ts'
export type * from './sync-types.ts'
