import type { DeclaredGraph, DeclaredModel, DeclaredReference } from '../bind/declared-graph.ts'
import { unknownColumn } from './key-problems.ts'
import { listOf, nameHint } from './name-hint.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { isSameType, typeText } from './type-text.ts'

/** References that lead nowhere, to the wrong columns or types, or that a delete could not follow. */
export function referenceProblems(model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  return model.references.flatMap((reference, at) => {
    const target = graph.byTable.get(reference.table)
    const where = `${model.name}.${reference.columns.join('+')}`
    const isRepeated = model.references.findIndex(({ columns }) => columns.join() === reference.columns.join()) !== at
    if (isRepeated) return [problemAt(where, 'has two references', 'Keep one of them')]
    if (target === undefined) return [unknownTable(where, reference.table, graph)]
    return [...columnProblems(model, reference, target), ...deleteProblems(model, reference, target)]
  })
}

function unknownTable(where: string, table: string, graph: DeclaredGraph): Problem {
  const remedy = nameHint(table, [...graph.byTable.keys()], 'Add its model to graph({ … })')
  return problemAt(where, `refers to the table "${table}", which no model of the graph has`, remedy)
}

function columnProblems(model: DeclaredModel, reference: DeclaredReference, target: DeclaredModel): readonly Problem[] {
  const where = `${model.name}.${reference.columns.join('+')}`
  if (reference.targetColumns === null) {
    if (target.primaryKey.length === 0) return []
    const remedy = 'Declare it in options.references with columns and targetColumns'
    if (target.primaryKey.length > 1)
      return [problemAt(where, `refers to ${target.name}, whose key is ${listOf(target.primaryKey)}`, remedy)]
    return typeMismatches(model, reference, target)
  }
  const unknown = [
    ...reference.columns
      .filter((column) => !model.columns.has(column))
      .map((column) => unknownColumn(model, where, column)),
    ...reference.targetColumns
      .filter((column) => !target.columns.has(column))
      .map((column) => unknownColumn(target, where, column)),
  ]
  if (unknown.length > 0) return unknown
  if (reference.columns.length !== reference.targetColumns.length || reference.columns.length === 0)
    return [unpaired(where, reference)]
  return [
    ...targetProblems(where, reference.targetColumns, target),
    ...typeMismatches(model, reference, target),
    ...partlyNullable(model, reference),
  ]
}

function unpaired(where: string, { columns, targetColumns }: DeclaredReference): Problem {
  const problem = `pairs ${columns.length} columns with ${targetColumns?.length ?? 0}`
  return problemAt(where, problem, 'Name one target column for each column')
}

/** A foreign key needs one plain unique key over exactly its target columns, in their order. */
function targetProblems(where: string, targetColumns: readonly string[], target: DeclaredModel): readonly Problem[] {
  const whole = target.uniques.filter((unique) => unique.global && unique.where === null).map(({ columns }) => columns)
  const keys = [target.primaryKey, ...whole]
  if (keys.some((key) => key.join() === targetColumns.join())) return []
  const remedy = `Refer to its primary key (${target.primaryKey.join(', ')}) in order, or make the columns unique with { global: true }`
  return [problemAt(where, `${listOf(targetColumns)} of ${target.name} is no key`, remedy)]
}

function typeMismatches(model: DeclaredModel, reference: DeclaredReference, target: DeclaredModel): readonly Problem[] {
  const targetColumns = reference.targetColumns ?? target.primaryKey
  return reference.columns.flatMap((column, at) => {
    const own = model.columns.get(column)?.type
    const other = target.columns.get(targetColumns[at] ?? '')?.type
    if (own === undefined || other === undefined || isSameType(own, other)) return []
    const problem = `is ${typeText(own)}, but ${target.name}.${targetColumns[at]} is ${typeText(other)}`
    return [problemAt(`${model.name}.${column}`, problem, 'Give both the same type')]
  })
}

/** With some columns null and others not, engines neither check the key nor agree on what a delete does to it. */
function partlyNullable(model: DeclaredModel, { columns }: DeclaredReference): readonly Problem[] {
  const nullable = columns.filter((column) => model.columns.get(column)?.nullable)
  if (nullable.length === 0 || nullable.length === columns.length) return []
  return [
    problemAt(
      `${model.name}.${columns.join('+')}`,
      `only ${listOf(nullable)} may be null`,
      'Make all its columns nullable, or none',
    ),
  ]
}

function deleteProblems(
  model: DeclaredModel,
  { columns, onDelete }: DeclaredReference,
  target: DeclaredModel,
): readonly Problem[] {
  const where = `${model.name}.${columns.join('+')}`
  const isSoft = [...target.columns.values()].some(({ stamp }) => stamp === 'deletedAt')
  if (onDelete === 'keep' && !isSoft) {
    const remedy = `Choose restrict, cascade or setNull, or add softDelete() to ${target.name}`
    return [problemAt(where, `onDelete: 'keep' towards ${target.name}, whose deletes are for good`, remedy)]
  }
  if (onDelete !== 'setNull') return []
  const fixed = columns.filter((column) => model.columns.get(column)?.nullable === false)
  return [
    ...(fixed.length > 0
      ? [
          problemAt(
            where,
            "onDelete: 'setNull' on a column that may not be null",
            'Add nullable(), or choose restrict or cascade',
          ),
        ]
      : []),
    ...(isSoft
      ? [
          problemAt(
            where,
            `onDelete: 'setNull' towards ${target.name}, whose deletes can be restored`,
            'Choose keep, restrict or cascade',
          ),
        ]
      : []),
  ]
}
