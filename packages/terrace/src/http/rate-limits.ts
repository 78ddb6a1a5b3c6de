import { hash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { errors } from '../errors/index.ts'
import { networkOf } from './network-of.ts'
import { RateLimiter } from './rate-limiter.ts'
import type { RateLimit } from './rate-limiter.ts'

/** Whoever sends a request, before anything is known about them. */
export interface Caller {
  /** The peer's address, or what a trusted proxy says of it. */
  readonly ip: string
  readonly headers: IncomingHttpHeaders
}

export interface RateLimitOptions extends RateLimit {
  /** Own limits of single routes, by method and full path: `'POST /v1/auth/register'`. They are counted apart. */
  readonly routes?: Readonly<Record<string, RateLimit>>
  /** Whose requests are counted together. Default the caller's address, of IPv6 its first 64 bits. */
  readonly by?: (caller: Caller) => string
}

/** Throws `RATE_LIMITED` for a caller who has asked too often. */
export type CheckRate = (caller: Caller) => void

/** The check of one route. Routes without a limit of their own are counted together. */
export type RateChecks = (name: string) => CheckRate | null

const byAddress = ({ ip }: Caller): string => networkOf(ip)

/** Counts in this process alone: of several behind one address each allows as much. */
export function rateChecks(options: RateLimitOptions | undefined): RateChecks {
  if (options === undefined) return () => null
  const { by = byAddress, routes = {} } = options
  const common = checkOf(new RateLimiter(options), by)
  const own = new Map(Object.entries(routes).map(([name, limit]) => [name, checkOf(new RateLimiter(limit), by)]))
  return (name) => own.get(name) ?? common
}

function checkOf(limiter: RateLimiter, by: (caller: Caller) => string): CheckRate {
  return (caller) => {
    const waitMs = limiter.take(keyOf(by(caller)), performance.now())
    if (waitMs > 0) throw errors.RATE_LIMITED({ retryAfterSeconds: Math.ceil(waitMs / 1_000) })
  }
}

const longestKey = 64

/**
 * What a caller is remembered by: short, whatever they have sent, and a text of its own, since a part of a header would keep the whole
 * of it in memory.
 */
function keyOf(caller: string): string {
  return caller.length > longestKey ? hash('sha256', caller, 'base64url') : Buffer.from(caller).toString()
}
