import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { raiseWall, type RowLevelSecurity } from '../../../src/connect/row-security/raise-wall.ts'
import { createDatabase, type Driver } from '../../../src/database/index.ts'
import { synchronize } from '../../../src/sync/index.ts'
import { shopGraph } from '../shop-models.ts'
import { now, unguardedGraph, without, type Shop } from '../shop.ts'

/**
 * The shop whose tables the database itself limits too. Without foreign keys, as the other one. `unguarded` is walled as well: its
 * queries see what the database lets them see.
 */
export async function openWalledShop(
  url: string,
  wanted: Exclude<RowLevelSecurity, boolean> | true = true,
): Promise<Shop> {
  const dialect = await dialectOf(url)
  const { runtime, schema } = dialect
  const driver = await runtime.open({ url, pool: { size: 2 } })
  const structure = without(shopGraph, { references: [], inverses: [] })
  await synchronize({ driver, dialect: runtime, schema, graph: structure })
  if (wanted !== true) await makeRole(driver, wanted.role)
  const rowIdentities = await raiseWall({ driver, dialect, graph: shopGraph, policy: 'safe' }, wanted)
  return {
    db: createDatabase({ graph: shopGraph, dialect: runtime, driver, clock: () => now.getTime(), rowIdentities }),
    unguarded: createDatabase({ graph: unguardedGraph, dialect: runtime, driver, rowIdentities }),
  }
}

async function makeRole(driver: Driver, role: string): Promise<void> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
  await connection.execute({ sql: `create role ${role}`, parameters: [] })
  for (const kind of ['tables', 'sequences'])
    await connection.execute({ sql: `grant all on all ${kind} in schema public to ${role}`, parameters: [] })
  await driver.release(connection)
}
