/**
 * How fast rows move from one engine to another: `node bench/move.ts`, with `MOVE_ROWS` for another number than 100,000.
 *
 * One owned table of ten columns with a unique rule over the rows alive and an index, and its owners. Every pair of engines once, from
 * a source that is filled before. The rows per second are those of the copy; the seconds are those of the whole, with the structure,
 * the keys and indexes, and both sides compared. Servers that do not answer are skipped.
 */
import { moveDatabase, openDatabase, unscoped } from 'terrace/database'
import { Dao } from 'terrace/dao'
import { actor, boolean, decimal, graph, json, model, owner, softDelete, text, timestamps, uuid } from 'terrace/model'
import { availabilityOf, freshDatabase } from 'terrace/testing'

const rows = Number(process.env['MOVE_ROWS'] ?? 100_000)
const engines = ['sqliteFile', 'postgres', 'mysql'] as const

const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })
const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 80).unique(),
    price: decimal(12, 2),
    isSold: boolean(),
    extra: json().nullable(),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['price']] },
)
const models = graph({ Device, Product })

const deviceId = '01900000-0000-7000-8000-000000000000'

async function fill(url: string): Promise<void> {
  const database = await openDatabase(url, { models })
  await database.session(unscoped('fills the bench'), (session) =>
    new (Dao(models.Device))(session).create({ id: deviceId }),
  )
  for (let at = 0; at < rows; at += 1000) {
    await database.session(unscoped('fills the bench'), (session) =>
      new (Dao(models.Product))(session).createMany(
        Array.from({ length: Math.min(1000, rows - at) }, (_, index) => ({
          deviceId,
          name: `A product of some length, number ${at + index}`,
          price: `${at + index}.50`,
          isSold: index % 2 === 0,
          extra: index % 3 === 0 ? null : { at, tags: ['a', 'b'] },
        })),
      ),
    )
  }
  await database.close()
}

const found = await Promise.all(engines.map(availabilityOf))
const available = engines.filter((_, at) => found[at]?.isAvailable)
for (const source of available) {
  const from = await freshDatabase(source)
  await fill(from.url)
  for (const target of available) {
    const to = await freshDatabase(target)
    const { rowsPerSecond, seconds } = await moveDatabase({ from: from.url, to: to.url, models })
    console.log(`${source} → ${target}: ${rowsPerSecond} rows/s copied, ${seconds.toFixed(1)} s in all`)
    await to.drop()
  }
  await from.drop()
}
