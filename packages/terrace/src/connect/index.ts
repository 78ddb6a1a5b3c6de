export { actingAs, everyone, frameworkReasons, nowOf, unscoped } from '../database/index.ts'
export type {
  ActorKeys,
  AllowOptions,
  Capabilities,
  Database,
  DatabaseCounts,
  DatabaseObserver,
  FailureEvent,
  IntegrityProblem,
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
export type {
  ChangeKind,
  CheckShape,
  ColumnShape,
  Drift,
  ForeignKeyShape,
  Hazard,
  HazardClass,
  IndexShape,
  LeftAlone,
  LiveStructure,
  LockLevel,
  ObjectKind,
  ObjectPath,
  OpaqueObject,
  Phase,
  Plan,
  PlannedChange,
  PlannedPrecheck,
  PrimaryKeyShape,
  Rename,
  Snapshot,
  Source,
  Step,
  TableShape,
  TransactionMode,
  UniqueShape,
} from '../schema/index.ts'
export { migration } from '../sync/index.ts'
export type {
  AppliedRevision,
  MigrationHistory,
  MigrationObserver,
  Revision,
  RevisionOptions,
  Target,
  VerifiedRevision,
  WrittenRevision,
} from '../sync/index.ts'
export type {
  DataRows,
  DataStep,
  IrreversibleStep,
  Migration,
  MigrationCheck,
  MigrationStep,
  SqlStep,
} from '../sync/index.ts'
export type { LeftBehind, MovedTable, MoveObserver, MoveProgress, MoveReport } from '../sync/index.ts'
export type { PlanOptions, SeededTable, StructureOptions, SyncObserver, SyncPolicy, SyncReport } from '../sync/index.ts'
export { backupDatabase } from './backup-database.ts'
export type * from './backup/backup-types.ts'
export { restoreDatabase } from './restore-database.ts'
export { verifyDatabase } from './verify-database.ts'
export { graphOf } from './graph-of.ts'
export { memoryUrl } from './dialects.ts'
export { introspectDatabase, withIntrospected } from './introspect-database.ts'
export type { IntrospectedDatabase, OpenIntrospection } from './introspect-database.ts'
export { moveDatabase } from './move-database.ts'
export type { MoveDatabaseOptions } from './move-database.ts'
export { openDatabase } from './open-database.ts'
export type { OpenDatabaseOptions } from './open-database.ts'
export type * from './migrations.ts'
export { openMigrations } from './open-migrations.ts'
export { openPolicies } from './open-policies.ts'
export type { PolicyOptions, PolicyReport } from './open-policies.ts'
export type { RowLevelSecurity } from './row-security/raise-wall.ts'
export { openStructure } from './open-structure.ts'
export type { ModelStructure, OpenStructureOptions } from './open-structure.ts'
export { seedDatabase } from './seed-database.ts'
export type { SeedDatabaseOptions } from './seed-database.ts'
export { shownUrl } from './shown-url.ts'
export { withSeeds } from './with-seeds.ts'
export { filledObjects, tablesWithRows } from './filled-objects.ts'
export type { RowPlace } from './filled-objects.ts'
