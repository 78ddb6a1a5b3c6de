import { unscoped, type Database } from 'terrace/database'
import { Dao } from 'terrace/dao'
import { bareSql, chunksOf } from './bare-sql.ts'
import type { Ids } from './ids.ts'
import { models } from './models.ts'
import { newPortion, newProduct, portionsEach } from './subject.ts'

const DeviceDao = Dao(models.Device)
const ProductDao = Dao(models.Product)
const PortionDao = Dao(models.Portion)

/** The rows through Terrace. */
export async function seedDao(db: Database, { deviceId, productIds }: Ids): Promise<void> {
  await db.session(unscoped('seed'), async (session) => {
    await session.use(DeviceDao).create({ id: deviceId })
    await session.use(ProductDao).createMany(productIds.map((id, at) => ({ id, deviceId, ...newProduct(at) })))
    await session
      .use(PortionDao)
      .createMany(portionsOf(productIds).map(({ productId, at }) => ({ productId, ...newPortion(at) })))
  })
}

interface EngineValues {
  readonly instant: () => unknown
  readonly no: unknown
}

/** The same rows as statements of a bare driver. */
export function bareRows(
  { deviceId, productIds, newId }: Ids,
  placeholder: (at: number) => string,
  values: EngineValues,
) {
  const sql = bareSql(placeholder)
  const now = values.instant()
  const products = productIds.map((id, at) => {
    const { name, kcal100g } = newProduct(at)
    return [id, deviceId, name, kcal100g, values.no, null, now, now, null, null]
  })
  const portions = portionsOf(productIds).map(({ productId, at }) => {
    const { name, grams } = newPortion(at)
    return [newId(), productId, name, grams]
  })
  return [
    { sql: `insert into devices (id) values (${placeholder(1)})`, parameters: [deviceId] },
    ...chunksOf(products, 100).map((rows) => ({ sql: sql.insertProducts(rows.length), parameters: rows.flat() })),
    ...chunksOf(portions, 100).map((rows) => ({ sql: sql.insertPortions(rows.length), parameters: rows.flat() })),
  ]
}

function portionsOf(productIds: readonly string[]) {
  return productIds.flatMap((productId) => Array.from({ length: portionsEach }, (_, at) => ({ productId, at })))
}
