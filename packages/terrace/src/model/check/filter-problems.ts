import type { DeclaredModel } from '../bind/declared-graph.ts'
import type { ColumnSpec } from '../column.ts'
import type { TextFilter } from '../graph-facts.ts'
import { snakeCase } from '../naming.ts'
import { isObjectName, reservedQueryNames } from '../reserved-names.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

const filterForm = /^[A-Za-z][A-Za-z0-9_]*$/
const textFilters: Readonly<Record<TextFilter, true>> = {
  not: true,
  notIn: true,
  gt: true,
  gte: true,
  lt: true,
  lte: true,
  contains: true,
  startsWith: true,
  endsWith: true,
}

/** Filters that no list could have: of what nobody may read, by operators that are none, under a name that is taken. */
export function filterProblems(model: DeclaredModel): readonly Problem[] {
  return [...model.columns].flatMap(([property, spec]) => {
    const where = `${model.name}.${property}`
    return [...filterableProblems(where, spec), ...nameProblems(where, property, { spec, model })]
  })
}

function filterableProblems(where: string, spec: ColumnSpec): readonly Problem[] {
  if (spec.filterable.length === 0) return []
  if (isUnreadable(spec)) return [unreadable(where, 'filterable()')]
  if (spec.type.kind !== 'text')
    return [
      problemAt(where, 'is no text: filterable() means nothing', 'Remove it: its type says what it is filtered by'),
    ]
  const unknown = spec.filterable.filter((operator) => !Object.hasOwn(textFilters, operator))
  return unknown.map((operator) =>
    problemAt(
      where,
      `filterable('${operator}'): there is no such operator`,
      `Use ${Object.keys(textFilters).join(', ')}`,
    ),
  )
}

interface Named {
  readonly spec: ColumnSpec
  readonly model: DeclaredModel
}

function nameProblems(where: string, property: string, { spec, model }: Named): readonly Problem[] {
  const name = spec.filterAs
  if (name === null) return []
  if (isUnreadable(spec)) return [unreadable(where, 'filterAs()')]
  const named = `filterAs('${name}')`
  if (!filterForm.test(name) || isObjectName(name))
    return [problemAt(where, `${named}: this is no name of a filter`, 'Use letters, digits and _, a letter first')]
  if (reservedQueryNames.some((reserved) => reserved === name || snakeCase(reserved) === name))
    return [problemAt(where, `${named}: this is a query parameter of every list`, 'Choose another name')]
  const holder = [...model.columns].find(([other, it]) => other !== property && isNameOf(name, other, it))
  return holder === undefined
    ? []
    : [problemAt(where, `${named}: lists filter by ${holder[0]} under this name`, 'Choose another name')]
}

/** Also as it would travel in snake_case. */
function isNameOf(name: string, property: string, spec: ColumnSpec): boolean {
  return spec.filterAs === null ? name === property || name === snakeCase(property) : name === spec.filterAs
}

function isUnreadable({ hidden, writeOnly }: ColumnSpec): boolean {
  return hidden || writeOnly
}

function unreadable(where: string, mark: string): Problem {
  return problemAt(where, `nobody may read it: ${mark} would tell its values`, `Remove ${mark}`)
}
