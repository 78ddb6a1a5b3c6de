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

/** A derived column with what it and its table say of this engine. */
export function keptColumn(
  derived: ColumnShape,
  { stored }: ColumnFact,
  { model, engine }: { readonly model: ModelFact; readonly engine: string },
): ColumnShape {
  const collation = model.stored?.[engine]?.collation
  const usual = derived.collation === null || collation === undefined ? derived : { ...derived, collation }
  const kept = stored?.[engine]
  if (kept === undefined) return usual
  const { generated, ...rest } = kept
  if (generated === undefined) return { ...usual, ...rest }
  return { ...usual, ...rest, isOpaque: false, generated: { invisible: false, ...generated } }
}

/** Whether an engine has other unique rules than would be derived, and none of the columns that those need. */
export function hasOwnUniques({ stored }: ModelFact, { name: engine }: SchemaDialect): boolean {
  return stored?.[engine]?.uniques !== undefined
}

/** A derived table with what its model says of this engine. */
export function keptTable(derived: TableShape, model: ModelFact, dialect: SchemaDialect): TableShape {
  const kept = model.stored?.[dialect.name]
  if (kept === undefined) return derived
  return {
    ...derived,
    options: { ...derived.options, ...kept.options },
    primaryKey: keptPrimaryKey(derived.primaryKey, kept),
    uniques: kept.uniques?.map((unique) => keptUnique(unique, model)) ?? derived.uniques,
    indexes: kept.indexes?.map((index) => keptIndex(index, model, dialect)) ?? derived.indexes,
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
  const { where = null, nullsDistinct = true, heldBy = 'constraint', include = [], ...rest } = unique
  const { deferrable = 'no', enforced = true } = unique
  const source = sourceFor(model, 'unique', unique)
  return { ...rest, where, nullsDistinct, heldBy, include, deferrable, enforced, source }
}

function keptIndex(index: IndexStorage, model: ModelFact, { storage }: SchemaDialect): IndexShape {
  const { where = null, include = [], method = 'btree', name } = index
  const columns = index.columns.map((column): IndexColumnShape => {
    const said = typeof column === 'string' ? { name: column } : column
    const { direction = 'asc' } = said
    // Where a column has no NULLs, an engine's own order is what Terrace asks for.
    const nulls = method === 'btree' ? storage.indexNulls({ direction, nullable: false }) : null
    return { suffix: '', direction, nulls, ...said }
  })
  const source = sourceFor(model, 'index', { name, columns: columns.map((column) => column.name) })
  return { name, columns, where, include, method, valid: true, source }
}

function keptForeignKey(key: ForeignKeyStorage, model: ModelFact): ForeignKeyShape {
  const { name, columns, target, onDelete = 'noAction', onUpdate = 'noAction' } = key
  const { deferrable = 'no', enforced = true } = key
  const source = sourceFor(model, 'reference', key)
  const to = { targetTable: target.table, targetColumns: target.columns }
  return { name, columns, ...to, onDelete, onUpdate, deferrable, enforced, source }
}

function keptCheck({ name, expression, enforced = true }: CheckStorage, model: ModelFact): CheckShape {
  return { name, expression, enforced, source: sourceFor(model, 'check', { name }) }
}
