export type * from './change.ts'
export type { Comparison } from './comparison.ts'
export { different, unknown } from './comparison.ts'
export type * from './declared-as.ts'
export { declaredNumber, declaredValue } from './declared-value.ts'
export { diffSnapshots } from './diff/diff-snapshots.ts'
export type { Wanted } from './diff/diff-snapshots.ts'
export { objectHash, structureHash } from './object-hash.ts'
export { objectsOf, pathsOf } from './object-paths.ts'
export type { LedgerObject } from './object-paths.ts'
export type * from './plan/plan.ts'
export type { Rename } from './rename/rename.ts'
export { planChanges } from './plan/plan-changes.ts'
export { blockingLimitRows } from './plan/plan-context.ts'
export type { PlanContext, PlanMode } from './plan/plan-context.ts'
export { allowanceProblem } from './plan/allowances.ts'
export { ledgerObjectOf } from './plan/changed-object.ts'
export { sidesOf } from './plan/describe-change.ts'
export { columnsIn } from './plan/columns-in.ts'
export { isRenameOnly, needsValue } from './plan/prechecks-of.ts'
export { shapeText } from './plan/shape-text.ts'
export { targetOf } from './plan/target-of.ts'
export { pendingRenames } from './rename/pending-renames.ts'
export { renamePath } from './rename/rename-path.ts'
export { renameStructure } from './rename/rename-structure.ts'
export type * from './schema-dialect.ts'
export { journalMeta, journalPrefix, scratchPrefix } from './schema-dialect.ts'
export type * from './snapshot.ts'
export type * from './structure-vocabulary.ts'
export { plainTypeWords } from './structure-vocabulary.ts'
export { snapshotFrom } from './snapshot-from.ts'
export { snapshotOf } from './wanted/snapshot-of.ts'
export { ruleCondition } from './wanted/rule-condition.ts'
export type { RuleWriter } from './wanted/rule-condition.ts'
export { uniqueColumns, uniqueCondition } from './wanted/unique-columns.ts'
export {
  constraintName,
  deferrableClause,
  doubleQuoteName,
  foreignKeyClause,
  indexColumnList,
  quotedList,
  quoteText,
  referencesClause,
  referentialActions,
} from './sql-parts.ts'
export { made, readyForeignKeys } from './rendering.ts'
export { scratchCopy } from './scratch-copy.ts'
