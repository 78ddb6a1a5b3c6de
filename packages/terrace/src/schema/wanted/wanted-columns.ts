import { foldCase, foldedName, type ColumnFact, type DefaultFact, type ModelFact } from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import type { ColumnShape } from '../snapshot.ts'
import { keptColumn } from './kept-storage.ts'
import { sourceOf } from './sql-names.ts'

/** A model's columns in their order, each companion of `ignoreCase()` behind its own. */
export function wantedColumns(model: ModelFact, dialect: SchemaDialect): readonly ColumnShape[] {
  return model.columns.flatMap((column) => {
    const companion = companionOf(column)
    return [column, ...(companion === null ? [] : [companion])].map((fact) => wantedColumn(model, fact, dialect))
  })
}

function wantedColumn(model: ModelFact, column: ColumnFact, { name: engine, storage }: SchemaDialect): ColumnShape {
  const derived: ColumnShape = {
    name: column.sqlName,
    nullable: column.nullable,
    generated: null,
    comment: null,
    ...storage.column(column),
    source: {
      ...sourceOf(model, 'column', { name: column.name, columns: [column.sqlName] }),
      ...(column.renamedFrom === null ? {} : { renamedFrom: column.renamedFrom }),
    },
  }
  return keptColumn(derived, column, { model, engine })
}

/** Other writers who leave the column to its default leave the companion to the folded one. */
function companionOf(column: ColumnFact): ColumnFact | null {
  if (column.foldedInto === null) return null
  const { sqlName, type } = column.foldedInto
  const renamedFrom = column.renamedFrom === null ? null : foldedName(column.renamedFrom)
  return {
    ...column,
    sqlName,
    renamedFrom,
    type,
    default: foldedDefault(column.default),
    rules: [],
    foldedInto: null,
    stored: null,
  }
}

function foldedDefault(fact: DefaultFact | null): DefaultFact | null {
  return fact?.kind === 'value' ? { kind: 'value', value: foldCase(String(fact.value)) } : null
}
