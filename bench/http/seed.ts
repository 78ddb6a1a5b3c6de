import { DeviceAccess } from 'terrace/auth'
import { Dao } from 'terrace/dao'
import { actingAs, openDatabase, unscoped, type Session } from 'terrace/database'
import { models } from './models.ts'

/** A device, the token that it asks with, and what it has. */
export interface SeededDevice {
  readonly token: string
  readonly productIds: readonly string[]
}

export interface Seeded {
  /** Only read from, so that lists stay as long as they are. */
  readonly reader: SeededDevice
  readonly writer: SeededDevice
}

const productsEach = 200
const portionsEach = 3

/** Makes the tables in an empty database, and two devices with 200 products of three portions each. */
export async function seed(databaseUrl: string): Promise<Seeded> {
  const db = await openDatabase(databaseUrl, { models })
  const seedDevice = async (id: string): Promise<SeededDevice> => {
    const { token } = await db.session(unscoped('seed'), (session) =>
      session.use(DeviceAccess(models.Device)).register(id),
    )
    return { token, productIds: await db.session(actingAs(models.Device, id), seedProducts) }
  }
  try {
    return { reader: await seedDevice('reader'), writer: await seedDevice('writer') }
  } finally {
    await db.close()
  }
}

async function seedProducts(session: Session): Promise<readonly string[]> {
  const products = await session.use(Dao(models.Product)).createMany(
    Array.from({ length: productsEach }, (_, at) => ({
      name: `product ${String(at).padStart(4, '0')}`,
      kcal100g: at,
      note: at % 2 === 0 ? null : 'from the market',
    })),
  )
  await session
    .use(Dao(models.Portion))
    .createMany(
      products.flatMap(({ id: productId }) =>
        Array.from({ length: portionsEach }, (_, at) => ({ productId, name: `portion ${at}`, grams: 10 + at })),
      ),
    )
  return products.map(({ id }) => id)
}
