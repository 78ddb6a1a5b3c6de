import { actingAs, unscoped } from 'terrace/database'
import type { Database, Session } from 'terrace/database'
import { testDatabase } from 'terrace/testing'
import type { TestDatabaseOptions } from 'terrace/testing'
import { DeviceService } from '../../src/device/device.service.ts'
import { models } from '../../src/models.ts'

/** Work in one session of a device: one transaction. */
export type As = <R>(work: (session: Session) => Promise<R>) => Promise<R>

/** An empty database in memory with two devices, which know nothing of each other. */
export interface TwoDevices {
  readonly database: Database
  readonly mine: As
  readonly other: As
}

export async function twoDevices(options: Omit<TestDatabaseOptions, 'models'> = {}): Promise<TwoDevices> {
  const database = await testDatabase({ models, ...options })
  await database.session(unscoped('test devices'), async (session) => {
    for (const device of ['mine', 'other']) await session.use(DeviceService).register(device)
  })
  const as =
    (device: string): As =>
    (work) =>
      database.session(actingAs(models.Device, device), work)
  return { database, mine: as('mine'), other: as('other') }
}
