import type { OwnRoute } from '../../http/index.ts'
import type { StartSettings } from '../start-settings.ts'
import { metricsExposure } from './metrics-exposure.ts'
import type { MetricsExposure, MetricsOptions } from './metrics-exposure.ts'
import { metricsRoute } from './metrics-route.ts'
import type { Prometheus } from './prometheus.ts'

/** What measures an app, and the route that shows it. */
export interface Measuring {
  readonly exposure: Exclude<MetricsExposure, { readonly kind: 'nowhere' }>
  readonly prometheus: Prometheus
  readonly route: OwnRoute
}

/** Null where the metrics are shown nowhere: nothing is loaded and nothing is measured then. */
export async function measuringFor(
  given: MetricsOptions | false | undefined,
  settings: StartSettings,
): Promise<Measuring | null> {
  const exposure = metricsExposure(given, settings, process.env)
  if (exposure.kind === 'nowhere') return null
  const { createPrometheus } = await import('./prometheus.ts')
  const prometheus = createPrometheus()
  return { exposure, prometheus, route: metricsRoute(prometheus, exposure) }
}

/** Routes to show beside the app's own. */
export function routesBeside(measuring: Measuring | null): readonly OwnRoute[] {
  return measuring === null || measuring.exposure.kind === 'ownPort' ? [] : [measuring.route]
}
