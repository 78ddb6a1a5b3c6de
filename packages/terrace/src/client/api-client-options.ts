/** How often, and how long after, a call is made again that failed for a while. */
export interface RetryOptions {
  /** Calls after the first. Default 2. */
  readonly times?: number
  /** The longest wait before the first of them, in milliseconds; each later one has twice as much, and the wait is random below. Default 200. */
  readonly baseMs?: number
  /** No wait is longer, also where `Retry-After` asks for it: then the refusal is the answer. Default 20,000. */
  readonly longestMs?: number
}

export interface ApiClientOptions {
  /** Before each path: `https://api.example.com`. A token goes to this origin alone. */
  readonly baseUrl: string
  /** The bearer token, asked for before each call; null for none. */
  readonly token?: () => string | null | Promise<string | null>
  /**
   * Called once for all calls that were answered 401 meanwhile: gets a new token, keeps it where `token` finds it, and gives it. Null: there
   * is none, and the 401 is the answer. What it throws, each of those calls throws. A call that it makes by this same client is not renewed:
   * its 401 is its answer.
   */
  readonly refresh?: (refused: string | null) => Promise<string | null>
  /** False: nothing is called twice. */
  readonly retries?: RetryOptions | false
  /** How long one call may take, its answer included, in milliseconds. Default 30,000; 0: without end. */
  readonly timeoutMs?: number
  /** False: no `If-Match` is sent of its own accord. One that a call sets stays in any case. Default true. */
  readonly ifMatch?: boolean
  /** The language of messages. Default that of the browser, or none. */
  readonly language?: 'en' | 'zh'
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>>
  /** Default that of the platform. */
  readonly fetch?: (request: Request) => Promise<Response>
}
