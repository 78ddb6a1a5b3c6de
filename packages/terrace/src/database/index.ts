export { briefly } from './brief-query-compiler.ts'
export type { Capabilities, IsolationLevel } from './capabilities.ts'
export type { Codec } from './codec.ts'
export { ConnectionPool } from './connection-pool.ts'
export type { ConnectionSource, PoolLimits } from './connection-pool.ts'
export { consequencesOf, DriverError } from './driver-error.ts'
export type { DriverErrorFacts, DriverErrorKind } from './driver-error.ts'
export type {
  AcquireOptions,
  BeginOptions,
  Connection,
  Driver,
  Eventually,
  PoolStats,
  Statement,
  StatementResult,
} from './driver.ts'
export { dateParts, dateUnits, jsonTypes } from './helper-renderings.ts'
export type * from './helper-renderings.ts'
export { isolationAtLeast } from './isolation-at-least.ts'
export type { OpenOptions, PoolOptions, RuntimeDialect, Unsupported } from './runtime-dialect.ts'
export { arrayCodec, jsonCodec } from './json-codec.ts'
export { checkedTimeout } from './checked-timeout.ts'
export { loadDriver } from './load-driver.ts'
export type { LoadPackage } from './load-driver.ts'
export { openPooledDriver } from './pooled-driver.ts'
export { oversizedKeys, unboundedKeys } from './oversized-keys.ts'
export type { KeySizes } from './oversized-keys.ts'
export { listNode, sqlNode } from './sql-node.ts'
export { syncFolder } from './sync-folder.ts'
export { unknownOptions } from './unknown-options.ts'
export { unnumberedKeys } from './unnumbered-keys.ts'
export type * from './backup-dialect.ts'
export { countUntilGone } from './count-until-gone.ts'
export { findTool, runTool, startTool, ToolFailure, ToolMissing } from './run-tool.ts'
export type { RunningTool, ToolCall } from './run-tool.ts'
export type { ScratchDatabase, ScratchDialect, ScratchObject } from './scratch-dialect.ts'
export { everyRowDriver } from './every-row-driver.ts'
export type * from './row-identity.ts'
export type * from './row-security-dialect.ts'
export { isScratchLeftover, scratchName } from './scratch-name.ts'
export { withOnlyConnection } from './with-only-connection.ts'
export { checkedScope } from './checked-scope.ts'
export { helperNames } from './compile/helper-names.ts'
export type { HelperName } from './compile/helper-names.ts'
export { Slot } from './compile/compiled-statement.ts'
export type {
  Binding,
  CompiledStatement,
  CompileOptions,
  Decoding,
  DeletedMode,
  ReferenceCheck,
  SlotValues,
  Stamps,
  StatementCompiler,
} from './compile/compiled-statement.ts'
export type { DatabaseCounts } from './database-counts.ts'
export type { DatabaseObserver, FailureEvent, StatementEvent, TransactionEvent } from './database-observer.ts'
export type { AllowOptions } from './compile/create-statement-compiler.ts'
export { createDatabase } from './create-database.ts'
export type { DatabaseParts } from './create-database.ts'
export { domainErrorOf } from './domain-error-of.ts'
export type { ErrorContext } from './domain-error-of.ts'
export { executorOf } from './executor-of.ts'
export { frameworkReasons } from './framework-reasons.ts'
export type { FrameworkReason } from './framework-reasons.ts'
export { actingAs, everyone, unscoped } from './scope.ts'
export type { ActorKeys, Scope } from './scope.ts'
export type { Database, Session, SessionExecutor, SessionOptions, SessionState, SessionUser } from './session.ts'
export { nowOf } from './now-of.ts'
export { wholeNumberOf } from './whole-number-of.ts'
export { createUuidV7 } from './uuid-v7.ts'
export { isSocketCode, reachRemedy, socketReason } from './socket-errors.ts'
