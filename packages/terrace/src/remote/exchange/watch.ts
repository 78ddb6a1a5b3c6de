import { errors } from '../../errors/index.ts'
import { Failed } from '../failed.ts'
import type { Place } from '../place.ts'

/** What is waited for within one request. */
const waits = { headersMs: 'begin its answer', idleMs: 'go on with its answer' } as const

export interface WatchParts {
  readonly place: Place
  /** Of the call around it. */
  readonly signal: AbortSignal
  readonly limitsMs: Readonly<Record<keyof typeof waits, number>>
}

/**
 * Gives one request up when what it waits for takes too long, or its call is over. By timers of its own: those of the library are up to
 * a second late.
 */
export class Watch implements Disposable {
  readonly #controller = new AbortController()
  readonly #parts: WatchParts
  readonly #cancel = (): void => this.#controller.abort(this.#parts.signal.reason)
  #timer: NodeJS.Timeout | undefined

  constructor(parts: WatchParts) {
    this.#parts = parts
    if (parts.signal.aborted) this.#cancel()
    parts.signal.addEventListener('abort', this.#cancel, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** From now on this is waited for, and nothing else. */
  waitFor(what: keyof typeof waits): void {
    clearTimeout(this.#timer)
    const { place, limitsMs } = this.#parts
    this.#timer = setTimeout(() => {
      const error = errors.REMOTE_TIMEOUT({ values: { ...place, what: waits[what], limitMs: limitsMs[what] } })
      this.#controller.abort(new Failed(error, { isTransient: true }))
    }, limitsMs[what])
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#parts.signal.removeEventListener('abort', this.#cancel)
  }
}
