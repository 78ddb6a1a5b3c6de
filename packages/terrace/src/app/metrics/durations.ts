/** Upper bounds in seconds: from a read of one row to a request that nobody waits for any more. */
export const durationBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/**
 * How many durations lay between which bounds. Not prom-client's histogram: that builds a text of the labels for each of several
 * observations in a request, some microseconds in all.
 */
export class Durations {
  /** One per bound, and one for what is longer than all. */
  readonly counts = new Float64Array(durationBounds.length + 1)
  sumSeconds = 0

  add(seconds: number): void {
    let at = 0
    while (at < durationBounds.length && seconds > (durationBounds[at] as number)) at += 1
    this.counts[at] = (this.counts[at] as number) + 1
    this.sumSeconds += seconds
  }
}
