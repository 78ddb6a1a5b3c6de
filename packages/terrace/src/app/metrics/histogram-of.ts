import type { Histogram, MetricValueWithName } from 'prom-client'
import { durationBounds } from './durations.ts'
import type { LabelledDurations } from './measurements.ts'

export interface HistogramFacts {
  readonly name: string
  readonly help: string
  readonly read: () => readonly LabelledDurations[]
}

/** Durations that were counted elsewhere, as a histogram that a registry of prom-client writes. */
export function histogramOf({ name, help, read }: HistogramFacts): Histogram {
  const get = async () => ({ name, help, type: 'histogram', aggregator: 'sum', values: read().flatMap(valuesOf(name)) })
  // A registry asks a metric for its name and for this alone.
  return { name, get } as unknown as Histogram
}

type Value = Pick<MetricValueWithName<string>, 'labels' | 'metricName' | 'value'>

/** Each bucket counts what the ones before it count too. */
function valuesOf(name: string): (durations: LabelledDurations) => readonly Value[] {
  return ({ labels, durations: { counts, sumSeconds } }) => {
    let total = 0
    const buckets = [...durationBounds, '+Inf'].map((le, at) => {
      total += counts[at] as number
      return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total }
    })
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sumSeconds },
      { metricName: `${name}_count`, labels, value: total },
    ]
  }
}
