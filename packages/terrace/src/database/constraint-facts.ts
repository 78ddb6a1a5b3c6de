import type { CheckFact, ColumnFact, ModelFact, ModelGraph, ReferenceFact, RowRuleFact } from '../model/index.ts'
import type { DriverErrorFacts } from './driver-error.ts'

/** The model that a driver's error is about: by its table, else by whose constraint it names. */
export function modelOf(graph: ModelGraph, { table, constraint }: DriverErrorFacts): ModelFact | null {
  if (table !== null && Object.hasOwn(graph.tables, table)) return graph.tables[table] ?? null
  if (constraint === null) return null
  return Object.values(graph.models).find((model) => holdsConstraint(model, constraint)) ?? null
}

function holdsConstraint(model: ModelFact, name: string): boolean {
  const held = [model.primaryKey, ...model.uniques, ...model.checks, ...model.rowRules, ...model.references]
  return held.some((fact) => fact.name === name)
}

/**
 * The declared columns of the unique rule that was broken. Columns that only carry the rule (the owner's, the parent's key,
 * companions) are not among them: they would say more than the caller may know.
 */
export function uniqueFieldsOf(model: ModelFact, facts: DriverErrorFacts): readonly string[] {
  const named = model.uniques.find((unique) => unique.name === facts.constraint)
  if (named !== undefined) return named.columns
  if (facts.constraint === model.primaryKey.name) return model.primaryKey.columns
  const properties = propertiesOf(model, facts.columns ?? [])
  const matching = model.uniques.find((unique) => isSameSet([...unique.columns, ...unique.within], properties))
  return matching === undefined ? properties : matching.columns
}

/** Names in the database to the model's own, a companion's to its column's; unknown ones are left out. */
export function propertiesOf(model: ModelFact, sqlNames: readonly string[]): readonly string[] {
  const columns = sqlNames.map((sqlName) => model.columns.find((column) => carries(column, sqlName)))
  return [...new Set(columns.flatMap((column) => (column === undefined ? [] : [column.name])))]
}

function carries(column: ColumnFact, sqlName: string): boolean {
  return column.sqlName === sqlName || column.foldedInto?.sqlName === sqlName
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name))
}

export function checkOf(model: ModelFact, constraint: string | null): CheckFact | null {
  return model.checks.find((check) => check.name === constraint) ?? null
}

export function rowRuleOf(model: ModelFact, constraint: string | null): RowRuleFact | null {
  return model.rowRules.find((rule) => rule.name === constraint) ?? null
}

/** The reference that a foreign key's name, or the columns that hold it, belong to. */
export function referenceOf(graph: ModelGraph, facts: DriverErrorFacts): ReferenceFact | null {
  const references = Object.values(graph.models).flatMap((model) => model.references)
  const named = references.find((reference) => reference.name === facts.constraint)
  if (named !== undefined) return named
  if (facts.table === null || facts.columns === null) return null
  const model = graph.tables[facts.table]
  if (model === undefined) return null
  const properties = propertiesOf(model, facts.columns)
  return model.references.find((reference) => isSameSet(reference.columns, properties)) ?? null
}
