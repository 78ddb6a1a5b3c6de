import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import type { ColumnSpec } from '../column.ts'
import { accessProblems } from './access-problems.ts'
import { filterProblems } from './filter-problems.ts'
import { includeProblems } from './include-problems.ts'
import { keyProblems } from './key-problems.ts'
import { markProblems } from './mark-problems.ts'
import { nameProblems } from './name-problems.ts'
import type { Problem } from './problem.ts'
import { referenceProblems } from './reference-problems.ts'
import { renameProblems } from './rename-problems.ts'
import { rowRuleProblems } from './row-rule-problems.ts'
import { ruleProblems } from './rule-problems.ts'
import { storedProblems } from './stored-problems.ts'
import { typeProblems } from './type-problems.ts'
import { valueProblems } from './value-problems.ts'

type ModelCheck = (model: DeclaredModel, graph: DeclaredGraph) => readonly Problem[]

const modelChecks: readonly ModelCheck[] = [
  nameProblems,
  renameProblems,
  everyColumn,
  markProblems,
  filterProblems,
  keyProblems,
  referenceProblems,
  rowRuleProblems,
  accessProblems,
  includeProblems,
  storedProblems,
]

/** Everything that is wrong with the declarations, model by model. */
export function declarationProblems(graph: DeclaredGraph): readonly Problem[] {
  return graph.models.flatMap((model) => modelChecks.flatMap((check) => check(model, graph)))
}

function everyColumn(model: DeclaredModel): readonly Problem[] {
  return [...model.columns].flatMap(([property, spec]) => columnProblems(`${model.name}.${property}`, property, spec))
}

/** Types, then rules, then values: each expects those before it to be sound. */
function columnProblems(where: string, property: string, spec: ColumnSpec): readonly Problem[] {
  const types = typeProblems(where, spec)
  if (types.length > 0) return types
  const rules = [...ruleProblems(where, spec), ...(spec.item === null ? [] : ruleProblems(where, spec.item))]
  return rules.length > 0 ? rules : valueProblems(where, property, spec)
}
