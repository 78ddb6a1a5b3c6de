import type { StartSettings } from '../start-settings.ts'
import { Measurements } from './measurements.ts'
import { metricsExposure } from './metrics-exposure.ts'
import type { MetricsExposure, MetricsOptions } from './metrics-exposure.ts'

/** What measures an app, and where that is shown. */
export interface Measuring {
  readonly exposure: Exclude<MetricsExposure, { readonly kind: 'nowhere' }>
  readonly measurements: Measurements
}

/** Null where the metrics are shown nowhere: nothing is measured then. */
export function measuringFor(given: MetricsOptions | false | undefined, settings: StartSettings): Measuring | null {
  const exposure = metricsExposure(given, settings, process.env)
  return exposure.kind === 'nowhere' ? null : { exposure, measurements: new Measurements() }
}
