import type {
  CheckFact,
  ColumnFact,
  ModelFact,
  ModelGraph,
  ReferenceFact,
  RowRuleFact,
  TableStorage,
} from '../model/index.ts'
import type { DriverErrorFacts } from './driver-error.ts'

/**
 * The model that a driver's error is about: by its table, else by whose constraint it names. Names that others gave may be those of
 * several tables: then it is the one of the statement.
 */
export function modelOf(
  graph: ModelGraph,
  { table, constraint }: DriverErrorFacts,
  statementTables: readonly string[] = [],
): ModelFact | null {
  if (table !== null && Object.hasOwn(graph.tables, table)) return graph.tables[table] ?? null
  if (constraint === null) return null
  const holders = Object.values(graph.models).filter((model) => holdsConstraint(model, constraint))
  return holders.find((model) => statementTables.includes(model.table)) ?? holders[0] ?? null
}

function holdsConstraint(model: ModelFact, name: string): boolean {
  const held = [model.primaryKey, ...model.uniques, ...model.checks, ...model.rowRules, ...model.references]
  return (
    held.some((fact) => fact.name === name) ||
    storages(model).some(
      ({ primaryKey, uniques = [], checks = [], foreignKeys = [] }) =>
        primaryKey === name || [...uniques, ...checks, ...foreignKeys].some((kept) => kept.name === name),
    )
  )
}

/** How engines keep its table; a name that an error has is searched in all, as each engine is asked alone. */
function storages({ stored }: ModelFact): readonly TableStorage[] {
  return Object.values(stored ?? {})
}

/**
 * The declared columns of the unique rule that was broken. Columns that only carry the rule (the owner's, the parent's key,
 * companions) are not among them: they would say more than the caller may know.
 */
export function uniqueFieldsOf(model: ModelFact, facts: DriverErrorFacts): readonly string[] {
  const named = model.uniques.find((unique) => unique.name === facts.constraint)
  if (named !== undefined) return named.columns
  if (isPrimaryKey(model, facts.constraint)) return model.primaryKey.columns
  const kept = storages(model)
    .flatMap(({ uniques = [] }) => uniques)
    .find(({ name }) => name !== null && name === facts.constraint)
  const properties = propertiesOf(model, kept?.columns ?? facts.columns ?? [])
  const matching = model.uniques.find((unique) => isSameSet([...unique.columns, ...unique.within], properties))
  return matching === undefined ? properties : matching.columns
}

function isPrimaryKey(model: ModelFact, constraint: string | null): boolean {
  if (constraint === null) return false
  return model.primaryKey.name === constraint || storages(model).some(({ primaryKey }) => primaryKey === constraint)
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
  const kept = keptReference(graph, facts)
  if (kept !== null) return kept
  if (facts.table === null || facts.columns === null) return null
  const model = graph.tables[facts.table]
  return model === undefined ? null : referenceBy(model, facts.columns)
}

/** By the name that an engine keeps for its foreign key. */
function keptReference(graph: ModelGraph, { table, constraint }: DriverErrorFacts): ReferenceFact | null {
  if (constraint === null) return null
  const models = Object.values(graph.models).filter((model) => table === null || model.table === table)
  const found = models.flatMap((model) =>
    storages(model)
      .flatMap(({ foreignKeys = [] }) => foreignKeys)
      .filter(({ name }) => name === constraint)
      .flatMap(({ columns }) => referenceBy(model, columns) ?? []),
  )
  return found[0] ?? null
}

function referenceBy(model: ModelFact, sqlNames: readonly string[]): ReferenceFact | null {
  const properties = propertiesOf(model, sqlNames)
  return model.references.find((reference) => isSameSet(reference.columns, properties)) ?? null
}
