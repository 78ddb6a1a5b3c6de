import { hash } from 'node:crypto'
import { frameworkReasons, unscoped } from '../database/index.ts'
import { TerraceError } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import { RateCountDao } from './rate-count-dao.ts'
import type { RateCountModel, Share } from './rate-count-dao.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RateCounter, RateStore, Units } from './rate-store.ts'

/** How often rows that are of no use any more are looked for. */
const sweepEveryMs = 60_000

const outside = unscoped(frameworkReasons.limits)

/**
 * Counts in a table of the app’s database, so that all instances over it allow together what one would. Each count is a unit of work
 * of its own: three round trips and a commit. By the database’s own clock; what its instances think of the time does not matter.
 *
 * ```ts
 * createApp({ models, rateLimit: { max: 100, windowMs: 60_000 }, rateStore: databaseRates(models.RateCount), … })
 * ```
 */
export function databaseRates(model: RateCountModel): RateStore {
  const Dao = RateCountDao(model)
  const sweeping = new Sweeping(Dao)
  const counter = (name: string, limit: RateLimit): RateCounter => new DatabaseCounter(Dao, { name, limit, sweeping })
  return Object.freeze<RateStore>({ counter, model: model as unknown as BoundModel })
}

type CountDao = ReturnType<typeof RateCountDao>

interface CounterParts {
  readonly name: string
  readonly limit: RateLimit
  readonly sweeping: Sweeping
}

class DatabaseCounter implements RateCounter {
  readonly #dao: CountDao
  readonly #parts: CounterParts

  constructor(dao: CountDao, parts: CounterParts) {
    this.#dao = dao
    this.#parts = parts
  }

  async take(key: string, units: Units): Promise<number> {
    const share = this.#shareOf(key)
    const emptyInMs = await this.#taken(share, units)
    await this.#parts.sweeping.sweepIfDue(units)
    return emptyInMs
  }

  async giveBack(key: string, units: Units): Promise<void> {
    await units.session(outside, (session) => session.use(this.#dao).giveBackShare(this.#shareOf(key)))
  }

  async holds(key: string, units: Units): Promise<boolean> {
    const { id } = this.#shareOf(key)
    const emptyInMicros = await units.session(outside, (session) => session.use(this.#dao).emptyInMicros(id))
    return (emptyInMicros ?? 0n) > 0n
  }

  async forget(key: string, units: Units): Promise<void> {
    await units.session(outside, (session) => session.use(this.#dao).clear(this.#shareOf(key).id))
  }

  /** Where another one makes the row of the key at the same moment, it is there for the next run, whose unit is a new one. */
  async #taken(share: Share, units: Units): Promise<number> {
    for (let runs = 1; ; runs += 1) {
      try {
        return await units.session(outside, (session) => takenIn(session.use(this.#dao), share))
      } catch (error) {
        const isMadeByAnother = error instanceof TerraceError && error.code === 'UNIQUE'
        if (!isMadeByAnother || runs === 3) throw error
      }
    }
  }

  /** Keys are kept as hashes: they may be addresses and e-mails, and of any length. */
  #shareOf(key: string): Share {
    const { name, limit } = this.#parts
    const { max, windowMs } = limit
    const windowMicros = BigInt(Math.round(windowMs * 1_000))
    const intervalMicros = windowMicros / BigInt(max)
    return { id: hash('sha256', `${name}\n${key}`, 'base64url'), intervalMicros, windowMicros }
  }
}

/** How often room that came up between two statements is tried for. */
const mostTries = 5

/** Until the bucket is empty; where no share was left, as if it had been taken. */
async function takenIn(dao: InstanceType<CountDao>, share: Share): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const wasTaken = await dao.takeShare(share)
    const emptyInMicros = await dao.emptyInMicros(share.id)
    if (emptyInMicros === null) await dao.begin(share)
    if (emptyInMicros === null || wasTaken) return Number(emptyInMicros ?? share.intervalMicros) / 1_000
    const refused = emptyInMicros + share.intervalMicros
    if (refused > share.windowMicros) return Number(refused) / 1_000
    // There is room by now: another unit has begun the row, or given its share back.
    if (tries === mostTries) return Number(share.windowMicros) / 1_000 + 1
  }
}

/** Clears rows away in the background of counting: after a full sweep at once again, else a minute later. */
class Sweeping {
  readonly #dao: CountDao
  #dueAtMs = 0

  constructor(dao: CountDao) {
    this.#dao = dao
  }

  async sweepIfDue(units: Units): Promise<void> {
    const nowMs = performance.now()
    if (nowMs < this.#dueAtMs) return
    this.#dueAtMs = nowMs + sweepEveryMs
    const { swept, isFull } = await units.session(outside, (session) => session.use(this.#dao).sweep())
    if (swept > 0 && isFull) this.#dueAtMs = 0
  }
}
