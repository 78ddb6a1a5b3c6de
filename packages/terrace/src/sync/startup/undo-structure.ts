import { errors } from '../../errors/index.ts'
import type { Plan, SchemaDialect } from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { readLedger, writeLedger } from '../journal/ledger.ts'
import { unprinted } from '../journal/ledger-effects.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { prepareFound } from './align-structure.ts'
import { undoPlan } from './apply-plan.ts'
import type { Work } from './plan-structure.ts'

/**
 * Takes a plan back that was applied: the structure is what it was, and so is the ledger, with its renames pending again.
 * `STRUCTURE_IRREVERSIBLE` before the first step where one has no inverse.
 */
export async function undoStructure(work: Omit<Work, 'declared' | 'mode' | 'online'>, plan: Plan): Promise<void> {
  refuseIrreversible(plan)
  const { runner, dialect, isAtomic } = work
  const found = await prepareFound(work)
  const observer = {}
  const ledger = await undoPlan({ runner, dialect, isAtomic, ...found, plan, handChanged: [], observer })
  const write = (): Promise<void> => forget({ runner, dialect }, plan, isAtomic)
  if (isAtomic) await writeLedger(runner, dialect, { before: found.ledger, after: ledger })
  await (isAtomic ? write() : runner.transaction(write))
}

/** What the plan touched has to be looked at again. */
async function forget(
  { runner, dialect }: { readonly runner: StatementRunner; readonly dialect: SchemaDialect },
  plan: Plan,
  isAtomic: boolean,
): Promise<void> {
  await new Journal(runner, dialect).removeMeta('structure')
  if (!isAtomic) return
  const stored = await readLedger(runner)
  const tables = plan.steps.flatMap(({ table, refersTo }) => [table, ...refersTo])
  const former = plan.renames.flatMap(({ object, from }) => (object === 'table' ? [from] : []))
  await writeLedger(runner, dialect, { before: stored, after: unprinted(stored, [...tables, ...former], []) })
}

function refuseIrreversible({ steps }: Plan): void {
  const irreversible = steps.filter(({ inverse }) => inverse === null)
  if (irreversible.length === 0) return
  const list = irreversible.map(({ n, changes, table }) => {
    const what = changes.map(({ kind, object }) => `${kind} ${object}`).join(', ')
    return `step ${n}, ${what === '' ? `table ${table}` : what}`
  })
  throw errors.STRUCTURE_IRREVERSIBLE({ values: { list: list.join('; ') } })
}
