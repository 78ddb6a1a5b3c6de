import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import type { ColumnSpec } from '../column.ts'
import { unknownColumn } from './key-problems.ts'
import { memberProblems } from './member-problems.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

const mostLevels = 3

/** Models of which it is not said, or said twice or in vain, who sees their rows. */
export function accessProblems(model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  const owners = ownersOf(model)
  const declared = [
    ...owners.map(([property]) => property),
    ...(model.access === null ? [] : [`access: ${model.access.kind}`]),
  ]
  if (owners.length > 1)
    return [
      problemAt(
        model.name,
        `has more than one owner: ${declared.slice(0, owners.length).join(', ')}`,
        'Keep one owner() and make the others reference()',
      ),
    ]
  if (declared.length > 1)
    return [problemAt(model.name, `says twice who sees it: ${declared.join(', ')}`, 'Keep one of them')]
  if (declared.length === 0) return isScoped(graph) ? [unsaid(model)] : []
  return [
    ...owners.flatMap(([property, spec]) => ownerProblems(model, property, { spec, graph })),
    ...declaredProblems(model, graph),
  ]
}

function ownersOf({ columns }: DeclaredModel): readonly (readonly [string, ColumnSpec])[] {
  return [...columns].filter(([, spec]) => spec.owner !== null)
}

// Asked for each model, and the same for all.
const scopedGraphs = new WeakMap<DeclaredGraph, boolean>()

function isScoped(graph: DeclaredGraph): boolean {
  const known = scopedGraphs.get(graph)
  if (known !== undefined) return known
  const isSo = graph.models.some(
    (model) => ownersOf(model).length > 0 || (model.access !== null && model.access.kind !== 'shared'),
  )
  scopedGraphs.set(graph, isSo)
  return isSo
}

function unsaid({ name }: DeclaredModel): Problem {
  const remedy = "Add owner(…), or access: ownedThrough('…'), memberOf(…), shared({ write: 'nobody' }) or actor()"
  return problemAt(name, 'does not say who sees its rows, in a graph that has owners', remedy)
}

function ownerProblems(
  model: DeclaredModel,
  property: string,
  { spec, graph }: { readonly spec: ColumnSpec; readonly graph: DeclaredGraph },
): readonly Problem[] {
  const target = graph.byTable.get(spec.owner?.table ?? '')
  if (target === undefined || target.access?.kind === 'actor') return []
  return [
    problemAt(
      `${model.name}.${property}`,
      `is owned by ${target.name}, which is no actor`,
      `Declare ${target.name} with { access: actor() }`,
    ),
  ]
}

function declaredProblems(model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  if (model.access?.kind === 'actor' && model.primaryKey.length > 1) {
    return [
      problemAt(
        model.name,
        'is an actor with a key of several columns',
        'Give it a key of one column: a scope carries one value',
      ),
    ]
  }
  if (model.access?.kind === 'memberOf') return memberProblems(model, model.access, graph)
  return model.access?.kind === 'ownedThrough' ? throughProblems(model, model.access.column, graph) : []
}

function throughProblems(model: DeclaredModel, column: string, graph: DeclaredGraph): readonly Problem[] {
  const where = `${model.name}, ownedThrough('${column}')`
  const spec = model.columns.get(column)
  if (spec === undefined) return [unknownColumn(model, where, column)]
  if (parentTable(model, column) === null)
    return [problemAt(where, `${column} is no reference`, 'Name the reference to the row that this one belongs to')]
  if (spec.nullable)
    return [
      problemAt(where, `${column} may be null: a row without a parent would belong to nobody`, 'Remove nullable()'),
    ]
  return chainProblems(where, model, graph)
}

/** Follows the parents up to an owner; a parent that is wrong itself is reported there, not by each of its children. */
function chainProblems(where: string, model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  const path = [model.name]
  let parent = parentOf(model, graph)
  while (parent !== null && parent.access?.kind === 'ownedThrough') {
    if (path.includes(parent.name))
      return [
        problemAt(where, `goes in a circle: ${[...path, parent.name].join(' → ')}`, 'Let one of them have an owner'),
      ]
    path.push(parent.name)
    parent = parentOf(parent, graph)
  }
  if (parent === null) return []
  const reached = [...path, parent.name].join(' → ')
  if (path.length > mostLevels)
    return [
      problemAt(
        where,
        `is ${path.length} levels from its owner: ${reached}`,
        `At most ${mostLevels}: give it or a parent an owner() of its own`,
      ),
    ]
  const { access } = parent
  const isOwned = ownersOf(parent).length > 0 || access?.kind === 'actor' || access?.kind === 'memberOf'
  if (isOwned || path.length > 1) return []
  return [
    problemAt(
      where,
      `leads to ${parent.name}, which nobody owns`,
      'Name a reference that leads to an owner or a group',
    ),
  ]
}

function parentOf(model: DeclaredModel, graph: DeclaredGraph): DeclaredModel | null {
  const table = model.access?.kind === 'ownedThrough' ? parentTable(model, model.access.column) : null
  return (table === null ? undefined : graph.byTable.get(table)) ?? null
}

function parentTable({ references }: DeclaredModel, column: string): string | null {
  return references.find(({ columns }) => columns.length === 1 && columns[0] === column)?.table ?? null
}
