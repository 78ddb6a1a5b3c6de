import { expect, test } from 'vitest'
import { sql } from '../../test/support/session-bench.ts'
import { actingAs } from '../connect/index.ts'
import { executorOf } from '../database/index.ts'
import { actor, graph, integer, model, owner, shared, text, uuid } from '../model/index.ts'
import { testDatabase } from './test-database.ts'

const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })
const Note = model('notes', { id: uuid().primaryKey(), deviceId: owner(Device), title: text().length(1, 50) })
const Food = model(
  'foods',
  { id: uuid().primaryKey(), name: text().length(1, 50), kcal: integer() },
  { access: shared({ write: 'nobody' }), seeds: [{ name: 'Apple', kcal: 52 }] },
)
const models = graph({ Device, Note, Food })
const device = actingAs(models.Device, '01900000-0000-7000-8000-000000000001')

const names = (db: Awaited<ReturnType<typeof testDatabase>>): Promise<readonly unknown[]> =>
  db.session(device, (session) =>
    sql(session)
      .selectFrom('foods' as never)
      .select('name' as never)
      .execute(),
  )

test('E2: an in-memory database has the structure of the models and shares nothing with another', async () => {
  const [first, second] = [await testDatabase({ models }), await testDatabase({ models })]
  const insertFood = { id: '01900000-0000-7000-8000-000000000002', name: 'Pear', kcal: 57 }
  await first.session({ kind: 'unscoped', reason: 'test' }, (session) =>
    executorOf(session)
      .queryBuilder()
      .insertInto('foods' as never)
      .values(insertFood as never)
      .execute(),
  )
  expect(await names(first)).toEqual([{ name: 'Pear' }])
  expect(await names(second)).toEqual([])
  await first.close()
  await second.close()
})

test('E4: it is empty unless the seeds are asked for', async () => {
  const db = await testDatabase({ models, seeds: true })
  expect(await names(db)).toEqual([{ name: 'Apple' }])
  await db.close()
})

test('it holds the rules of the models', async () => {
  const db = await testDatabase({ models })
  const orphan = { id: device.kind === 'actor' ? '01900000-0000-7000-8000-000000000003' : '', title: 'no such device' }
  const insert = db.session(device, (session) =>
    executorOf(session)
      .queryBuilder()
      .insertInto('notes' as never)
      .values(orphan as never)
      .execute(),
  )
  await expect(insert).rejects.toMatchObject({ code: 'REFERENCE_MISSING' })
  await db.close()
})

test('E2: another one of the same models costs a few milliseconds', async () => {
  await (await testDatabase({ models })).close()
  const startedMs = performance.now()
  for (let round = 0; round < 20; round += 1) await (await testDatabase({ models })).close()
  expect((performance.now() - startedMs) / 20).toBeLessThan(10)
})
