/** Where the answer to a call is from: `shared` was asked for by an equal call at the same time, `stale` is past its time to live. */
export type RemoteOrigin = 'source' | 'shared' | 'cache' | 'stale'

/** A call of a remote source that has ended. Names are those of the declaration: no URL, and no end of them. */
export interface RemoteCallEvent {
  readonly source: string
  readonly operation: string
  /** `ok`, or the code of its error. */
  readonly outcome: string
  /** Of the last answer; null where there was none. */
  readonly status: number | null
  /** How often it was sent again. */
  readonly retries: number
  readonly from: RemoteOrigin
  readonly durationMs: number
}

/** `open`: calls are refused at once. `halfOpen`: one is let through, to see. */
export type BreakerState = 'closed' | 'open' | 'halfOpen'

export interface BreakerEvent {
  readonly source: string
  readonly state: BreakerState
}

/** Told what becomes of the calls of remote sources. A throw in a method fails the call. */
export interface RemoteObserver {
  called(event: RemoteCallEvent): void
  breakerChanged(event: BreakerEvent): void
}
