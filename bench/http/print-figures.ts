import type { Figures, Sample } from './measure.ts'

const goal = 0.9

/** Rates with the ratios of each round: their median and, in brackets, the quarters of them below and above. */
export function printFigures(title: string, figures: readonly Figures[], names: readonly string[]): void {
  const [first, ...others] = names
  const ratios = others.map((other) => `${first}/${other}`)
  console.log(`\n${title}: requests per second\n`)
  console.log(line(['', ...names, ...ratios, `goal ≥ ${goal.toFixed(1)}`]))
  for (const { title: work, samples } of figures) {
    const [hand] = others.map((_, at) => spreadOf(ratiosTo(samples, at + 1, ({ perSecond }) => perSecond)))
    const cells = samples.map((rounds) => Math.round(spreadOf(rounds.map(({ perSecond }) => perSecond)).median))
    const spreads = others.map((_, at) => shown(ratiosTo(samples, at + 1, ({ perSecond }) => perSecond)))
    const verdict = hand !== undefined && hand.median >= goal ? 'kept' : 'missed'
    console.log(line([work, ...cells.map(String), ...spreads, verdict]))
  }
  console.log(`\n${title}: processor time of the server for one request, µs\n`)
  console.log(line(['', ...names, ...others.map((other) => `${other}/${first}`)]))
  for (const { title: work, samples } of figures) {
    const cells = samples.map((rounds) => spreadOf(rounds.map(({ cpuMicros }) => cpuMicros)).median.toFixed(1))
    const spreads = others.map((_, at) => shown(ratiosTo(samples, at + 1, ({ cpuMicros }) => 1 / cpuMicros)))
    console.log(line([work, ...cells, ...spreads]))
  }
}

/** The first subject's figure over that of another, for each round. */
function ratiosTo(samples: Figures['samples'], other: number, of: (sample: Sample) => number): readonly number[] {
  return (samples[0] ?? []).map((sample, round) => of(sample) / of(samples[other]?.[round] as Sample))
}

interface Spread {
  readonly low: number
  readonly median: number
  readonly high: number
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right)
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

function shown(values: readonly number[]): string {
  const { low, median, high } = spreadOf(values)
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
}

function line([title = '', ...cells]: readonly string[]): string {
  return `${title.padEnd(26)}${cells.map((cell, at) => cell.padStart(at < 3 ? 11 : 23)).join('')}`
}
