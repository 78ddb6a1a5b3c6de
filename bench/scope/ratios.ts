/** Two ways to do the same thing, and how many times each is done in one turn. */
export interface Pair {
  readonly title: string
  readonly times: number
  /** Does its part `times` times and gives the microseconds of one. */
  ours(times: number): Promise<number> | number
  theirs(times: number): Promise<number> | number
}

export interface Ratio {
  readonly title: string
  /** Microseconds of the round that a quarter were faster than. */
  readonly ours: number
  readonly theirs: number
  /** The median of the ratios of each round's two turns. */
  readonly ratio: number
}

export interface Rounds {
  readonly rounds: number
  readonly warmUps: number
}

/**
 * The two take turns, and who begins changes with each round: other work on the machine slows both alike, and a ratio of two turns
 * that stand beside each other says more than one of two sums.
 */
export async function ratioOf({ title, times, ours, theirs }: Pair, { rounds, warmUps }: Rounds): Promise<Ratio> {
  const own: number[] = []
  const others: number[] = []
  for (let round = -warmUps; round < rounds; round += 1) {
    const isFirst = round % 2 === 0
    const first = await (isFirst ? ours(times) : theirs(times))
    const second = await (isFirst ? theirs(times) : ours(times))
    if (round < 0) continue
    own.push(isFirst ? first : second)
    others.push(isFirst ? second : first)
  }
  const ratios = own.map((micros, at) => micros / (others[at] as number))
  return { title, ours: quantile(own, 1 / 4), theirs: quantile(others, 1 / 4), ratio: quantile(ratios, 1 / 2) }
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * part)] ?? Number.NaN
}

export interface Table {
  readonly title: string
  readonly columns: readonly [ours: string, theirs: string]
  /** The highest accepted ratio; null where it is only reported. */
  readonly goal: number | null
}

export function printRatios({ title, columns, goal }: Table, ratios: readonly Ratio[]): void {
  console.log(`\n${title}\n`)
  console.log(line(['', ...columns, 'ratio', goal === null ? '' : 'goal']))
  for (const { title: name, ours, theirs, ratio } of ratios) {
    const verdict = goal === null ? '' : `≤ ${goal}${ratio > goal ? ' missed' : ''}`
    console.log(line([name, inMicros(ours), inMicros(theirs), ratio.toFixed(2), verdict]))
  }
}

function inMicros(value: number): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} µs`
}

function line([title = '', ...cells]: readonly string[]): string {
  return `${title.padEnd(46)}${cells.map((cell) => cell.padStart(14)).join('')}`
}
