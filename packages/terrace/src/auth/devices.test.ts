import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryUrl, openDatabase } from '../connect/index.ts'
import { unscoped } from '../database/index.ts'
import type { Database } from '../database/index.ts'
import { actor, graph, model, text, timestamp, timestamps } from '../model/index.ts'
import { DeviceAccess } from './device-access.ts'

const Device = model(
  'devices',
  {
    id: text().length(1, 64).primaryKey(),
    tokenHash: text().length(64, 64).unique({ global: true }).hidden(),
    lastSeenAt: timestamp().nullable().readOnly(),
    ...timestamps(),
  },
  { access: actor() },
)
const models = graph({ Device })
class Devices extends DeviceAccess(models.Device) {}

let db: Database
let nowMs = Date.UTC(2020, 0, 1)

beforeAll(async () => {
  db = await openDatabase(memoryUrl, { models, clock: () => nowMs })
})
afterAll(() => db.close())

test('a visit is noted at the time of the database’s clock, as every other stamp of its unit', async () => {
  await db.session(unscoped('a test'), async (session) => {
    const devices = session.use(Devices)
    const { token } = await devices.register('phone')
    const row = await devices.verify(token)
    expect(row?.createdAt).toEqual(new Date(nowMs))
    await devices.recordSeen(row as NonNullable<typeof row>)
  })
  nowMs += 60_000
  const seen = await db.session(unscoped('a test'), async (session) => {
    const devices = session.use(Devices)
    const { token } = await devices.renewToken('phone')
    const row = await devices.verify(token)
    await devices.recordSeen(row as NonNullable<typeof row>)
    return [row, await devices.verify(token)]
  })
  expect(seen.map((row) => row?.lastSeenAt)).toEqual([
    new Date('2020-01-01T00:00:00Z'),
    new Date('2020-01-01T00:01:00Z'),
  ])
})
