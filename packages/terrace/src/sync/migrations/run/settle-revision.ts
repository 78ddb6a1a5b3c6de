import { errors } from '../../../errors/index.ts'
import type { LiveStructure, Snapshot } from '../../../schema/index.ts'
import { readLedger } from '../../journal/ledger.ts'
import { readStructure } from '../../read-structure.ts'
import { compareDeclared, type DeclaredDifference } from './compare-declared.ts'
import { expectedLedger } from './expected-ledger.ts'
import type { Before } from './migration-journal.ts'
import { outcomeOf, type Passage } from './passage.ts'
import { refuseBroken } from './readers.ts'
import { rememberDeclared } from './remember-declared.ts'
import { missingStrangers, type Stranger } from './strangers.ts'

export interface Settling {
  readonly declared: { readonly before: Snapshot; readonly after: Snapshot }
  readonly before: Before
  /** What was not as declared before the revision; asked only where something is not so after it. */
  drifted(): Promise<readonly string[]>
  /** The journal's last word on the revision, in the transaction of the ledger. */
  close(): Promise<void>
}

/**
 * The end of a revision: what others have made is there or put back, what is declared is there, and the ledger says so.
 * `MIGRATION_LOSES`, `MIGRATION_RESULT`.
 */
export async function settleRevision(passage: Passage, settling: Settling): Promise<void> {
  const { runner, dialect, direction, renames, units } = passage
  const { declared, before } = settling
  const live = await keepStrangers(passage, before.strangers)
  await refuseBroken(passage, live, before)
  const stored = await readLedger(runner)
  const note = direction === 'upgrade' ? 'record' : 'forget'
  const { handChanged } = before
  const { compared, owned } = expectedLedger({ dialect, declared, live, ledger: stored, renames, note, handChanged })
  const isAtomic = dialect.transactionalDdl
  const comparison = await compareDeclared({
    runner,
    dialect,
    declared: declared.after,
    live,
    ledger: compared,
    isAtomic,
  })
  const { differences } = comparison
  const drifted = differences.length === 0 ? [] : await settling.drifted()
  const made = differences.filter(({ object }) => !drifted.includes(object))
  if (made.length > 0) throw result(passage, made)
  const write = async (): Promise<void> => {
    await rememberDeclared({ runner, dialect, declared: declared.after, live, stored, owned, comparison })
    await settling.close()
  }
  await (isAtomic ? write() : units.transaction(write))
}

function result(passage: Passage, differences: readonly DeclaredDifference[]): Error {
  const { revision, direction } = passage
  const list = differences.map(({ object, live, wanted }) => `- ${object}: is ${live}, declared ${wanted}`)
  return errors.MIGRATION_RESULT({
    values: {
      file: revision.file,
      direction,
      count: differences.length,
      list: list.join('\n'),
      outcome: outcomeOf(passage),
    },
  })
}

/** Puts back what the steps took away and its own text makes again. Gives what is there then. */
async function keepStrangers(passage: Passage, strangers: readonly Stranger[]): Promise<LiveStructure> {
  const { runner, dialect } = passage
  const live = await readStructure(runner, dialect)
  const missing = missingStrangers(strangers, live)
  if (missing.length === 0) return live
  const lost = missing.filter(({ restore }) => restore === null)
  if (lost.length > 0) throw loses(passage, lost)
  for (const stranger of missing) await putBack(passage, stranger)
  const after = await readStructure(runner, dialect)
  const still = missingStrangers(strangers, after)
  if (still.length > 0) throw loses(passage, still)
  return after
}

async function putBack(passage: Passage, stranger: Stranger): Promise<void> {
  try {
    for (const sql of stranger.restore ?? []) await passage.runner.run(sql)
  } catch (error) {
    throw loses(passage, [stranger], error)
  }
}

function loses(passage: Passage, lost: readonly Stranger[], cause?: unknown): Error {
  const { revision, direction } = passage
  const list = lost.map(({ object }) => object).join(', ')
  return errors.MIGRATION_LOSES({
    values: { file: revision.file, direction, list, outcome: outcomeOf(passage) },
    cause,
  })
}
