import type { LiveStructure, Plan, SchemaDialect, Snapshot } from '../../../schema/index.ts'
import type { Ledger } from '../../journal/ledger.ts'
import { planStructure, type Planned } from '../../startup/plan-structure.ts'
import type { StatementRunner } from '../../statement-runner.ts'

export interface Compared {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly declared: Snapshot
  readonly live: LiveStructure
  /** Of what is compared alone: see `ExpectedLedger`. */
  readonly ledger: Ledger
  /** A transaction is open that holds everything. */
  readonly isAtomic: boolean
}

export interface DeclaredDifference {
  /** `column products.name` */
  readonly object: string
  readonly live: string
  readonly wanted: string
}

export interface Comparison extends Planned {
  readonly differences: readonly DeclaredDifference[]
}

/** What is not as revisions declare it. What a person has changed by hand is none of it, nor what nobody declares. */
export async function compareDeclared({
  runner,
  dialect,
  declared,
  live,
  ledger,
  isAtomic,
}: Compared): Promise<Comparison> {
  const mode = { kind: 'everything', allow: [] } as const
  const planned = await planStructure({ runner, dialect, declared, mode, online: false, isAtomic }, { live, ledger })
  return { ...planned, differences: differencesOf(planned.plan, ledger) }
}

function differencesOf({ steps, drift }: Plan, ledger: Ledger): readonly DeclaredDifference[] {
  const refused = drift.filter(({ source, object }) => source !== null || ledger.has(object))
  return [...steps.flatMap(({ changes }) => changes), ...refused].map(({ object, live, wanted }) => ({
    object,
    live,
    wanted,
  }))
}
