export type { Log, LogLevel } from './log.ts'
export type { MetricsText } from './metrics-text.ts'
export type { RequestEvent, RequestObserver } from './request-observer.ts'
