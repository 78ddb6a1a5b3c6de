import {
  shortenName,
  type ColumnFact,
  type MembershipFact,
  type ModelFact,
  type ModelGraph,
} from '../../../model/index.ts'
import { doubleQuoteName as quote, quoteText } from '../../../schema/index.ts'
import { actorKey, keyType } from './actor-key.ts'
import { freeName, unscopedSetting } from './settings.ts'

/** A function of ours, as it is made. */
export interface WantedFunction {
  readonly name: string
  /** With which it is named: `rls_members_groups(text[])`. */
  readonly signature: string
  /** What it is made of, in the schema where its tables are. */
  readonly create: (schema: string) => string
}

/**
 * The groups that the session's actor is a member of, in one of some roles or in any. A membership is judged by its own columns:
 * a policy of the membership's table that read that table would have itself to ask (42P17), so the function opens it for as
 * long as it looks, and closes it again before it answers. An error undoes the setting with whatever it ends.
 */
export function groupsFunction(graph: ModelGraph, membership: MembershipFact): WantedFunction {
  const { table, groupColumn } = membership
  const group = (graph.tables[table] as ModelFact).column[groupColumn] as ColumnFact
  const name = functionNames(graph).get(keyOf(membership)) as string
  const create = (schema: string): string =>
    [
      `create function ${quote(name)}(roles text[]) returns setof ${keyType(group)}`,
      `language plpgsql stable parallel unsafe set search_path = ${quote(schema)}, pg_temp as ${quoteText(
        [
          '',
          `declare before text := coalesce(current_setting(${quoteText(unscopedSetting)}, true), '');`,
          'begin',
          `  perform set_config(${quoteText(unscopedSetting)}, 'on', true);`,
          `  return query ${membersOf(graph, membership)};`,
          `  perform set_config(${quoteText(unscopedSetting)}, before, true);`,
          'end',
          '',
        ].join('\n'),
      )}`,
    ].join(' ')
  return { name, signature: `${quote(name)}(text[])`, create }
}

function membersOf(graph: ModelGraph, { table, groupColumn, actorColumn, actor, roleColumn }: MembershipFact): string {
  const through = graph.tables[table] as ModelFact
  const column = (name: string): ColumnFact => through.column[name] as ColumnFact
  const named = (name: string): string => `m.${quote(column(name).sqlName)}`
  const conditions = [
    `${named(actorColumn)} = ${actorKey(graph, actor, column(actorColumn))}`,
    roleColumn === null ? 'roles is null' : `(roles is null or ${named(roleColumn)}::text = any (roles))`,
    ...aliveConditions(graph, through, groupColumn),
  ]
  const group = `${named(groupColumn)}::${keyType(column(groupColumn))}`
  return `select ${group} from ${quote(table)} as m where ${conditions.join(' and ')}`
}

/** One that went into the trash with its group still says whose trash that is. */
function aliveConditions(graph: ModelGraph, through: ModelFact, groupColumn: string): readonly string[] {
  if (through.softDelete === null) return []
  const own = (name: string): string => `m.${quote((through.column[name] as ColumnFact).sqlName)}`
  const isAlive = `${own(through.softDelete.deletedAt)} is null`
  const reference = through.references.find(({ columns }) => columns.length === 1 && columns[0] === groupColumn)
  const group = graph.models[reference?.target ?? '']
  if (reference?.onDelete !== 'cascade' || group === undefined || group.softDelete === null) return [isAlive]
  const other = (name: string): string => `g.${quote((group.column[name] as ColumnFact).sqlName)}`
  const wentAlong = [
    `${other(reference.targetColumns[0] ?? '')} = ${own(groupColumn)}`,
    `${other(group.softDelete.deletionId)} = ${own(through.softDelete.deletionId)}`,
  ].join(' and ')
  return [`(${isAlive} or exists (select from ${quote(group.table)} as g where ${wentAlong}))`]
}

// Asked for each policy, and the same for all.
const namesOfGraphs = new WeakMap<ModelGraph, ReadonlyMap<string, string>>()

/** By the membership's columns: two models that name different ones, of its roles too, ask two functions. */
function functionNames(graph: ModelGraph): ReadonlyMap<string, string> {
  const known = namesOfGraphs.get(graph)
  if (known !== undefined) return known
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const { access } of Object.values(graph.models)) {
    if (access.kind !== 'memberOf' || names.has(keyOf(access.membership))) continue
    const name = freeName(shortenName(readableName(graph, access.membership)), taken)
    taken.add(name)
    names.set(keyOf(access.membership), name)
  }
  namesOfGraphs.set(graph, names)
  return names
}

const keyOf = ({ table, groupColumn, actorColumn, roleColumn }: MembershipFact): string =>
  JSON.stringify([table, groupColumn, actorColumn, roleColumn])

/** `rls_members_club_id_user_id_role_groups`; not of itself another one for other columns. */
function readableName({ tables }: ModelGraph, { table, groupColumn, actorColumn, roleColumn }: MembershipFact): string {
  const columns = [groupColumn, actorColumn, ...(roleColumn === null ? [] : [roleColumn])]
  const sqlNames = columns.map((name) => tables[table]?.column[name]?.sqlName)
  return ['rls', table, ...sqlNames, 'groups'].join('_')
}
