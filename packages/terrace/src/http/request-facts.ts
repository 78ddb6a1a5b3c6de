import type { ActorKeys, Session } from '../database/index.ts'
import type { Conditions } from './conditions.ts'
import type { RequestHeaders } from './headers-of.ts'
import type { KeyFor } from './key-for.ts'

/** One request, read and checked, in its session. */
export interface RequestFacts {
  readonly session: Session
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly actor: ActorKeys
  readonly roles: readonly string[]
  /** The path as it was called, without its query. */
  readonly path: string
  /** By lower-case name; what was sent more than once is joined by `, ` where the standard says so, else the first of it. */
  readonly headers: RequestHeaders
  /** What `if-match` and `if-none-match` ask of the state that it meets. */
  readonly conditions: Conditions
  /** Of whoever asks, as far as proxies are trusted (`trustProxy`). */
  readonly address: string
  /** Aborted when nobody is left to read the answer. */
  readonly signal: () => AbortSignal
  readonly keyFor: KeyFor
}
