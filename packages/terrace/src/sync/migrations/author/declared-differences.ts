import {
  diffSnapshots,
  ledgerObjectOf,
  objectsOf,
  renamePath,
  sidesOf,
  type Change,
  type Rename,
  type Snapshot,
} from '../../../schema/index.ts'
import { canonicalWanted } from '../../canonical/canonical-wanted.ts'
import { withStructureLock } from '../../lock/structure-lock.ts'
import { readStructure } from '../../read-structure.ts'
import type { StructureParts } from '../../structure.ts'

export interface Expectation {
  /** What is declared. */
  readonly declared: Snapshot
  /** What was declared before: what is there of it and declared no longer ought to be gone; what never was, is somebody else's. */
  readonly former: Snapshot
  /** Those that have led here from it. */
  readonly renames: readonly Rename[]
}

/** What there is and what ought to be differ in this: `column products.name: type text, wanted integer`. */
export type StructureDifference = string

/**
 * How a database differs from what is declared, by three values: what could not be compared differs too. Asks the engine itself,
 * whatever the ledger remembers.
 */
export function declaredDifferences(
  { driver, schema, lockTimeoutMs = 60_000 }: StructureParts,
  { declared, former, renames }: Expectation,
): Promise<readonly StructureDifference[]> {
  const dialect = schema(driver.capabilities)
  const options = { timeoutMs: lockTimeoutMs, waiting: () => {} }
  return withStructureLock({ driver, dialect }, options, ({ runner, structure }) =>
    structure(async () => {
      const live = await readStructure(runner, dialect)
      const { snapshot: canonical, notBuilt } = await canonicalWanted(runner, dialect, {
        declared,
        live,
        ledger: new Map(),
      })
      const known = knownObjects(former, renames)
      const changes = diffSnapshots(live, { declared, canonical })
      return [
        ...changes.filter((change) => !isOthers(change, known)).map(wordsOf),
        ...[...notBuilt].map(([object, reason]) => `${object}: cannot be built (${reason})`),
      ]
    }),
  )
}

function knownObjects({ tables }: Snapshot, renames: readonly Rename[]): ReadonlySet<string> {
  const objects = Object.values(tables).flatMap(objectsOf)
  return new Set(objects.map(({ kind, path }) => `${kind} ${renamePath(path, kind, renames)}`))
}

type Drop = Exclude<Extract<Change, { readonly live: unknown }>, { readonly wanted: unknown }>

function isDrop(change: Change): change is Drop {
  return change.kind.startsWith('drop')
}

function isOthers(change: Change, known: ReadonlySet<string>): boolean {
  return isDrop(change) && !known.has(ledgerObjectOf(change).join(' '))
}

function wordsOf(change: Change): StructureDifference {
  const { object, live, wanted } = sidesOf(change)
  const unknown = 'differences' in change && change.differences.some(({ comparison }) => comparison.kind === 'unknown')
  return `${object} is ${live}, wanted ${wanted}${unknown ? ' (cannot be compared)' : ''}`
}
