import type { Equivalent } from './equivalents.ts'
import type { Mutant, Role } from './mutant.ts'
import type { Target } from './targets.ts'
import type { Trial } from './try-mutants.ts'

export interface Score {
  readonly mutants: number
  readonly killed: number
  readonly timeouts: number
  readonly equivalent: number
  readonly survivors: readonly Mutant[]
  /** Of those that are not equivalent, in percent. */
  readonly score: number
}

export interface FolderReport extends Score {
  readonly name: string
  readonly floor: number
  readonly floorOf: 'guards' | 'all'
  readonly guards: Score
  readonly decisions: Score
}

/** Those whose mutants are gone, and those whose mutants a test notices after all. */
export interface StaleEquivalents {
  readonly unmatched: readonly Equivalent[]
  readonly killed: readonly Mutant[]
}

export function folderReport(
  { name, floor, floorOf = 'all' }: Target,
  trials: readonly Trial[],
  equal: readonly Equivalent[],
): FolderReport {
  const ofRole = (role: Role): Score =>
    scoreOf(
      trials.filter(({ mutant }) => mutant.role === role),
      equal,
    )
  return { name, floor, floorOf, ...scoreOf(trials, equal), guards: ofRole('guard'), decisions: ofRole('decision') }
}

/** What the floor is of. */
export const judgedScore = ({ floorOf, score, guards }: FolderReport): number =>
  floorOf === 'guards' ? guards.score : score

function scoreOf(trials: readonly Trial[], equal: readonly Equivalent[]): Score {
  const judged = trials.filter(({ mutant }) => !isEquivalent(mutant, equal))
  const count = (kind: Trial['outcome']['kind']): number => judged.filter(({ outcome }) => outcome.kind === kind).length
  const survivors = judged.filter(isSurvivor).map(({ mutant }) => mutant)
  return {
    mutants: trials.length,
    killed: count('killed'),
    timeouts: count('timeout'),
    equivalent: trials.length - judged.length,
    survivors,
    score: judged.length === 0 ? 100 : (100 * (judged.length - survivors.length)) / judged.length,
  }
}

export const isSurvivor = ({ outcome }: Trial): boolean => outcome.kind === 'survived' || outcome.kind === 'unreached'

export function isEquivalent(mutant: Mutant, equal: readonly Equivalent[]): boolean {
  return equal.some((entry) => matches(entry, mutant))
}

function matches(entry: Equivalent, { file, within, source, becomes }: Mutant): boolean {
  return entry.file === file && entry.within === within && entry.source === source && entry.becomes.includes(becomes)
}

/** `all`: every mutant of the files that were asked for, tried or not. */
export function staleEquivalents(
  all: readonly Mutant[],
  trials: readonly Trial[],
  equal: readonly Equivalent[],
): StaleEquivalents {
  const files = new Set(all.map(({ file }) => file))
  const isMissing = (entry: Equivalent, becomes: string): boolean =>
    !all.some((mutant) => matches({ ...entry, becomes: [becomes] }, mutant))
  return {
    unmatched: equal.filter(
      (entry) => files.has(entry.file) && entry.becomes.some((becomes) => isMissing(entry, becomes)),
    ),
    killed: trials
      .filter((trial) => !isSurvivor(trial) && isEquivalent(trial.mutant, equal))
      .map(({ mutant }) => mutant),
  }
}

export function folderLine({ name, floor, floorOf, guards, decisions, score }: FolderReport): string {
  const what = floorOf === 'guards' ? 'of the guards' : 'of all'
  const parts = [scoreLine('guards', guards), scoreLine('decisions', decisions), `all ${score.toFixed(1)} %`]
  return `${name}: ${parts.join('; ')}; at least ${floor} % ${what}`
}

/** How each file stands, guards and decisions. */
export function fileLines(trials: readonly Trial[], equal: readonly Equivalent[]): readonly string[] {
  const target = (name: string): Target => ({ name, files: [], floor: 0 })
  return [...Map.groupBy(trials, ({ mutant }) => mutant.file)].map(([file, own]) => {
    const { guards, decisions } = folderReport(target(file), own, equal)
    return `${file}: ${scoreLine('guards', guards)}; ${scoreLine('decisions', decisions)}`
  })
}

function scoreLine(what: string, { mutants, killed, timeouts, equivalent, survivors, score }: Score): string {
  if (mutants === 0) return `no ${what}`
  const counts = `${killed} killed, ${timeouts} too slow, ${survivors.length} survived, ${equivalent} equivalent`
  return `${mutants} ${what} (${counts}) ${score.toFixed(1)} %`
}

export function mutantText({ file, line, within, source, becomes }: Mutant): string {
  return `${file}:${line} in ${within}\n  - ${source}\n  + ${becomes}`
}
