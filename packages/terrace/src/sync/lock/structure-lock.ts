import { setTimeout as sleep } from 'node:timers/promises'
import { DriverError, type Driver } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { Query, SchemaDialect } from '../../schema/index.ts'
import { StatementRunner } from '../statement-runner.ts'

export interface LockOptions {
  readonly timeoutMs: number
  /** Called once when somebody else holds the lock. */
  waiting(): void
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
}

const pollMs = 250

/** Gives work the only right to change the structure, on a connection of its own. `STRUCTURE_LOCK_TIMEOUT`. */
export async function withStructureLock<T>(
  { driver, dialect }: { readonly driver: Driver; readonly dialect: SchemaDialect },
  options: LockOptions,
  work: (units: LockedUnits) => Promise<T>,
): Promise<T> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: options.timeoutMs })
  const runner = new StatementRunner(connection)
  let broken = true
  try {
    const result = await hold(runner, dialect, options, work)
    broken = false
    return result
  } finally {
    // A connection whose lock or transaction may still be open is closed: that releases both.
    await driver.release(connection, { broken })
  }
}

async function hold<T>(
  runner: StatementRunner,
  dialect: SchemaDialect,
  options: LockOptions,
  work: (units: LockedUnits) => Promise<T>,
): Promise<T> {
  const { lock } = dialect
  const deadline = new Deadline(options)
  if (lock.kind === 'transaction') {
    const transaction: LockedUnits['transaction'] = (unit) => lockedTransaction(runner, lock, { deadline, unit })
    return work({ runner, transaction, structure: transaction })
  }
  for (const sql of lock.prepare) await runner.run(sql)
  while (!(await isGranted(runner, lock.acquire))) await deadline.wait(0)
  const transaction: LockedUnits['transaction'] = (unit) => deadline.retry(() => runner.transaction(unit))
  const result = await work({ runner, transaction, structure: (unit) => deadline.retry(unit) })
  await runner.rows(lock.release)
  for (const sql of lock.restore) await runner.run(sql)
  return result
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

/** Errors that we raise ourselves keep the driver's as their cause. */
function driverErrorOf(error: unknown): DriverError | null {
  if (error instanceof DriverError) return error
  return error instanceof Error && error.cause !== undefined ? driverErrorOf(error.cause) : null
}
