import { unscoped, type Database } from 'terrace/database'
import { Dao } from 'terrace/dao'
import { createUuidV7 } from '../../packages/terrace/src/database/uuid-v7.ts'
import { models } from './models.ts'

const DeviceDao = Dao(models.Device)
const TagDao = Dao(models.Tag)
const ProductDao = Dao(models.Product)
const PortionDao = Dao(models.Portion)
const NoteDao = Dao(models.PortionNote)

const rowsEach = 1_000

/** The rows of one device, by table. */
export interface Seeded {
  readonly deviceId: string
  readonly tags: readonly string[]
  readonly products: readonly string[]
  readonly portions: readonly string[]
  readonly portion_notes: readonly string[]
}

/** Two devices with as many rows each, a tenth of the products deleted; the keys of the alive rows of the first. */
export async function seeded(db: Database): Promise<Seeded> {
  const newId = createUuidV7(Date.now)
  const own = await seedDevice(db, newId)
  await seedDevice(db, newId)
  return own
}

async function seedDevice(db: Database, newId: () => string): Promise<Seeded> {
  const deviceId = newId()
  const ids = (): string[] => Array.from({ length: rowsEach }, newId)
  const [tags, products, portions, notes] = [ids(), ids(), ids(), ids()]
  const name = (at: number): string => `name ${String(at).padStart(6, '0')}`
  const at = (list: readonly string[], index: number): string => list[index] as string
  await db.session(unscoped('seed'), async (session) => {
    await session.use(DeviceDao).create({ id: deviceId })
    await session.use(TagDao).createMany(tags.map((id, index) => ({ id, deviceId, name: name(index) })))
    await session
      .use(ProductDao)
      .createMany(products.map((id, index) => ({ id, deviceId, name: name(index), kcal100g: index })))
    await session
      .use(PortionDao)
      .createMany(portions.map((id, index) => ({ id, productId: at(products, index), name: name(index), grams: 100 })))
    await session
      .use(NoteDao)
      .createMany(notes.map((id, index) => ({ id, portionId: at(portions, index), body: name(index) })))
    for (let index = 0; index < rowsEach; index += 10) await session.use(ProductDao).delete(at(products, index))
  })
  const alive = (list: readonly string[]): readonly string[] => list.filter((_, index) => index % 10 !== 0)
  return { deviceId, tags, products: alive(products), portions: alive(portions), portion_notes: alive(notes) }
}
