import { foreignKeyName, indexName, primaryKeyName, type ModelFact, type ModelGraph } from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import { snapshotFrom } from '../snapshot-from.ts'
import type {
  ForeignKeyShape,
  IndexColumnShape,
  IndexShape,
  PrimaryKeyShape,
  ReferentialAction,
  Snapshot,
  TableShape,
} from '../snapshot.ts'
import { formerNames, renamedSource } from './former-names.ts'
import { hasOwnUniques, keptTable } from './kept-storage.ts'
import { sourceOf, sqlName, sqlNames } from './sql-names.ts'
import { wantedChecks } from './wanted-checks.ts'
import { wantedColumns } from './wanted-columns.ts'
import { wantedUniques } from './wanted-uniques.ts'

/**
 * The structure that a graph asks for on one engine, in declared form: expressions as we write them. Compare it with a live
 * one only through the dialect's `canonicalForm`.
 */
export function snapshotOf(graph: ModelGraph, dialect: SchemaDialect): Snapshot {
  return snapshotFrom(Object.values(graph.models).map((model) => wantedTable(graph, model, dialect)))
}

function wantedTable(graph: ModelGraph, model: ModelFact, dialect: SchemaDialect): TableShape {
  return keptTable(derivedTable(graph, model, dialect), model, dialect)
}

function derivedTable(graph: ModelGraph, model: ModelFact, dialect: SchemaDialect): TableShape {
  const { uniques, generated } = wantedUniques(model, dialect)
  return {
    name: model.table,
    comment: null,
    options: dialect.storage.tableOptions,
    columns: [...wantedColumns(model, dialect), ...(hasOwnUniques(model, dialect) ? [] : generated)],
    primaryKey: wantedPrimaryKey(model, dialect),
    uniques,
    indexes: model.indexes.map((index) => wantedIndex(model, index, dialect)),
    foreignKeys: model.references.map((reference) => wantedForeignKey(graph, model, reference)),
    checks: wantedChecks(model, dialect),
    source: {
      ...sourceOf(model, 'model', { name: model.name, columns: [] }),
      ...(model.renamedFrom === null ? {} : { renamedFrom: model.renamedFrom }),
    },
  }
}

function wantedPrimaryKey(model: ModelFact, { storage }: SchemaDialect): PrimaryKeyShape {
  const { name } = model.primaryKey
  const columns = sqlNames(model, model.primaryKey.columns)
  const source = sourceOf(model, 'primaryKey', { name, columns })
  const former = formerNames({ model, columns: [] }, primaryKeyName)
  return { name: storage.primaryKeyName(name), columns, source: renamedSource(source, former) }
}

function wantedIndex(
  model: ModelFact,
  { name, columns }: ModelFact['indexes'][number],
  { storage }: SchemaDialect,
): IndexShape {
  const named = columns.map(({ column, direction }): IndexColumnShape => {
    const nullable = model.column[column]?.nullable ?? false
    return { name: sqlName(model, column), suffix: '', direction, nulls: storage.indexNulls({ direction, nullable }) }
  })
  const former = formerNames({ model, columns: columns.map(({ column }) => column) }, indexName)
  const source = renamedSource(sourceOf(model, 'index', { name, columns: named.map((column) => column.name) }), former)
  return { name, columns: named, where: null, include: [], method: 'btree', valid: true, source }
}

function wantedForeignKey(
  graph: ModelGraph,
  model: ModelFact,
  reference: ModelFact['references'][number],
): ForeignKeyShape {
  const { name, target, targetTable, targetColumns, onDelete } = reference
  const columns = sqlNames(model, reference.columns)
  const targetModel = graph.models[target]
  const former = formerNames({ model, columns: reference.columns, target: targetModel }, foreignKeyName)
  return {
    name,
    columns,
    targetTable,
    targetColumns: targetModel === undefined ? targetColumns : sqlNames(targetModel, targetColumns),
    onDelete: actionOf[onDelete],
    onUpdate: 'noAction',
    deferrable: 'no',
    enforced: true,
    source: renamedSource(sourceOf(model, 'reference', { name, columns }), former),
  }
}

// `restrict` as NO ACTION: both refuse to orphan a row, but NO ACTION looks at the end of the statement, so that a delete
// which cascades to a row along two ways is not refused by the first of them.
const actionOf: Readonly<Record<ModelFact['references'][number]['onDelete'], ReferentialAction>> = {
  restrict: 'noAction',
  cascade: 'cascade',
  setNull: 'setNull',
  // The trash is none of the database's business: it sees a delete only when a row is erased.
  keep: 'noAction',
}
