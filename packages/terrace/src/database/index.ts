export type { Capabilities, IsolationLevel } from './capabilities.ts'
export type { Codec } from './codec.ts'
export { ConnectionPool } from './connection-pool.ts'
export type { ConnectionSource, PoolLimits } from './connection-pool.ts'
export { DriverError } from './driver-error.ts'
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
export type { OpenOptions, PoolOptions, RuntimeDialect, Unsupported } from './runtime-dialect.ts'
