import { answeredWithin } from './answered-within.ts'
import type { Driver } from './driver.ts'

/**
 * Sends one empty question over one connection: returns when the database answers, rejects as the driver does, or when that takes
 * too long. Such a connection is destroyed: whoever asks again would take the next one, until none is left.
 */
export async function pingDriver(driver: Driver, timeoutMs: number): Promise<void> {
  const connection = await driver.acquire({ access: 'read', timeoutMs })
  try {
    await answeredWithin(connection.execute({ sql: 'select 1', parameters: [] }), timeoutMs)
  } catch (error) {
    await driver.release(connection, { broken: true })
    throw error
  }
  await driver.release(connection)
}
