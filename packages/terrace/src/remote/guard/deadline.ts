import { errors } from '../../errors/index.ts'
import { Failed } from '../failed.ts'
import type { Place } from '../place.ts'

export interface DeadlineParts {
  readonly place: Place
  readonly wholeMs: number
  /** Of whoever waits for the call. */
  readonly signal: AbortSignal | undefined
}

/** Aborted when the whole call has taken too long, or nobody waits for it; the reason is what the caller is told. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal
}

export function deadline({ place, wholeMs, signal }: DeadlineParts): Deadline {
  const controller = new AbortController()
  const expire = (): void => {
    const error = errors.REMOTE_TIMEOUT({ values: { ...place, what: 'answer', limitMs: wholeMs } })
    controller.abort(new Failed(error, { isTransient: false }))
  }
  const cancel = (): void =>
    controller.abort(new Failed(errors.REMOTE_CANCELLED({ values: { ...place } }), { isTransient: false }))
  const timer = setTimeout(expire, wholeMs)
  if (signal?.aborted === true) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
    },
  }
}
