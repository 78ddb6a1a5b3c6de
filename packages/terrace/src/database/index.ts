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
export type { OpenOptions, PoolOptions, RuntimeDialect, Unsupported } from './runtime-dialect.ts'
export { arrayCodec, jsonCodec } from './json-codec.ts'
export { loadDriver } from './load-driver.ts'
export { openPooledDriver } from './pooled-driver.ts'
export { oversizedKeys } from './oversized-keys.ts'
export type { KeySizes } from './oversized-keys.ts'
