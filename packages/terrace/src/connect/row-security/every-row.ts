import { everyRowDriver, type Driver, type PoolOptions } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { withConnection } from '../../sync/index.ts'
import type { Dialect } from '../dialects.ts'

const access = { access: 'read', timeoutMs: 60_000 } as const

/**
 * The driver for work on the structure: one that sees every row also where policies hold for its role. `RLS_ROWS_HIDDEN` where they
 * would hide some all the same; the driver is closed then.
 */
export async function seeingEveryRow(driver: Driver, { rowSecurity }: Pick<Dialect, 'rowSecurity'>): Promise<Driver> {
  if (rowSecurity === undefined) return driver
  try {
    return await withConnection(driver, access, async ({ connection }) => {
      if ((await rowSecurity.hidden(connection, 'all')).length === 0) return driver
      const hidden = await rowSecurity.hidden(connection, 'unshowable')
      if (hidden.length > 0) throw rowsHidden(hidden)
      return everyRowDriver(driver, rowSecurity.everyRow)
    })
  } catch (error) {
    await driver.close()
    throw error
  }
}

/** Opens a database for work on its structure or its rows as a whole. `RLS_ROWS_HIDDEN`, and as opening one. */
export async function openWhole(url: string, dialect: Dialect, pool: PoolOptions = {}): Promise<Driver> {
  return seeingEveryRow(await dialect.runtime.open({ url, pool }), dialect)
}

/** For the engine's own tools, which are told nothing: `RLS_ROWS_HIDDEN` where policies hold for the connection at all. */
export async function requireEveryRow(url: string, { rowSecurity, runtime }: Dialect): Promise<void> {
  if (rowSecurity === undefined) return
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    const hidden = await withConnection(driver, access, ({ connection }) => rowSecurity.hidden(connection, 'all'))
    if (hidden.length > 0) throw rowsHidden(hidden)
  } finally {
    await driver.close()
  }
}

function rowsHidden(tables: readonly string[]): Error {
  return errors.RLS_ROWS_HIDDEN({ values: { tables: tables.join(', ') } })
}
