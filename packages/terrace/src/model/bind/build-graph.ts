import type {
  AccessFact,
  ColumnFact,
  InverseFact,
  ModelFact,
  ModelGraph,
  ReferenceFact,
  SoftDeleteFact,
} from '../graph-facts.ts'
import { accessFact } from './access-facts.ts'
import { checkFacts, columnFacts } from './column-facts.ts'
import type { DeclaredGraph, DeclaredModel } from './declared-graph.ts'
import { deepFreeze, frozenRecord, plainCopy } from './freeze.ts'
import { rowRuleFacts } from './row-rule-facts.ts'
import { indexFacts, keyFact, membershipsIn, uniqueFacts } from './key-facts.ts'
import { referenceFacts } from './reference-facts.ts'
import { edgesOf, referenceOrder } from './reference-order.ts'

/** Derives the facts of a graph from sound declarations; total, it refuses nothing. */
export function buildGraph(declared: DeclaredGraph): ModelGraph {
  const references = new Map(declared.models.map((model) => [model.name, deepFreeze(referenceFacts(model, declared))]))
  const all = [...references.values()].flat()
  const accesses = new Map(
    declared.models.map((model) => [model.name, accessFact(model, references.get(model.name) ?? [], declared)]),
  )
  const models = declared.models.map((model) => modelFact(model, { references, accesses, all }))
  return Object.freeze({
    models: frozenRecord(models.map((model) => [model.name, model])),
    tables: frozenRecord(models.map((model) => [model.table, model])),
    referenceOrder: Object.freeze(orderOf(models)),
    isScoped: models.some(({ access }) => access.kind !== 'shared' && access.kind !== 'open'),
  })
}

/** What is known of all models: by their names, and every reference. */
interface Known {
  readonly references: ReadonlyMap<string, readonly ReferenceFact[]>
  readonly accesses: ReadonlyMap<string, AccessFact>
  readonly all: readonly ReferenceFact[]
}

function modelFact(model: DeclaredModel, { references: byName, accesses, all }: Known): ModelFact {
  const references = byName.get(model.name) ?? []
  const columns = deepFreeze(columnFacts(model, references))
  const access = accesses.get(model.name) as AccessFact
  const softDelete = softDeleteFact(columns)
  const uniques = uniqueFacts(model, access, softDelete !== null)
  const primaryKey = keyFact(model)
  const { seeds, ...facts } = {
    name: model.name,
    table: model.table,
    renamedFrom: model.renamedFrom,
    columns,
    column: frozenRecord(columns.map((column) => [column.name, column])),
    primaryKey,
    uniques,
    indexes: indexFacts(model, { primaryKey, uniques, references, memberships: membershipsIn(model, accesses) }),
    checks: checkFacts(model),
    rowRules: rowRuleFacts(model),
    references,
    inverses: inverseFacts(model, all),
    access,
    softDelete,
    describe: model.describe,
    stored: plainCopy(model.stored) as ModelFact['stored'],
    seeds: model.seeds,
  }
  // Seed rows are the caller's own objects: held, not frozen.
  return Object.freeze({ ...deepFreeze(facts), seeds })
}

function inverseFacts(model: DeclaredModel, all: readonly ReferenceFact[]): readonly InverseFact[] {
  return all.filter(({ target }) => target === model.name).map((reference) => ({ name: reference.inverse, reference }))
}

function softDeleteFact(columns: readonly ColumnFact[]): SoftDeleteFact | null {
  const deletedAt = columns.find(({ stamp }) => stamp === 'deletedAt')
  const deletionId = columns.find(({ stamp }) => stamp === 'deletionId')
  if (deletedAt === undefined || deletionId === undefined) return null
  return { deletedAt: deletedAt.name, deletionId: deletionId.name }
}

function orderOf(models: readonly ModelFact[]): readonly string[] {
  const edges = models.map((model) => {
    const isNullable = (column: string): boolean => model.column[column]?.nullable ?? false
    return [model.name, edgesOf(model.references, isNullable)] as const
  })
  return referenceOrder(new Map(edges))
}
