export type { Log, LogLevel } from './log.ts'
export type { Metrics, MetricsText } from './metrics.ts'
export type { RequestEvent, RequestObserver } from './request-observer.ts'
export type { BreakerEvent, BreakerState, RemoteCallEvent, RemoteObserver, RemoteOrigin } from './remote-observer.ts'
