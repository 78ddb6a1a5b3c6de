import { PairCoverage, structurePairs } from '../../src/testing/structures/structure-pairs.ts'
import { structurePair, type StructurePair } from '../../src/testing/structures/structure-pair.ts'
import type { RowKind } from '../../src/testing/structures/cells.ts'
import type { LawsBench } from './laws-bench.ts'
import { holdLaws, textOf, type LawOptions } from './laws.ts'
import { quoted } from './surviving-values.ts'

export interface Trial {
  /** `column.type change rows@123: law 4, up: …`; the text before the colon, in TERRACE_LAWS_PAIR, tries that pair alone. */
  readonly failures: readonly string[]
  readonly coverage: PairCoverage
  readonly pairs: number
  readonly seconds: number
}

export interface TryOptions extends LawOptions {
  readonly seed: number
  readonly count: number
}

/** Tries the laws on pair after pair; a pair that breaks one does not keep the others from being tried. */
export async function tryPairs(bench: LawsBench, { seed, count, ...options }: TryOptions): Promise<Trial> {
  const { vocabulary, dialect } = bench
  const coverage = new PairCoverage(vocabulary)
  const failures: string[] = []
  const start = performance.now()
  let pairs = 0
  for (const pair of chosenPairs(bench) ?? structurePairs({ vocabulary, quoteName: quoted(dialect), seed, count })) {
    coverage.add(pair)
    pairs += 1
    try {
      await holdLaws(bench, pair, options)
    } catch (error) {
      failures.push(`${nameOf(pair)}: ${textOf(error)}`)
    }
  }
  return { failures, coverage, pairs, seconds: (performance.now() - start) / 1000 }
}

function nameOf({ cell, seed }: StructurePair): string {
  return `${cell.edit} ${cell.rows}@${seed}`
}

function chosenPairs({ vocabulary, dialect }: LawsBench): readonly StructurePair[] | null {
  const name = process.env['TERRACE_LAWS_PAIR']
  const match = name === undefined ? null : /^(.+) (empty|rows|violating)@(\d+)$/.exec(name)
  if (match === null) return null
  const [, edit = '', rows, seed] = match
  const cell = { edit, rows: rows as RowKind }
  const pair = structurePair({ vocabulary, quoteName: quoted(dialect), cell, seed: Number(seed) })
  return pair === null ? [] : [pair]
}
