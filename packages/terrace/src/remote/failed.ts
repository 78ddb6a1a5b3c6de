import type { TerraceError } from '../errors/index.ts'

export interface FailureFacts {
  /** The same request may succeed in a moment. */
  readonly isTransient: boolean
  /** When the source wants to be asked again, in milliseconds; null where it did not say. */
  readonly retryAfterMs?: number | null
  /** Of the answer; null where there was none. */
  readonly status?: number | null
}

/** How one request failed, on its way to whoever decides about another one. Callers get `error`. */
export class Failed extends Error {
  readonly error: TerraceError
  readonly isTransient: boolean
  readonly retryAfterMs: number | null
  readonly status: number | null

  constructor(error: TerraceError, { isTransient, retryAfterMs = null, status = null }: FailureFacts) {
    super(error.message)
    this.error = error
    this.isTransient = isTransient
    this.retryAfterMs = retryAfterMs
    this.status = status
  }
}
