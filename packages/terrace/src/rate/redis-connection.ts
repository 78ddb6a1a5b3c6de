import { once } from 'node:events'
import type { Redis } from 'ioredis'
import { loadDriver } from '../database/index.ts'
import { giveBackScript, takeScript } from './redis-scripts.ts'

/** What the scripts become on a client. */
interface Scripts {
  terraceTake(key: string, intervalMicros: number, windowMicros: number): Promise<string>
  terraceGiveBack(key: string, intervalMicros: number): Promise<number>
}

export type RateRedis = Redis & Scripts

export interface RedisConnectionOptions {
  /** Read when the first connection is made. */
  readonly url: () => string
  /** How long a connection, and the answer to a command, is waited for. */
  readonly timeoutMs: number
}

/**
 * One client for all counts, connected at the first of them. While the connection is lost, commands fail at once instead of waiting
 * for it; it comes back by itself.
 */
export class RedisConnection {
  readonly #options: RedisConnectionOptions
  #connecting: Promise<RateRedis> | null = null
  #readying: Promise<void> | null = null

  constructor(options: RedisConnectionOptions) {
    this.#options = options
  }

  /** Rejects where Redis cannot be reached in time. */
  async client(): Promise<RateRedis> {
    this.#connecting ??= this.#connect()
    const client = await this.#connecting
    if (client.status === 'connecting' || client.status === 'connect') {
      this.#readying ??= this.#ready(client)
      await this.#readying
    }
    return client
  }

  async close(): Promise<void> {
    const connecting = this.#connecting
    this.#connecting = null
    const client = await connecting?.catch(() => null)
    client?.disconnect()
  }

  async #connect(): Promise<RateRedis> {
    try {
      const { Redis: Client } = await loadDriver({ package: 'ioredis', scheme: 'redis:' }, () => import('ioredis'))
      const { url, timeoutMs } = this.#options
      const client = new Client(url(), {
        lazyConnect: true,
        connectTimeout: timeoutMs,
        commandTimeout: timeoutMs,
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
        connectionName: 'terrace',
        scripts: {
          terraceTake: { lua: takeScript, numberOfKeys: 1 },
          terraceGiveBack: { lua: giveBackScript, numberOfKeys: 1 },
        },
      }) as RateRedis
      // Each command fails by itself; without a listener the client writes its errors to the terminal.
      client.on('error', () => undefined)
      client.connect().catch(() => undefined)
      return client
    } catch (error) {
      this.#connecting = null
      throw error
    }
  }

  /** Rejects when the connection fails, or is not there in time. */
  async #ready(client: RateRedis): Promise<void> {
    try {
      await once(client, 'ready', { signal: AbortSignal.timeout(this.#options.timeoutMs) })
    } finally {
      this.#readying = null
    }
  }
}
