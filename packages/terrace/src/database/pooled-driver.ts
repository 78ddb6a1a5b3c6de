import { ConnectionPool, type ConnectionSource } from './connection-pool.ts'
import type { Connection, Driver } from './driver.ts'
import type { PoolOptions } from './runtime-dialect.ts'

const defaultSize = 5
const defaultOverflow = 10

// Longer than the dialects wait for a server, so that their reason is reported and not that the queue was left.
const firstConnectionWithinMs = 30_000

/**
 * A driver over one pool whose connections are all alike. The first connection is opened before this returns: a database
 * that cannot be reached is reported at once, and the capabilities are those of its server.
 */
export async function openPooledDriver<C extends Connection>(
  source: ConnectionSource<C>,
  options: PoolOptions,
): Promise<Driver> {
  const { size = defaultSize, overflow = defaultOverflow, prePing = true } = options
  const pool = new ConnectionPool<C>(prePing ? source : withoutPing(source), { size, overflow })
  const first = await pool.acquire(firstConnectionWithinMs)
  pool.release(first)
  return {
    capabilities: first.capabilities,
    acquire: ({ timeoutMs }) => pool.acquire(timeoutMs),
    release: (connection, { broken = false } = {}) => pool.release(connection as C, { isBroken: broken }),
    stats: () => pool.stats(),
    close: () => pool.close(),
  }
}

function withoutPing<C>(source: ConnectionSource<C>): ConnectionSource<C> {
  return {
    open: () => source.open(),
    destroy: (connection) => source.destroy(connection),
    isBroken: (connection) => source.isBroken(connection),
    ping: null,
  }
}
