import { columnFactsOf } from '../model/index.ts'
import type { BoundModel, ColumnFact, Columns, ModelFact } from '../model/index.ts'
import type { Create, Patch, Read, ValuesOf } from './dto-types.ts'
import { columnField, objectShape } from './object-shape.ts'
import type { ObjectShape } from './shape.ts'

/** What a client sends to create a row: no hidden, read-only or stamped column, no key that Terrace makes. */
export function create<M extends BoundModel>(model: M): ObjectShape<Create<M>> {
  const columns = model.fact.columns.filter(isSentOnCreate)
  return objectShape(
    `${model.name}Create`,
    columns.map((column) => columnField(column, isRequiredOnCreate(column))),
  )
}

/** What a client sends to change a row: as `create` without immutable columns; an absent property is untouched. */
export function patch<M extends BoundModel>(model: M): ObjectShape<Patch<M>> {
  const columns = model.fact.columns.filter((column) => isSentOnCreate(column) && !column.immutable)
  return objectShape(
    `${model.name}Patch`,
    columns.map((column) => columnField(column, false)),
  )
}

/** What leaves of a row: no hidden, no write-only column; every property is there, null included. */
export function read<M extends BoundModel>(model: M): ObjectShape<Read<M>> {
  return readOf(model.fact) as ObjectShape<Read<M>>
}

/** As `read`, where only the facts of a model are at hand. */
export function readOf(model: ModelFact): ObjectShape {
  const columns = model.columns.filter((column) => !column.hidden && !column.writeOnly)
  return objectShape(
    model.name,
    columns.map((column) => columnField(column, true)),
  )
}

/** A shape of its own, from the model's column builders: `shape({ limit: integer().range(1, 50) })`. */
export function shape<C extends Columns>(
  columns: C,
  options: { readonly name?: string } = {},
): ObjectShape<ValuesOf<C>> {
  const fields = columnFactsOf(columns).map((column) => columnField(column, isRequiredOnCreate(column)))
  return objectShape(options.name ?? null, fields)
}

function isSentOnCreate(column: ColumnFact): boolean {
  return !column.hidden && !column.readOnly && column.stamp === null
}

function isRequiredOnCreate(column: ColumnFact): boolean {
  return !column.nullable && column.default === null
}
