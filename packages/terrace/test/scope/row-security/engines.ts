import type { EngineUnderTest } from '../../support/describe-engines.ts'
import type { Shop } from '../shop.ts'
import { limitedRole } from './limited-role.ts'
import { openWalledShop } from './walled-shop.ts'

export interface WalledShop {
  readonly shop: Shop
  close(): Promise<void>
}

/** On a server the role that connects is held itself; an embedded engine has one user, who becomes another in each transaction. */
export async function walledShop(engine: EngineUnderTest): Promise<WalledShop> {
  const { url } = await engine.fresh()
  if (engine.name === 'pglite') {
    const shop = await openWalledShop(url, { role: 'shop' })
    return { shop, close: () => shop.db.close() }
  }
  const role = await limitedRole(url)
  const shop = await openWalledShop(role.url)
  return {
    shop,
    close: async () => {
      await shop.db.close()
      await role.drop()
    },
  }
}
