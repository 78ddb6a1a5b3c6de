import type { Operations, Subject } from './subject.ts'

/** One piece of work that every subject does in its own way. */
export interface Work {
  readonly title: string
  readonly times: number
  /** The highest accepted ratio of the DAO to the bare driver; null where it is only reported. */
  readonly goal: number | null
  readonly once: (operations: Operations, at: number) => Promise<unknown>
}

export interface Figures {
  readonly work: Work
  /** Microseconds per repetition, in the order of the subjects: of the rounds, the one that a quarter were faster than. */
  readonly micros: readonly number[]
}

const rounds = 20
const warmUps = 3

/** The subjects take turns within each round, so that a busy machine slows all of them alike. */
export async function measure(work: Work, subjects: readonly Subject[]): Promise<Figures> {
  const times = subjects.map((): number[] => [])
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [at, subject] of subjects.entries()) {
      const micros = await timeOf(work, subject)
      if (round >= 0) times[at]?.push(micros)
    }
  }
  return { work, micros: times.map(lowerQuartile) }
}

/** Microseconds per repetition inside a transaction that is open already; it is rolled back afterwards. */
async function timeOf({ once, times }: Work, subject: Subject): Promise<number> {
  let micros = Number.NaN
  await subject.inTransaction(async (operations) => {
    const started = performance.now()
    for (let at = 0; at < times; at += 1) await once(operations, at)
    micros = ((performance.now() - started) * 1000) / times
  })
  return micros
}

/** Other work on the machine only ever adds time: the faster rounds say more about the code than the slower ones. */
function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 4)] ?? Number.NaN
}

export function printFigures(title: string, figures: readonly Figures[], subjects: readonly Subject[]): void {
  const names = subjects.map(({ name }) => name)
  console.log(`\n${title}\n`)
  console.log(line(['', ...names, 'DAO/bare', 'goal']))
  for (const { work, micros } of figures) {
    const ratio = (micros.at(-1) ?? Number.NaN) / (micros[0] ?? Number.NaN)
    const goal = work.goal === null ? '' : `≤ ${work.goal.toFixed(1)}${ratio > work.goal ? ' missed' : ''}`
    console.log(line([work.title, ...micros.map(inMicros), ratio.toFixed(2), goal]))
  }
}

function inMicros(value: number): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} µs`
}

function line([title = '', ...cells]: readonly string[]): string {
  return `${title.padEnd(34)}${cells.map((cell) => cell.padStart(14)).join('')}`
}
