import type { DeclaredModel, DeclaredRowRule } from '../bind/declared-graph.ts'
import type { ColumnSpec } from '../column.ts'
import { unknownColumn } from './key-problems.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** Rules between columns that cannot hold, or always do. */
export function rowRuleProblems(model: DeclaredModel): readonly Problem[] {
  return [...model.rowRules.flatMap((rule) => ruleProblems(model, rule)), ...repeatedRules(model)]
}

function ruleProblems(model: DeclaredModel, { source, columns }: DeclaredRowRule): readonly Problem[] {
  const where = `${model.name}, ${source}`
  const twice = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twice !== undefined) return [problemAt(where, `names ${twice} twice`, 'Name it once')]
  if (columns.length < 2)
    return [
      problemAt(
        where,
        `names ${columns.length} columns`,
        'Name two or more; a single one is required by not being nullable',
      ),
    ]
  return columns.flatMap((column) => columnProblems(model, where, column))
}

function columnProblems(model: DeclaredModel, where: string, column: string): readonly Problem[] {
  const spec = model.columns.get(column)
  if (spec === undefined) return [unknownColumn(model, where, column)]
  if (spec.stamp !== null) return [problemAt(where, `${column} is written by Terrace`, 'Leave it out')]
  return [
    ...(spec.nullable ? [] : [problemAt(where, `${column} always has a value`, `Make it nullable()`)]),
    ...(spec.default === null
      ? []
      : [problemAt(where, `${column} has a default, which would count as given`, 'Drop the default')]),
    ...(isSetToNull(model, column, spec)
      ? [problemAt(where, `${column} becomes null when its target is deleted`, onDeleteRemedy)]
      : []),
  ]
}

// MySQL refuses such a column in a CHECK altogether; elsewhere the delete would fail.
const onDeleteRemedy = "Let the delete of the target do something else: onDelete: 'restrict' or 'cascade'"

function isSetToNull({ references }: DeclaredModel, column: string, { reference }: ColumnSpec): boolean {
  return (
    reference?.onDelete === 'setNull' ||
    references.some(({ columns, onDelete }) => onDelete === 'setNull' && columns.includes(column))
  )
}

function repeatedRules({ name, rowRules }: DeclaredModel): readonly Problem[] {
  const seen = new Set<string>()
  return rowRules.flatMap(({ columns, source, kind }) => {
    const identity = `${kind} ${columns.toSorted().join(' ')}`
    const isRepeated = seen.has(identity)
    seen.add(identity)
    return isRepeated ? [problemAt(`${name}, ${source}`, 'says what another rule says', 'Drop one of the two')] : []
  })
}
