/** A request whose answer has been sent, or whose client has gone. */
export interface RequestEvent {
  readonly method: string
  /** The pattern, `/v1/products/:id`; null where no route was found. Never the path: it holds keys, and there is no end of them. */
  readonly route: string | null
  readonly status: number
  readonly durationMs: number
}

/** Told of each request, twice. A throw in a method fails the request. */
export interface RequestObserver {
  began(): void
  ended(event: RequestEvent): void
}
