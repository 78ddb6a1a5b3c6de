import type { StructureVocabulary } from '../../schema/index.ts'
import { allCells, attributesOf, cellText, editNames, rowKinds, type Cell } from './cells.ts'
import { Random } from './random.ts'
import { cellReason, structurePair, type StructurePair } from './structure-pair.ts'

export interface PairsOptions {
  readonly vocabulary: StructureVocabulary
  readonly quoteName: (name: string) => string
  /** Whoever gives it again gets the same pairs. */
  readonly seed: number
  readonly count: number
}

/**
 * Pairs of declared structures with rows of the first: cell after cell of object kind × attribute × edit × rows, in an order of
 * the seed's, each cell of an engine as often as every other.
 */
export function* structurePairs({ vocabulary, quoteName, seed, count }: PairsOptions): Generator<StructurePair> {
  const random = new Random(seed)
  const possible = allCells.filter((cell) => cellReason(cell, vocabulary) === null)
  let made = 0
  while (made < count)
    for (const cell of random.some(possible, possible.length, possible.length)) {
      if (made === count) return
      const pair = structurePair({ vocabulary, quoteName, cell, seed: random.below(2 ** 32) })
      if (pair === null)
        throw new Error(`The vocabulary has neither words for ${cellText(cell)} nor a reason against it`)
      made += 1
      yield pair
    }
}

/** How often each cell was made, or why it cannot be. */
export class PairCoverage {
  readonly #counts = new Map<string, number>()
  readonly #vocabulary: StructureVocabulary

  constructor(vocabulary: StructureVocabulary) {
    this.#vocabulary = vocabulary
  }

  add({ cell: { rows }, edits }: StructurePair): void {
    for (const [at, edit] of edits.entries()) {
      const text = cellText({ edit, rows: rows })
      if (at === 0 || rows !== 'violating') this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1)
    }
  }

  /** Cells that have neither a count nor a reason. */
  empty(): readonly string[] {
    return allCells.filter((cell) => this.#entry(cell) === null).map(cellText)
  }

  #entry(cell: Cell): string | null {
    const count = this.#counts.get(cellText(cell))
    return count === undefined ? cellReason(cell, this.#vocabulary) : String(count)
  }

  /** A line for each attribute and edit: counts for no rows, rows and violating rows, or the reasons. */
  table(): string {
    const lines = Object.entries(attributesOf).flatMap(([kind, attributes]) =>
      attributes.flatMap((attribute) => editNames.map((edit) => this.#line(`${kind}.${attribute} ${edit}`))),
    )
    return [`${'edit'.padEnd(width)} ${rowKinds.join(' · ')}`, ...lines].join('\n')
  }

  #line(edit: string): string {
    const entries = rowKinds.map((rows) => this.#entry({ edit, rows }) ?? 'NOTHING')
    const parts = new Set(entries).size === 1 ? entries.slice(0, 1) : entries
    return `${edit.padEnd(width)} ${parts.join(' · ')}`
  }
}

const width = 30
