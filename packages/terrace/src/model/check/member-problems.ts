import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import {
  actorColumns,
  actorColumnOf,
  columnsTo,
  groupColumnOf,
  groupReferenceOf,
  isGroupItself,
} from '../bind/member-columns.ts'
import type { MemberOfSpec } from '../model-spec.ts'
import { unknownColumn } from './key-problems.ts'
import type { MemberPlace } from './member-place.ts'
import { roleProblems } from './member-role-problems.ts'
import { membershipProblems } from './membership-problems.ts'
import { listOf, nameHint } from './name-hint.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** What does not fit together in a `memberOf(…)`: tables first, then columns, then roles; each expects those before to be sound. */
export function memberProblems(model: DeclaredModel, spec: MemberOfSpec, graph: DeclaredGraph): readonly Problem[] {
  const where = `${model.name}, memberOf('${spec.group}')`
  const [group, through] = [graph.byTable.get(spec.group), graph.byTable.get(spec.through)]
  if (group === undefined) return [unknownTable(where, spec.group, graph)]
  if (through === undefined) return [unknownTable(`${where}.through`, spec.through, graph)]
  if (group.primaryKey.length > 1) return [compositeGroup(where, group)]
  const place: MemberPlace = { where, spec, model, group, through, graph }
  const columns = [...ownColumnProblems(place), ...groupColumnProblems(place), ...actorColumnProblems(place)]
  if (columns.length > 0) return columns
  const roles = roleProblems(place)
  return roles.length > 0 ? roles : membershipProblems(place)
}

function unknownTable(where: string, table: string, graph: DeclaredGraph): Problem {
  const remedy = nameHint(table, [...graph.byTable.keys()], 'Add its model to graph({ … })')
  return problemAt(where, `no model of the graph has the table "${table}"`, remedy)
}

function compositeGroup(where: string, { name, primaryKey }: DeclaredModel): Problem {
  return problemAt(
    where,
    `${name} has the key ${listOf(primaryKey)}: a membership is asked for by one value`,
    `Give ${name} a key of one column, and make the others unique`,
  )
}

function ownColumnProblems({ where, spec, model, group }: MemberPlace): readonly Problem[] {
  if (isGroupItself(spec, model)) {
    if (spec.by === null) return []
    return [problemAt(`${where}.by`, `${model.name} is the group itself`, 'Leave by out')]
  }
  return columnProblems(
    { where, option: 'by', named: spec.by, found: groupReferenceOf(spec, model), holder: model },
    { candidates: columnsTo(model, spec.group), target: group.name, example: `reference(${group.name})` },
  )
}

function groupColumnProblems({ where, spec, group, through }: MemberPlace): readonly Problem[] {
  const candidates = columnsTo(through, spec.group).filter((column) => column !== spec.actor)
  const { groupColumn: named } = spec
  return columnProblems(
    {
      where: `${where}, ${through.name}`,
      option: 'group',
      named,
      found: groupColumnOf(spec, through),
      holder: through,
    },
    { candidates, target: group.name, example: `reference(${group.name})` },
  )
}

function actorColumnProblems({ where, spec, through, graph }: MemberPlace): readonly Problem[] {
  const candidates = actorColumns(through, graph, groupColumnOf(spec, through))
  return columnProblems(
    {
      where: `${where}, ${through.name}`,
      option: 'actor',
      named: spec.actor,
      found: actorColumnOf(spec, through, graph),
      holder: through,
    },
    { candidates, target: 'a model with actor()', example: 'reference(User)' },
  )
}

interface FoundColumn {
  readonly where: string
  readonly option: 'by' | 'group' | 'actor'
  readonly named: string | null
  readonly found: string | null
  /** The model that has it. */
  readonly holder: DeclaredModel
}

interface Fitting {
  readonly candidates: readonly string[]
  readonly target: string
  readonly example: string
}

/** None or several where a rule looks for one; a named one that does not fit; one that may be null. */
function columnProblems(
  { where, option, named, found, holder }: FoundColumn,
  { candidates, target, example }: Fitting,
): readonly Problem[] {
  if (found === null) {
    return [
      candidates.length === 0
        ? problemAt(where, `${holder.name} has no column that refers to ${target}`, `Add one: ${example}`)
        : problemAt(
            where,
            `${listOf(candidates)} refer to ${target}`,
            `Name one of them: { ${option}: '${candidates[0]}' }`,
          ),
    ]
  }
  const at = named === null ? where : `${where}.${option}`
  const spec = holder.columns.get(found)
  if (spec === undefined) return [unknownColumn(holder, at, found)]
  if (!candidates.includes(found)) {
    const remedy =
      candidates.length === 0 ? `Add one that does: ${example}` : nameHint(found, candidates, `Name ${candidates[0]}`)
    return [problemAt(at, `${holder.name}.${found} does not refer to ${target}`, remedy)]
  }
  if (!spec.nullable) return []
  return [
    problemAt(at, `${holder.name}.${found} may be null: such a row would be reached by nobody`, 'Remove nullable()'),
  ]
}
