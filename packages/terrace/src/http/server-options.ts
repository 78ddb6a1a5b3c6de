import type { CorsOptions } from './cors.ts'
import type { RateStore } from '../rate/index.ts'
import type { IdempotencyOptions } from './idempotency/repeatable-requests.ts'
import type { RateLimitOptions } from './rate-limits.ts'
import type { ServerLimits } from './server-limits.ts'

/** How a server meets the outside. */
export interface ServerOptions {
  readonly limits?: Partial<ServerLimits>
  /** Pages of which other origins may read the answers. Default none. */
  readonly cors?: CorsOptions
  /**
   * How often a caller may ask; then 429 with `Retry-After`. Off by default: behind a proxy that is not trusted all callers have
   * one address.
   */
  readonly rateLimit?: RateLimitOptions
  /**
   * Where requests and quotas are counted. Default in this process, which of several instances lets each allow as much:
   * `redisRates({ … })` or `databaseRates(models.RateCount)` for those.
   */
  readonly rateStore?: RateStore
  /**
   * Requests with an `idempotency-key` are carried out once and answered alike as often as they are sent: all POST and PATCH, unless
   * their route says otherwise. Default none is looked at.
   */
  readonly idempotency?: IdempotencyOptions
  /**
   * Whose `X-Forwarded-For` is believed: a number of proxies, or their addresses or networks; `true` believes anybody. Default
   * `false`: a caller's address is the one that is connected.
   */
  readonly trustProxy?: boolean | number | string | readonly string[]
  /**
   * Takes over a caller's `X-Request-Id` where it is 1 to 128 plain characters: for use behind a gateway that gives them. Default
   * `false`, so that nobody from outside can write into the log.
   */
  readonly acceptRequestIds?: boolean
}
