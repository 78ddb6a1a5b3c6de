import type { ObjectPath, SchemaDialect } from '../../schema/index.ts'
import { serverText } from '../canonical-wanted.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { ledgerKey, readLedger, writeLedger, type LedgerEntry } from './ledger.ts'
import { Revisions } from './revisions.ts'

interface MadeStep {
  readonly plan: string
  readonly n: number
  readonly makes: readonly ObjectPath[]
}

/** A step is done, and what it made is the engine's; hashes follow when the whole plan is. */
export async function recordMade(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { plan, n, makes }: MadeStep,
): Promise<void> {
  const known = await readLedger(runner)
  const server = serverText(dialect.server)
  const entries = makes.filter((object) => !known.has(ledgerKey(object))).map((object) => unseen(object, server))
  await writeLedger(runner, dialect, { known, entries })
  await new Revisions(runner, dialect).setState(plan, n, 'done')
}

/** An object that was made and not yet looked at. */
function unseen({ kind, path }: ObjectPath, server: string): LedgerEntry {
  return {
    kind,
    path,
    model: null,
    fact: null,
    declaredHash: '',
    canonicalHash: '',
    server,
    renames: '[]',
    seededAt: null,
  }
}

/** Completes the journal of a start that was killed: each begun step has happened or not, and its probe knows. */
export async function settleUnfinished(runner: StatementRunner, dialect: SchemaDialect): Promise<void> {
  const revisions = new Revisions(runner, dialect)
  for (const step of await revisions.unfinished()) {
    const [row] = await runner.rows(step.probe)
    if (Number(row?.['applied']) > 0) await runner.transaction(() => recordMade(runner, dialect, step))
    else await revisions.setState(step.plan, step.n, 'lost')
  }
}
