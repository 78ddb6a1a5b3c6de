export interface Contestant {
  readonly name: string
  readonly once: () => Promise<unknown>
}

export interface Turns {
  readonly name: string
  /** Milliseconds: a quarter of the rounds were faster, half, three quarters. */
  readonly quartiles: Quartiles
  /** To the first contestant of the same round; quartiles again. */
  readonly ratio: Quartiles
}

export type Quartiles = readonly [lower: number, median: number, upper: number]

const warmUps = 3

/** Contestants take turns within each round, so that other work on the machine meets all of them alike. */
export async function takeTurns(contestants: readonly Contestant[], rounds: number): Promise<readonly Turns[]> {
  const times = contestants.map((): number[] => [])
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [at, { once }] of contestants.entries()) {
      const ms = await timeOf(once)
      if (round >= 0) times[at]?.push(ms)
    }
  }
  const [first = []] = times
  return contestants.map(({ name }, at) => {
    const own = times[at] ?? []
    const ratios = own.map((ms, round) => ms / (first[round] ?? Number.NaN))
    return { name, quartiles: quartilesOf(own), ratio: quartilesOf(ratios) }
  })
}

async function timeOf(once: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await once()
  return performance.now() - started
}

function quartilesOf(values: readonly number[]): Quartiles {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return [at(0.25), at(0.5), at(0.75)]
}
