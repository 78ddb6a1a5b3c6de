import type { AcquireOptions, Driver } from '../database/index.ts'
import { StatementRunner } from './statement-runner.ts'

/** Work on a connection of its own. One whose lock or transaction may still be open is closed, which releases both. */
export async function withConnection<T>(
  driver: Driver,
  access: AcquireOptions,
  work: (runner: StatementRunner) => Promise<T>,
): Promise<T> {
  const connection = await driver.acquire(access)
  let broken = true
  try {
    const result = await work(new StatementRunner(connection))
    broken = false
    return result
  } finally {
    await driver.release(connection, { broken })
  }
}
