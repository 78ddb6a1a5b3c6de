import { errors, TerraceError } from '../errors/index.ts'
import type { Log } from '../observe/index.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RateCounter, RateStore } from './rate-store.ts'
import { RedisConnection } from './redis-connection.ts'
import type { RateRedis } from './redis-connection.ts'

export interface RedisRateOptions {
  /** `redis://user:password@host:6379/0`, `rediss://` with TLS; a function is called at the first count. */
  readonly url: string | (() => string)
  /**
   * What happens while Redis does not answer: `allow` counts nothing, so that no limit holds; `refuse` answers 503. Told in the log
   * when it begins and when it ends.
   */
  readonly onFailure: 'allow' | 'refuse'
  /** How long Redis is waited for, in milliseconds. Default 250. */
  readonly timeoutMs?: number
  /** In front of every key. Default `terrace:`. */
  readonly prefix?: string
}

/**
 * Counts in Redis 5 or newer, so that all instances allow together what one would: one round trip each, decided by one script and by
 * Redis’s own clock. Needs the package `ioredis`.
 *
 * ```ts
 * createApp({ rateStore: redisRates({ url: () => process.env['REDIS_URL'] ?? '', onFailure: 'allow' }), … })
 * ```
 */
export function redisRates({ url, onFailure, timeoutMs = 250, prefix = 'terrace:' }: RedisRateOptions): RateStore {
  const connection = new RedisConnection({ url: typeof url === 'string' ? () => url : url, timeoutMs })
  const failures = new Failures(onFailure)
  return Object.freeze<RateStore>({
    counter: (name, limit) => new RedisCounter({ connection, failures, prefix: `${prefix}${name}:`, limit }),
    refusals: onFailure === 'refuse' ? [errors.RATE_STORE_UNAVAILABLE] : [],
    logTo: (log) => failures.logTo(log),
    close: () => connection.close(),
  })
}

interface CounterParts {
  readonly connection: RedisConnection
  readonly failures: Failures
  readonly prefix: string
  readonly limit: RateLimit
}

class RedisCounter implements RateCounter {
  readonly #parts: CounterParts
  readonly #intervalMicros: number
  readonly #windowMicros: number

  constructor(parts: CounterParts) {
    const { max, windowMs } = parts.limit
    this.#parts = parts
    this.#intervalMicros = Math.max(1, Math.floor((windowMs * 1_000) / max))
    this.#windowMicros = Math.ceil(windowMs * 1_000)
  }

  take(key: string): Promise<number> {
    return this.#asked(0, async (redis) => {
      const emptyIn = await redis.terraceTake(this.#keyOf(key), this.#intervalMicros, this.#windowMicros)
      return Number(emptyIn) / 1_000
    })
  }

  giveBack(key: string): Promise<void> {
    return this.#asked(undefined, async (redis) => {
      await redis.terraceGiveBack(this.#keyOf(key), this.#intervalMicros)
    })
  }

  holds(key: string): Promise<boolean> {
    return this.#asked(false, async (redis) => (await redis.exists(this.#keyOf(key))) > 0)
  }

  forget(key: string): Promise<void> {
    return this.#asked(undefined, async (redis) => {
      await redis.del(this.#keyOf(key))
    })
  }

  #keyOf(key: string): string {
    return this.#parts.prefix + key
  }

  async #asked<T>(otherwise: T, ask: (redis: RateRedis) => Promise<T>): Promise<T> {
    const { connection, failures } = this.#parts
    try {
      const answer = await ask(await connection.client())
      failures.ended()
      return answer
    } catch (error) {
      if (error instanceof TerraceError) throw error
      failures.met(error)
      return otherwise
    }
  }
}

/** What becomes of the counts while Redis does not answer. */
class Failures {
  readonly #onFailure: RedisRateOptions['onFailure']
  #log: Log | null = null
  #isFailing = false

  constructor(onFailure: RedisRateOptions['onFailure']) {
    this.#onFailure = onFailure
  }

  logTo(log: Log): void {
    this.#log = log
  }

  /** `RATE_STORE_UNAVAILABLE` where nothing may pass uncounted. */
  met(error: unknown): void {
    if (!this.#isFailing) this.#tell(error)
    this.#isFailing = true
    if (this.#onFailure === 'refuse') throw errors.RATE_STORE_UNAVAILABLE({ retryAfterSeconds: 1, cause: error })
  }

  ended(): void {
    if (!this.#isFailing) return
    this.#isFailing = false
    this.#log?.info({}, 'redis answers again: limits hold')
  }

  #tell(error: unknown): void {
    const consequence = this.#onFailure === 'allow' ? 'no limit holds' : 'what is limited is refused'
    if (this.#log !== null) return this.#log.error({ err: error }, `redis does not answer: ${consequence}`)
    process.emitWarning(`Redis does not answer: ${consequence}`, { code: 'TERRACE_RATE_STORE' })
  }
}
