import { errors } from '../errors/index.ts'
import type { DeclaredError } from '../errors/index.ts'

export type { BreakerEvent, BreakerState, RemoteCallEvent, RemoteObserver, RemoteOrigin } from '../observe/index.ts'
export { answeredCalls } from './answered-calls.ts'
export type { StubAnswers } from './answered-calls.ts'
export type { ConnectionHolder } from './connection-holder.ts'
export type { Time } from './guard/time.ts'
export type { ResolveHost } from './network/resolve-host.ts'
export { openRemote } from './open-remote.ts'
export type { OpenRemote, OpenRemoteOptions } from './open-remote.ts'
export { del, get, patch, post, put } from './operation.ts'
export type {
  CallInput,
  CallOptions,
  CallResult,
  Operation,
  OperationCall,
  OperationDeclaration,
  Operations,
  RemoteCacheOptions,
  RemoteCredentials,
} from './operation-types.ts'
export { remote } from './remote.ts'
export type {
  RemoteBreaker,
  RemoteLimits,
  RemoteOptions,
  RemoteRetries,
  RemoteSource,
  RemoteTimeouts,
  RemoteTls,
  Setting,
} from './remote.ts'
export { RemoteDao } from './remote-dao.ts'
export type { RemoteCalls, RemoteDaoClass, RemoteOperations } from './remote-dao.ts'
export { remoteDependency } from './remote-dependency.ts'
export type { RemoteDependency, RemoteSurroundings } from './remote-dependency.ts'

/** What a route may answer whose work calls a source: `errors: [...remoteErrors]`. */
export const remoteErrors: readonly DeclaredError[] = Object.freeze([
  errors.REMOTE_UNAVAILABLE,
  errors.REMOTE_TIMEOUT,
  errors.REMOTE_REFUSED,
  errors.REMOTE_MISMATCH,
  errors.REMOTE_ADDRESS,
])
