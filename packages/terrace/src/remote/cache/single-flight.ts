interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** One result, and whether it was asked for by somebody else. */
export interface Landed<T> {
  readonly value: T
  readonly isShared: boolean
}

/** Equal work that is asked for several times at once is done once. It is given up when nobody waits for it any more. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>()

  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<Landed<T>> {
    const known = this.#flights.get(key)
    const flight = known ?? this.#begin(key, work)
    flight.waiting += 1
    try {
      return { value: await settledOrAborted(flight.result, signal), isShared: known !== undefined }
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) this.#land(key, flight, signal)
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const flight: Flight<T> = { result: work(controller.signal), controller, waiting: 0 }
    this.#flights.set(key, flight)
    const over = (): void => this.#forget(key, flight)
    flight.result.then(over, over)
    return flight
  }

  /** Nobody waits: whoever comes now begins anew. */
  #land(key: string, flight: Flight<T>, signal: AbortSignal): void {
    this.#forget(key, flight)
    flight.controller.abort(signal.reason)
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}

/** The promise's own end, or the signal's reason as soon as it is aborted. What comes after that is nobody's. */
export async function settledOrAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason as Error)
  // Raced or not, each has a handler.
  promise.catch(() => {})
  aborted.catch(() => {})
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
