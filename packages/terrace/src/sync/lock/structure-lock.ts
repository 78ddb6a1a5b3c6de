import { setTimeout as sleep } from 'node:timers/promises'
import type { Driver } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { Query, SchemaDialect } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { withConnection } from '../with-connection.ts'
import { driverErrorOf, namingGrants } from './naming-grants.ts'

export interface LockOptions {
  readonly timeoutMs: number
  /** Called once when somebody else holds the lock. */
  waiting(): void
  /**
   * The lock is held by a second connection, and `structure` is no transaction, for steps that refuse one. Only where a
   * transaction would hold it. Default false.
   */
  readonly apart?: boolean
}

/** Work on one connection while every other starter waits. */
export interface LockedUnits {
  readonly runner: StatementRunner
  /**
   * A transaction under the lock. Run again from its beginning when the database asks for it (a lock timeout, a deadlock)
   * until the time is up.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** The same where DDL can be rolled back; elsewhere each statement stands for itself, and what was done is found done. */
  structure<T>(work: () => Promise<T>): Promise<T>
  /** Whether `structure` is one transaction. */
  readonly isAtomic: boolean
}

const pollMs = 250

/**
 * Gives work the only right to change the structure, on a connection of its own. `STRUCTURE_LOCK_TIMEOUT`,
 * `STRUCTURE_PERMISSION`.
 */
export async function withStructureLock<T>(
  { driver, dialect }: { readonly driver: Driver; readonly dialect: SchemaDialect },
  options: LockOptions,
  work: (units: LockedUnits) => Promise<T>,
): Promise<T> {
  const access = { access: 'write', timeoutMs: options.timeoutMs } as const
  return withConnection(driver, access, (runner) =>
    namingGrants(runner, dialect, () => {
      const { lock } = dialect
      const deadline = new Deadline(options)
      if (lock.kind === 'connection') return holdConnection(runner, lock, { deadline, work })
      const { acquire } = lock
      if (options.apart !== true || acquire === null) return holdTransactions(runner, lock, { deadline, work })
      return withConnection(
        driver,
        { ...access, timeoutMs: Math.min(options.timeoutMs, secondConnectionMs) },
        (keeper) => holdApart({ runner, keeper }, { ...lock, acquire }, { deadline, work }),
      )
    }),
  )
}

/** A database with one connection has none for the lock alone. */
const secondConnectionMs = 5_000

interface Holding<T> {
  readonly deadline: Deadline
  work(units: LockedUnits): Promise<T>
}

type ConnectionLock = Extract<SchemaDialect['lock'], { readonly kind: 'connection' }>

async function holdConnection<T>(
  runner: StatementRunner,
  lock: ConnectionLock,
  { deadline, work }: Holding<T>,
): Promise<T> {
  for (const sql of lock.prepare) await runner.run(sql)
  while (!(await isGranted(runner, lock.acquire))) await deadline.wait(0)
  const result = await work({
    runner,
    transaction: (unit) => deadline.retry(() => runner.transaction(unit)),
    structure: (unit) => deadline.retry(unit),
    isAtomic: false,
  })
  await runner.rows(lock.release)
  for (const sql of lock.restore) await runner.run(sql)
  return result
}

function holdTransactions<T>(
  runner: StatementRunner,
  lock: TransactionLock,
  { deadline, work }: Holding<T>,
): Promise<T> {
  const transaction: LockedUnits['transaction'] = (unit) => lockedTransaction(runner, lock, { deadline, unit })
  // Rows are written under the connection's own settings.
  const structure: LockedUnits['structure'] = (unit) => withSettings(runner, lock, () => transaction(unit))
  return work({ runner, transaction, structure, isAtomic: true })
}

/** Before a transaction, which cannot change them, and restored in every case. */
async function withSettings<T>(
  runner: StatementRunner,
  { settings, restore }: TransactionLock,
  work: () => Promise<T>,
): Promise<T> {
  const restored = async (): Promise<void> => {
    for (const sql of restore) await runner.run(sql)
  }
  for (const sql of settings) await runner.run(sql)
  try {
    const result = await work()
    await restored()
    return result
  } catch (error) {
    await restored().catch((second: unknown) => {
      throw new AggregateError([error, second], error instanceof Error ? error.message : String(error), {
        cause: error,
      })
    })
    throw error
  }
}

interface Apart {
  readonly runner: StatementRunner
  /** Does nothing but hold the lock. */
  readonly keeper: StatementRunner
}

/** The keeper's transaction reads nothing, so that nobody who waits for older transactions to end waits for it. */
async function holdApart<T>(
  { runner, keeper }: Apart,
  lock: TransactionLock & { readonly acquire: Query },
  { deadline, work }: Holding<T>,
): Promise<T> {
  for (;;) {
    const outcome = await keeper.transaction(async () => {
      if (!(await isGranted(keeper, lock.acquire))) return null
      // A query's snapshot is held until the next statement: by one that needs none, it is let go.
      for (const sql of lock.prepare) await keeper.run(sql)
      const transaction: LockedUnits['transaction'] = (unit) =>
        deadline.retry(() =>
          runner.transaction(async () => {
            for (const sql of lock.prepare) await runner.run(sql)
            return unit()
          }),
        )
      const structure: LockedUnits['structure'] = (unit) => deadline.retry(unit)
      return { value: await work({ runner, transaction, structure, isAtomic: false }) }
    })
    if (outcome !== null) return outcome.value
    await deadline.wait(pollMs)
  }
}

type TransactionLock = Extract<SchemaDialect['lock'], { readonly kind: 'transaction' }>

/** The lock is asked for first in each transaction, outside of any savepoint, so that it ends with it. */
function lockedTransaction<T>(
  runner: StatementRunner,
  lock: TransactionLock,
  { deadline, unit }: { readonly deadline: Deadline; readonly unit: () => Promise<T> },
): Promise<T> {
  return deadline.retry(async () => {
    for (;;) {
      const outcome = await runner.transaction(async () => {
        if (lock.acquire !== null && !(await isGranted(runner, lock.acquire))) return null
        for (const sql of lock.prepare) await runner.run(sql)
        return { value: await unit() }
      })
      if (outcome !== null) return outcome.value
      await deadline.wait(pollMs)
    }
  })
}

async function isGranted(runner: StatementRunner, acquire: Query): Promise<boolean> {
  const [row] = await runner.rows(acquire)
  const held = row?.['held']
  return held === true || held === 1 || held === 1n
}

class Deadline {
  private readonly options: LockOptions
  private readonly at: number
  private told = false

  constructor(options: LockOptions) {
    this.options = options
    this.at = performance.now() + options.timeoutMs
  }

  /** Says once that somebody waits, and throws when the time is up. */
  async wait(ms: number, cause?: unknown): Promise<void> {
    if (!this.told) this.options.waiting()
    this.told = true
    if (performance.now() + ms > this.at) {
      throw errors.STRUCTURE_LOCK_TIMEOUT({ values: { seconds: Math.round(this.options.timeoutMs / 1000) }, cause })
    }
    await sleep(ms)
  }

  async retry<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        const failure = driverErrorOf(error)
        if (failure === null || !failure.retryable || failure.kind === 'connection') throw error
        await this.wait(pollMs, error)
      }
    }
  }
}
