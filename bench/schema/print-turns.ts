import type { Quartiles, Turns } from './take-turns.ts'

export interface Goal {
  /** The contestant that has one. */
  readonly name: string
  readonly highestRatio?: number
  readonly highestMs?: number
}

/** One line for each contestant: milliseconds and the ratio to the first, with the quarters below and above. */
export function printTurns(title: string, turns: readonly Turns[], goals: readonly Goal[] = []): void {
  console.log(`\n${title}\n`)
  for (const { name, quartiles, ratio } of turns) {
    const goal = goals.find((each) => each.name === name)
    const ratioText = turns[0]?.name === name ? '' : quartileText(ratio, ' ×')
    console.log(
      `${name.padEnd(44)}${quartileText(quartiles, ' ms').padStart(28)}${ratioText.padStart(26)}  ${words(goal, quartiles, ratio)}`,
    )
  }
}

function quartileText([lower, median, upper]: Quartiles, unit: string): string {
  const digits = median < 10 ? 2 : median < 100 ? 1 : 0
  return `${median.toFixed(digits)}${unit} (${lower.toFixed(digits)} to ${upper.toFixed(digits)})`
}

function words(goal: Goal | undefined, [, ms]: Quartiles, [, ratio]: Quartiles): string {
  if (goal === undefined) return ''
  const { highestRatio = Infinity, highestMs = Infinity } = goal
  const text = highestRatio === Infinity ? `≤ ${highestMs} ms` : `≤ ${highestRatio} ×`
  return `${text}${ratio > highestRatio || ms > highestMs ? ' missed' : ''}`
}
