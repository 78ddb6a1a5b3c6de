/** What one client may cost. Bytes and milliseconds. */
export interface ServerLimits {
  /** Default 1 MiB. */
  readonly bodyBytes: number
  /** Of the path and of the query, each. Default 8 KiB. */
  readonly urlBytes: number
  /** Until all headers have arrived; below `requestTimeoutMs`. Default 10 s. */
  readonly headersTimeoutMs: number
  /** Until the whole request has arrived: a client that drips its body holds nothing but its socket. Default 30 s. */
  readonly requestTimeoutMs: number
  /** How long an idle connection is kept. Default 72 s, longer than the usual 60 s of a load balancer in front. */
  readonly keepAliveTimeoutMs: number
  /** How long `/readyz` waits for the database. Default 2 s. */
  readonly readinessTimeoutMs: number
}

export const defaultLimits: ServerLimits = Object.freeze({
  bodyBytes: 1_048_576,
  urlBytes: 8_192,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 72_000,
  readinessTimeoutMs: 2_000,
})

/** Node looks for connections that are past a timeout only so often; its default of 30 s would make shorter ones void. */
export const connectionsCheckingIntervalMs = 500
