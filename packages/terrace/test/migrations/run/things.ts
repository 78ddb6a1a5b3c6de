import { graph, identity, integer, model, shared, text } from '../../../src/model/index.ts'
import { runUpgrade, type MigrationHistory, type MigrationStep, type Revision } from '../../../src/sync/index.ts'
import type { EngineName, TestDatabase } from '../../../src/testing/servers.ts'
import { runOn } from '../../structure/starts/depot-state.ts'
import { historyOf, plannedAround, revisionFrom, stepsFrom, type Planned } from './revisions.ts'
import { withParts } from './shop.ts'

const options = { access: shared({ write: 'everyone' }), indexes: [['amount']] } as const
const columns = () => ({ id: identity(), name: text().length(1, 40), amount: integer().default(0) })

/** One table: as it is first, with a longer name, and with a column more. */
export const thingModels = {
  plain: () => graph({ Thing: model('things', columns(), options) }),
  longer: () => graph({ Thing: model('things', { ...columns(), name: text().length(1, 90) }, options) }),
  tagged: () => graph({ Thing: model('things', { ...columns(), tag: text().length(1, 9).nullable() }, options) }),
  renamed: () =>
    graph({
      Item: model(
        'items',
        { id: identity(), title: text().length(1, 80).renamedFrom('name'), amount: integer().default(0) },
        { ...options, renamedFrom: 'things' },
      ),
    }),
}

export interface Things {
  readonly plain: Planned
  readonly longer: Planned
  readonly tagged: Planned
  /** Other names for the table and a column, and a longer column. */
  readonly renamed: Planned
  /** Makes the table. */
  readonly first: Revision
  /** Statements that add the column `tag`, and take it away. */
  readonly adding: ReturnType<typeof stepsFrom>
}

const known = new Map<EngineName, Promise<Things>>()

export function thingsOn(engine: EngineName): Promise<Things> {
  const things = known.get(engine) ?? madeThings(engine)
  known.set(engine, things)
  return things
}

async function madeThings(engine: EngineName): Promise<Things> {
  const { plain, longer, tagged, renamed } = thingModels
  const planned = await plannedAround(engine, plain(), [longer(), tagged(), renamed()])
  const [one, two, three, four] = planned as [Planned, Planned, Planned, Planned]
  const first = revisionFrom(one, { revision: 'a1', parents: [], ...stepsFrom(one) })
  return { plain: one, longer: two, tagged: three, renamed: four, first, adding: stepsFrom(three) }
}

/** A revision behind the first by hand, which leaves the structure that `to` has. */
export function written(to: Planned, up: readonly MigrationStep[], down: readonly MigrationStep[] = []): Revision {
  return revisionFrom(to, { revision: 'b2', parents: ['a1'], up, down })
}

/**
 * Whether a test says of an engine what it does not say of another: SQLite and PostgreSQL go the same way but for locks, savepoints
 * and steps outside of transactions. All of them with `TERRACE_TEST_ALL`.
 */
export function saysMore(engine: EngineName): boolean {
  return engine !== 'postgres' || process.env['TERRACE_TEST_ALL'] !== undefined
}

/** A database at the first revision, with three rows. */
export async function thingsDatabase(fresh: () => Promise<TestDatabase>, { first }: Things): Promise<string> {
  const { url } = await fresh()
  await withParts(url, (parts) => runUpgrade(parts, { history: historyOf([first]), path: [first] }))
  await runOn(url, `insert into things (name, amount) values ('one', 1), ('two', 2), ('three', 3)`)
  return url
}

/** Runs one revision behind the first; gives the error that it ends with, or null. */
export async function goUp(
  url: string,
  things: Things,
  revision: Revision,
  signal?: AbortSignal,
): Promise<Refusal | null> {
  const run = {
    history: historyOf([things.first, revision]),
    path: [revision],
    ...(signal === undefined ? {} : { signal }),
  }
  return withParts(url, (parts) =>
    runUpgrade(parts, run).then(
      () => null,
      (error: unknown) => error as Refusal,
    ),
  )
}

export type Refusal = Error & { readonly code: string }

export function historyOfThings({ first }: Things, ...others: readonly Revision[]): MigrationHistory {
  return historyOf([first, ...others])
}

/** The ids of applied revisions with their states, in the order of application. */
export async function appliedIn(url: string): Promise<readonly string[]> {
  const rows = await runOn(url, `select id, state from terrace_revision where door = 'migration' order by started_at`)
  return rows.map(({ id, state }) => `${String(id)} ${String(state)}`)
}

export async function amountsIn(url: string): Promise<readonly number[]> {
  return (await runOn(url, 'select amount from things order by id')).map(({ amount: n }) => Number(n))
}
