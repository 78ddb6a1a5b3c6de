import { hash } from 'node:crypto'
import { errors } from '../errors/index.ts'
import { rememberedRefusals, waitMsOf } from '../rate/index.ts'
import type { RateCounter, RateLimit } from '../rate/index.ts'
import { declarationError } from './declaration-error.ts'
import type { LimitFields, TellLimit } from './limit-fields.ts'
import { limitFieldsOf } from './limit-fields.ts'
import { limitProblems } from './limit-problems.ts'
import type { RatePlace } from './rate-limits.ts'

/** How often somebody who is known may ask, whatever address it comes from. */
export interface Quota {
  /** The authentication by which they are known: quotas of different ones are counted apart. */
  readonly name: string
  /** Whose it is: one text for each that has a quota of its own. */
  readonly key: string
  /** All of them hold: so many a minute, and so many a day. */
  readonly limits: readonly RateLimit[]
}

interface Counted {
  readonly limit: RateLimit
  readonly counter: RateCounter
  readonly fieldsOf: (emptyInMs: number) => LimitFields
}

/** The quotas of those who are known, counted after they are: each limit apart. */
export class Quotas {
  readonly #place: RatePlace
  readonly #counted = new Map<string, Counted>()

  constructor(place: RatePlace) {
    this.#place = place
  }

  /** `QUOTA_EXCEEDED`, with what a request has taken from its other limits given back: it was not answered. */
  async take({ name, key, limits }: Quota, tell: TellLimit): Promise<void> {
    const { units } = this.#place
    const id = hash('sha256', key, 'base64url')
    const taken: Counted[] = []
    for (const limit of limits) {
      const counted = this.#countedOf(name, limit)
      const emptyInMs = await counted.counter.take(id, units)
      tell(counted.fieldsOf(emptyInMs))
      const waitMs = waitMsOf(emptyInMs, limit)
      if (waitMs > 0) {
        for (const { counter } of taken) await counter.giveBack(id, units)
        throw exceeded(limit, waitMs)
      }
      taken.push(counted)
    }
  }

  #countedOf(name: string, limit: RateLimit): Counted {
    const id = `${name}-${limit.max}-${limit.windowMs}`
    const known = this.#counted.get(id)
    if (known !== undefined) return known
    // Of a row, nobody has looked at it before.
    const problems = limitProblems(`the quotas of ${name}`, limit)
    if (problems.length > 0) throw declarationError(...problems)
    const { store } = this.#place
    const counter = rememberedRefusals(store.counter(`quota ${id}`, limit), limit)
    const counted = { limit, counter, fieldsOf: limitFieldsOf(`${name}-${Math.ceil(limit.windowMs / 1_000)}s`, limit) }
    this.#counted.set(id, counted)
    return counted
  }
}

function exceeded({ max, windowMs }: RateLimit, waitMs: number): Error {
  const values = { max, seconds: Math.ceil(windowMs / 1_000) }
  return errors.QUOTA_EXCEEDED({ values, retryAfterSeconds: Math.ceil(waitMs / 1_000) })
}
