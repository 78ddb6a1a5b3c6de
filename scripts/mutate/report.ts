import type { Equivalent } from './equivalents.ts'
import type { Mutant } from './mutant.ts'
import type { Target } from './targets.ts'
import type { Trial } from './try-mutants.ts'

export interface FolderReport {
  readonly name: string
  readonly floor: number
  readonly mutants: number
  readonly killed: number
  readonly timeouts: number
  readonly equivalent: number
  readonly survivors: readonly Mutant[]
  /** Of those that are not equivalent, in percent. */
  readonly score: number
}

/** Those whose mutants are gone, and those whose mutants a test notices after all. */
export interface StaleEquivalents {
  readonly unmatched: readonly Equivalent[]
  readonly killed: readonly Mutant[]
}

export function folderReport(
  { name, floor }: Target,
  trials: readonly Trial[],
  equal: readonly Equivalent[],
): FolderReport {
  const judged = trials.filter(({ mutant }) => !isEquivalent(mutant, equal))
  const count = (kind: Trial['outcome']['kind']): number => judged.filter(({ outcome }) => outcome.kind === kind).length
  const survivors = judged.filter(isSurvivor).map(({ mutant }) => mutant)
  const score = judged.length === 0 ? 100 : (100 * (judged.length - survivors.length)) / judged.length
  return {
    name,
    floor,
    mutants: trials.length,
    killed: count('killed'),
    timeouts: count('timeout'),
    equivalent: trials.length - judged.length,
    survivors,
    score,
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

export function folderLine({
  name,
  mutants,
  killed,
  timeouts,
  equivalent,
  survivors,
  score,
  floor,
}: FolderReport): string {
  const counts = `${mutants} mutants, ${killed} killed, ${timeouts} too slow, ${survivors.length} survived, ${equivalent} equivalent`
  return `${name}: ${counts}; ${score.toFixed(1)} % of at least ${floor} %`
}

export function mutantText({ file, line, within, source, becomes }: Mutant): string {
  return `${file}:${line} in ${within}\n  - ${source}\n  + ${becomes}`
}
