import { createHash } from 'node:crypto'
import { shortenName, type ModelFact, type ModelGraph } from '../../../model/index.ts'
import { doubleQuoteName as quote } from '../../../schema/index.ts'
import { groupsFunction, type WantedFunction } from './membership.ts'
import { rowCondition } from './row-condition.ts'
import { isOn, lockingSetting, unscopedSetting } from './settings.ts'

/** A policy, as it is made. */
export interface WantedPolicy {
  readonly name: string
  readonly table: string
  readonly create: string
}

export interface WantedTable {
  readonly table: string
  /** None for a table whose rows everybody reaches. */
  readonly policies: readonly WantedPolicy[]
}

/** What the policies of a graph's tables have to be. */
export function wantedTables(graph: ModelGraph): readonly WantedTable[] {
  return Object.values(graph.models).map((model) => ({ table: model.table, policies: policiesOf(graph, model) }))
}

/** The functions that those policies ask. */
export function wantedFunctions(graph: ModelGraph): readonly WantedFunction[] {
  const functions = Object.values(graph.models).flatMap(({ access }) =>
    access.kind === 'memberOf' ? [groupsFunction(graph, access.membership)] : [],
  )
  return [...new Map(functions.map((one) => [one.name, one])).values()]
}

/** What a mark says that something of ours was made of. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function policiesOf(graph: ModelGraph, model: ModelFact): readonly WantedPolicy[] {
  const read = rowCondition(graph, model, 'read')
  const write = rowCondition(graph, model, 'write')
  const make = (command: string, clauses: string): WantedPolicy => policyOf(model.table, command, clauses)
  if (read === null && write === null) return []
  if (read === write) return [make('all', `using (${orUnscoped(read)}) with check (${orUnscoped(write)})`)]
  const reach = orUnscoped(write)
  return [
    make('select', `using (${orUnscoped(read)})`),
    make('insert', `with check (${reach})`),
    // A row that may only be read may be locked by whoever refers to it; what it becomes is held to the owner all the same,
    // and a statement that may lock it may not change it: the setting is on for SELECT … FOR SHARE alone.
    make('update', `using (${isOn(lockingSetting)} or ${reach}) with check (${reach})`),
    make('delete', `using (${reach})`),
  ]
}

function orUnscoped(condition: string | null): string {
  return condition === null ? 'true' : `${isOn(unscopedSetting)} or ${condition}`
}

function policyOf(table: string, command: string, clauses: string): WantedPolicy {
  const name = shortenName(`rls_${table}_${command}`)
  return { name, table, create: `create policy ${quote(name)} on ${quote(table)} for ${command} ${clauses}` }
}
