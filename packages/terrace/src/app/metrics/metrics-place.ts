import type { Database } from '../../database/index.ts'
import { HttpServer } from '../../http/index.ts'
import type { HttpServerParts, ListenOptions, OwnRoute } from '../../http/index.ts'
import type { Metrics } from '../../observe/index.ts'
import { listenOn } from '../listen-on.ts'
import type { Measuring } from './measuring.ts'
import { metricsRoute } from './metrics-route.ts'

export interface Shown {
  readonly database: Database
  readonly isInSync: boolean | null
}

/** Where the metrics of an app are read. */
export interface MetricsPlace {
  readonly path: string
  /** Beside the app's routes. */
  readonly beside: readonly OwnRoute[]
  /** On a port of their own; null: they are not. */
  readonly apart: { readonly port: number; readonly route: OwnRoute } | null
}

/** prom-client is loaded when somebody first asks: a start has no time for it. */
export function metricsPlace({ exposure, measurements }: Measuring, { database, isInSync }: Shown): MetricsPlace {
  let loading: Promise<Metrics> | null = null
  const load = async (): Promise<Metrics> => {
    const { createPrometheus } = await import('./prometheus.ts')
    return createPrometheus({ measurements, database, isInSync })
  }
  const route = metricsRoute({ read: async () => (await (loading ??= load())).read() }, exposure)
  if (exposure.kind === 'ownPort') return { path: route.path, beside: [], apart: { port: exposure.port, route } }
  return { path: route.path, beside: [route], apart: null }
}

type CommonParts = Pick<HttpServerParts, 'style' | 'database' | 'dependencies' | 'log' | 'keyFor'>

/** A server of its own for the metrics: without the app's routes, its origins and its limits of rates. */
export async function listenApart(
  { port, route }: NonNullable<MetricsPlace['apart']>,
  { host }: Pick<ListenOptions, 'host'>,
  { style, database, dependencies, log, keyFor }: CommonParts,
): Promise<{ readonly server: HttpServer; readonly url: string }> {
  const server = new HttpServer({ style, database, dependencies, log, keyFor, routes: [], ownRoutes: [route] })
  return { server, url: await listenOn(server, { host, port }) }
}
