import type {
  CheckStorage,
  ColumnFact,
  ForeignKeyStorage,
  IndexStorage,
  ModelFact,
  TableStorage,
  UniqueStorage,
} from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexColumnShape,
  IndexShape,
  PrimaryKeyShape,
  Source,
  TableShape,
  UniqueShape,
} from '../snapshot.ts'
import { sourceOf } from './sql-names.ts'

/** What a column's own word on this engine changes of its shape. */
export function keptColumn({ stored }: ColumnFact, engine: string): Partial<ColumnShape> {
  const kept = stored?.[engine]
  if (kept === undefined) return {}
  const { generated, ...rest } = kept
  if (generated === undefined) return rest
  return { ...rest, isOpaque: false, generated: { invisible: false, ...generated } }
}

/** A derived table with what its model says of this engine. */
export function keptTable(derived: TableShape, model: ModelFact, { name: engine }: SchemaDialect): TableShape {
  const kept = model.stored?.[engine]
  if (kept === undefined) return derived
  return {
    ...derived,
    options: { ...derived.options, ...kept.options },
    primaryKey: keptPrimaryKey(derived.primaryKey, kept),
    uniques: kept.uniques?.map((unique) => keptUnique(unique, model)) ?? derived.uniques,
    indexes: kept.indexes?.map((index) => keptIndex(index, model)) ?? derived.indexes,
    foreignKeys: kept.foreignKeys?.map((key) => keptForeignKey(key, model)) ?? derived.foreignKeys,
    checks: kept.checks?.map((check) => keptCheck(check, model)) ?? derived.checks,
  }
}

function keptPrimaryKey(derived: PrimaryKeyShape | null, { primaryKey }: TableStorage): PrimaryKeyShape | null {
  return derived === null || primaryKey === undefined ? derived : { ...derived, name: primaryKey }
}

function sourceFor(
  model: ModelFact,
  fact: Source['fact'],
  { name, columns = [] }: { readonly name: string | null; readonly columns?: readonly string[] },
): Source {
  return sourceOf(model, fact, { name: name ?? columns.join('_'), columns })
}

function keptUnique(unique: UniqueStorage, model: ModelFact): UniqueShape {
  const { where = null, nullsDistinct = true, heldBy = 'constraint', include = [], deferrable = 'no', ...rest } = unique
  const source = sourceFor(model, 'unique', unique)
  return { ...rest, where, nullsDistinct, heldBy, include, deferrable, enforced: true, source }
}

function keptIndex(index: IndexStorage, model: ModelFact): IndexShape {
  const { where = null, include = [], method = 'btree', name } = index
  const columns = index.columns.map((column): IndexColumnShape => ({
    suffix: '',
    direction: 'asc',
    nulls: null,
    ...(typeof column === 'string' ? { name: column } : column),
  }))
  const source = sourceFor(model, 'index', { name, columns: columns.map((column) => column.name) })
  return { name, columns, where, include, method, valid: true, source }
}

function keptForeignKey(key: ForeignKeyStorage, model: ModelFact): ForeignKeyShape {
  const { name, columns, target, onDelete = 'noAction', onUpdate = 'noAction', deferrable = 'no' } = key
  const source = sourceFor(model, 'reference', key)
  const to = { targetTable: target.table, targetColumns: target.columns }
  return { name, columns, ...to, onDelete, onUpdate, deferrable, enforced: true, source }
}

function keptCheck({ name, expression }: CheckStorage, model: ModelFact): CheckShape {
  return { name, expression, enforced: true, source: sourceFor(model, 'check', { name }) }
}
