import { hash } from 'node:crypto'
import { frameworkReasons } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { letsThrough, memoryRates, networkOf, waitMsOf } from '../rate/index.ts'
import type { RateCounter, RateLimit, RateStore, Units } from '../rate/index.ts'
import type { AttemptLimit, AttemptPlace, LoginAttempt } from './attempt-limit.ts'

export interface AttemptLimitOptions {
  /** Where attempts are counted. Default in this process: of several instances each allows as much. */
  readonly store?: RateStore
  /** At one account from one address. Default 5 within 15 minutes. */
  readonly perCaller?: RateLimit
  /**
   * At one account from all addresses. Default 50 within an hour. Whoever has logged in from an address is not kept out by what
   * others try: there only `perCaller` counts.
   */
  readonly perAccount?: RateLimit
  /** From one address at all accounts. Default 100 within 15 minutes. */
  readonly perAddress?: RateLimit
  /** How long an address is known after a login, in milliseconds. Default 30 days. */
  readonly knownMs?: number
}

const minuteMs = 60_000
const dayMs = 86_400_000

/**
 * How often a password may be tried, for `UserAccess(models.User, { attempts: limitAttempts({ store }), … })`. A place is taken before
 * anything is hashed, so attempts at the same time cannot be more; a success gives it back. Accounts and addresses are kept as hashes.
 *
 * Without an address an account is counted by `perCaller`, so whoever knows its name can keep its user out: give it to `login`.
 * `APP_DECLARATION` for a limit that allows nothing.
 */
export function limitAttempts(options: AttemptLimitOptions = {}): AttemptLimit {
  const {
    store = memoryRates(),
    perCaller = { max: 5, windowMs: 15 * minuteMs },
    perAccount = { max: 50, windowMs: 60 * minuteMs },
    perAddress = { max: 100, windowMs: 15 * minuteMs },
    knownMs = 30 * dayMs,
  } = options
  const limits = { perCaller, perAccount, perAddress, knownMs: { max: 1, windowMs: knownMs } }
  const closed = Object.entries(limits).flatMap(([name, limit]) => (letsThrough(limit) ? [] : [name]))
  if (closed.length > 0) throw nothingAllowed(closed)
  const counts: Counts = {
    perCaller: counting(store, 'attempts caller', perCaller),
    perAccount: counting(store, 'attempts account', perAccount),
    perAddress: counting(store, 'attempts address', perAddress),
    known: counting(store, 'attempts known', limits.knownMs),
  }
  return Object.freeze<AttemptLimit>({
    reserve: (attempt, session) => reserve(counts, attempt, session),
    ...(store.model === undefined ? {} : { model: store.model }),
    close: async () => store.close?.(),
  })
}

function nothingAllowed(names: readonly string[]): Error {
  const problems = `limitAttempts(): ${names.join(', ')} allows nothing. Give max and windowMs, both above 0`
  return errors.APP_DECLARATION({ values: { problems } })
}

interface Counting {
  readonly counter: RateCounter
  readonly limit: RateLimit
}

interface Counts {
  readonly perCaller: Counting
  readonly perAccount: Counting
  readonly perAddress: Counting
  /** Addresses from which somebody has logged in to an account. */
  readonly known: Counting
}

function counting(store: RateStore, name: string, limit: RateLimit): Counting {
  return { counter: store.counter(name, limit), limit }
}

/** One count that an attempt goes into. */
interface Step {
  readonly counting: Counting
  readonly key: string
  /** What a success does with it. */
  readonly onSuccess: 'giveBack' | 'forget'
}

async function reserve(counts: Counts, attempt: LoginAttempt, session: Session): Promise<AttemptPlace> {
  const before: Units = { session: (scope, work) => session.beforehand(scope, work) }
  const caller = keyOf(attempt.account, attempt.address === undefined ? '' : networkOf(attempt.address))
  const taken: Step[] = []
  for (const step of stepsOf(attempt, caller, counts)) {
    const { counter, limit } = step.counting
    const waitMs = waitMsOf(await counter.take(step.key, before), limit)
    if (waitMs === 0) taken.push(step)
    else if (step.counting !== counts.perAccount || !(await counts.known.counter.holds(caller, before))) {
      await giveBack(taken, before)
      throw errors.TOO_MANY_ATTEMPTS({ retryAfterSeconds: Math.ceil(waitMs / 1_000) })
    }
  }
  const known = attempt.address === undefined ? null : { counter: counts.known.counter, key: caller }
  return {
    succeeded: () => succeeded(taken, known, session),
    untried: () => session.afterRollback((later) => giveBack(taken, within(later))),
  }
}

/** The account last: it alone may be left out. */
function stepsOf({ account, address }: LoginAttempt, caller: string, counts: Counts): readonly Step[] {
  const atAccount: Step = { counting: counts.perCaller, key: caller, onSuccess: 'forget' }
  if (address === undefined) return [atAccount]
  return [
    { counting: counts.perAddress, key: keyOf(networkOf(address)), onSuccess: 'giveBack' },
    atAccount,
    { counting: counts.perAccount, key: keyOf(account), onSuccess: 'giveBack' },
  ]
}

interface Known {
  readonly counter: RateCounter
  readonly key: string
}

/** Within the session: a login that is rolled back has given nothing back. What is refused in a savepoint can be tried again. */
async function succeeded(taken: readonly Step[], known: Known | null, session: Session): Promise<void> {
  const units = within(session)
  for (const { counting: given, key, onSuccess } of taken) await given.counter[onSuccess](key, units)
  if (known === null) return
  await known.counter.forget(known.key, units)
  await known.counter.take(known.key, units)
}

async function giveBack(taken: readonly Step[], units: Units): Promise<void> {
  for (const { counting: given, key } of taken) await given.counter.giveBack(key, units)
}

function within(session: Session): Units {
  return { session: (_scope, work) => session.unscoped(frameworkReasons.limits, (outside) => outside.nested(work)) }
}

function keyOf(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\n'), 'base64url')
}
