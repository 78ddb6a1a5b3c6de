export { actingAs, everyone, frameworkReasons, unscoped } from '../database/index.ts'
export type {
  ActorKeys,
  AllowOptions,
  Capabilities,
  Database,
  DatabaseCounts,
  DatabaseObserver,
  FailureEvent,
  IsolationLevel,
  PoolOptions,
  PoolStats,
  Scope,
  Session,
  SessionOptions,
  SessionState,
  SessionUser,
  StatementEvent,
} from '../database/index.ts'
export type { SyncObserver, SyncPolicy, SyncReport } from '../sync/index.ts'
export { graphOf } from './graph-of.ts'
export { memoryUrl } from './dialects.ts'
export { openDatabase } from './open-database.ts'
export type { OpenDatabaseOptions } from './open-database.ts'
