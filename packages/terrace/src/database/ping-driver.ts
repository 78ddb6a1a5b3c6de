import type { Driver } from './driver.ts'

/** Sends one empty question over one connection: returns when the database answers, rejects as the driver does. */
export async function pingDriver(driver: Driver, timeoutMs: number): Promise<void> {
  const connection = await driver.acquire({ access: 'read', timeoutMs })
  try {
    await connection.execute({ sql: 'select 1', parameters: [] })
  } catch (error) {
    await driver.release(connection, { broken: true })
    throw error
  }
  await driver.release(connection)
}
