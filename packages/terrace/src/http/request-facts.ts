import type { ActorKeys, Session } from '../database/index.ts'

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
  /** Aborted when nobody is left to read the answer. */
  readonly signal: () => AbortSignal
}
