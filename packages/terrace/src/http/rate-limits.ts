import { hash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { errors } from '../errors/index.ts'
import { networkOf, rememberedRefusals, waitMsOf } from '../rate/index.ts'
import type { RateLimit, RateStore, Units } from '../rate/index.ts'
import { limitFieldsOf } from './limit-fields.ts'
import type { TellLimit } from './limit-fields.ts'

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

/**
 * Throws `RATE_LIMITED` for a caller who has asked too often, or rejects with it where the store has to be waited for. Tells of the
 * limit either way.
 */
export type CheckRate = (caller: Caller, tell: TellLimit) => void | Promise<void>

/** The check of one route. Routes without a limit of their own are counted together. */
export type RateChecks = (name: string) => CheckRate | null

/** Where it is counted. */
export interface RatePlace {
  readonly store: RateStore
  readonly units: Units
}

const byAddress = ({ ip }: Caller): string => networkOf(ip)

export function rateChecks(options: RateLimitOptions | undefined, place: RatePlace): RateChecks {
  if (options === undefined) return () => null
  const { by = byAddress, routes = {} } = options
  const common = checkOf('default', { limit: options, by, place })
  const own = new Map(Object.entries(routes).map(([name, limit]) => [name, checkOf(name, { limit, by, place })]))
  return (name) => own.get(name) ?? common
}

interface Checking {
  readonly limit: RateLimit
  readonly by: NonNullable<RateLimitOptions['by']>
  readonly place: RatePlace
}

function checkOf(name: string, { limit, by, place: { store, units } }: Checking): CheckRate {
  const counter = rememberedRefusals(store.counter(`rate ${name}`, limit), limit)
  const fieldsOf = limitFieldsOf(name, limit)
  const decide = (emptyInMs: number, tell: TellLimit): void => {
    tell(fieldsOf(emptyInMs))
    const waitMs = waitMsOf(emptyInMs, limit)
    if (waitMs > 0) throw errors.RATE_LIMITED({ retryAfterSeconds: Math.ceil(waitMs / 1_000) })
  }
  return (caller, tell) => {
    const taken = counter.take(keyOf(by(caller)), units)
    return taken instanceof Promise ? taken.then((emptyInMs) => decide(emptyInMs, tell)) : decide(taken, tell)
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
