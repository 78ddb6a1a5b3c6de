import type { CompiledStatement } from '../database/index.ts'
import type { ReferenceFact } from '../model/index.ts'
import { stampedOwner } from './ownership.ts'
import type { DaoContext } from './dao-context.ts'
import { identityOf } from './key-values.ts'
import type { ColumnPlan } from './model-plan.ts'
import { columnsNamed, planOf } from './model-plan.ts'
import { chunksOf, longestList, padded } from './padded-count.ts'
import { equalsOneOf, selectTree, SlotCounter } from './statement-tree.ts'

/** What a statement wrote: its values begin with those of `columns`, row by row. */
export interface Written {
  readonly columns: readonly ColumnPlan[]
  readonly rows: number
  readonly values: readonly unknown[]
}

/**
 * Which reference of the rows leads nowhere, for engines that refuse a foreign key without its name: one of those that were not
 * asked for before. Null where each has its row, so that it is a foreign key which no model declares.
 */
export async function missingReference(
  context: DaoContext,
  statement: CompiledStatement,
  written: Written,
): Promise<ReferenceFact | null> {
  const asked = new Set(statement.referenceChecks.map(({ columns }) => columns.join(',')))
  const stamped = stampedOwner(context)
  const { references } = context.plan.fact
  for (const reference of references) {
    // The session's own owner is what remains when no other one is missing.
    if (asked.has(reference.columns.join(',')) || reference.columns[0] === stamped) continue
    if (await isMissing(context, reference, keysOf(context, reference, written))) return reference
  }
  return references.find(({ columns }) => columns.length === 1 && columns[0] === stamped) ?? null
}

type Key = readonly unknown[]

/** The keys that the rows refer to, once each; without those of rows that the statement itself wrote. */
function keysOf({ plan }: DaoContext, reference: ReferenceFact, written: Written): readonly Key[] {
  const keys = new Map(tuplesOf(written, reference.columns).map((key) => [identityOf(key), key]))
  if (reference.target === plan.name) {
    for (const own of tuplesOf(written, reference.targetColumns)) keys.delete(identityOf(own))
  }
  return [...keys.values()]
}

/** The values of these columns in each row, without rows that have a null among them; none where one is not written. */
function tuplesOf({ columns, rows, values }: Written, names: readonly string[]): readonly Key[] {
  const places = names.map((name) => columns.findIndex((column) => column.name === name))
  if (places.includes(-1)) return []
  const tuples = Array.from({ length: rows }, (_, row) => places.map((place) => values[row * columns.length + place]))
  return tuples.filter((tuple) => !tuple.includes(null))
}

async function isMissing({ executor }: DaoContext, reference: ReferenceFact, keys: readonly Key[]): Promise<boolean> {
  const target = planOf(executor.graph.models[reference.target] as Parameters<typeof planOf>[0])
  const by = columnsNamed(target.column, reference.targetColumns)
  for (const chunk of chunksOf(keys, longestList(executor.capabilities.maxParameters, by.length))) {
    const list = padded(chunk)
    const statement = executor.prepared(`${reference.name} exists ${list.length}`, 'with', () => {
      const where = equalsOneOf(target, by, { count: list.length, slots: new SlotCounter() })
      return selectTree(target, { columns: by, where })
    })
    const { rows } = await executor.runAfterRefusal(statement, list.flat())
    if (rows.length < chunk.length) return true
  }
  return false
}
