import {
  objectsOf,
  type LiveStructure,
  type ObjectPath,
  type SchemaDialect,
  type Snapshot,
} from '../../../schema/index.ts'
import { Journal } from '../../journal/journal.ts'
import { ledgerKey, type Ledger } from '../../journal/ledger.ts'
import { notesOf } from '../../startup/align-structure.ts'
import { remember } from '../../startup/remember.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { Comparison, DeclaredDifference } from './compare-declared.ts'
import { mentions } from './mentions.ts'

export interface Remembering {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  readonly live: LiveStructure
  /** As it is stored now, and as it shall be: see `ExpectedLedger`. */
  readonly stored: Ledger
  readonly owned: Ledger
  readonly comparison: Comparison
}

/**
 * The ledger of what revisions declare and the database has. Where all of that is one and the same, a start of these models has
 * nothing to do; what differs is left for it to look at.
 */
export async function rememberDeclared({ owned, comparison, ...sides }: Remembering): Promise<void> {
  const { runner, dialect, declared, live, stored } = sides
  const { plan, differences, frozen } = comparison
  const differing = differingObjects(differences, declared)
  const ledger = withoutPrinted(owned, differing)
  const notes = notesOf({ declared }, { live, ledger, plan })
  await remember({ runner, dialect, declared, after: live, stored, ledger, frozen: [...frozen, ...differing], notes })
  if (differences.length > 0) await new Journal(runner, dialect).removeMeta('structure')
}

/** All objects of the tables that differences are about: nothing may be concluded from how those are printed. */
function differingObjects(differences: readonly DeclaredDifference[], declared: Snapshot): readonly ObjectPath[] {
  const tables = Object.values(declared.tables).filter(({ name }) =>
    differences.some(({ object }) => mentions(object, name)),
  )
  return tables.flatMap(objectsOf).map(({ kind, path }) => ({ kind, path }))
}

/** Without those that are Terrace's and known to be printed so. */
function withoutPrinted(ledger: Ledger, objects: readonly ObjectPath[]): Ledger {
  const blank = new Set(objects.map(ledgerKey))
  return new Map([...ledger].map(([key, entry]) => [key, blank.has(key) ? { ...entry, canonicalHash: '' } : entry]))
}
