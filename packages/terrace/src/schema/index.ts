export type * from './change.ts'
export type { Comparator, Comparison } from './comparison.ts'
export { different, unknown } from './comparison.ts'
export { diffSnapshots } from './diff/diff-snapshots.ts'
export type { Wanted } from './diff/diff-snapshots.ts'
export { objectHash, structureHash } from './object-hash.ts'
export { objectsOf, pathsOf } from './object-paths.ts'
export type { LedgerObject } from './object-paths.ts'
export type * from './plan/plan.ts'
export { blockingLimitRows, planChanges } from './plan/plan-changes.ts'
export type { PlanContext } from './plan/plan-changes.ts'
export type * from './schema-dialect.ts'
export { journalMeta, journalPrefix, scratchPrefix } from './schema-dialect.ts'
export type * from './snapshot.ts'
export { snapshotFrom } from './snapshot-from.ts'
export { snapshotOf } from './wanted/snapshot-of.ts'
export { ruleCondition } from './wanted/rule-condition.ts'
export type { RuleWriter } from './wanted/rule-condition.ts'
export { uniqueColumns, uniqueCondition } from './wanted/unique-columns.ts'
export {
  constraintName,
  doubleQuoteName,
  foreignKeyClause,
  indexColumnList,
  quotedList,
  quoteText,
  referencesClause,
} from './sql-parts.ts'
export { duplicatesPrecheck } from './precheck-sql.ts'
export { defaultKeyPrecheck, made, numberingRefused, readyForeignKeys, ruleRenderers } from './rule-renderers.ts'
export { scratchCopy } from './scratch-copy.ts'
export type { ScratchCopy } from './scratch-copy.ts'
