import type { Database } from '../database/index.ts'
import type { AppDependencies, HttpServer } from '../http/index.ts'
import { withinMs } from './within-ms.ts'

export interface Stopping {
  readonly server: HttpServer
  /** On a port of its own; null for none. */
  readonly metrics: HttpServer | null
  readonly dependencies: AppDependencies
  readonly database: Database
  readonly drainMs: number
  readonly unreadyMs: number
}

/** How long each thing behind the server may take to end, so that with the time to drain by default it is within 10 s. */
const closeMs = 900

/** Not ready, drained, dependencies finished, pool closed; then nothing is left to be measured. */
export async function stopInOrder(stopping: Stopping): Promise<void> {
  const { server, metrics, dependencies, database, drainMs, unreadyMs } = stopping
  await server.stop({ drainMs, unreadyMs })
  await withinMs(closeMs, dependencies.finish())
  // A unit of work whose connection was cut may still wait for its database.
  await withinMs(closeMs, database.close())
  await metrics?.stop({ drainMs: 100 })
}
