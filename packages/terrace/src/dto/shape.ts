import { columnFactsOf, compileValidator, typeCheck } from '../model/index.ts'
import type { BoundModel, ColumnFact, Columns, RuleViolation } from '../model/index.ts'
import { columnSchema } from './column-schema.ts'
import type { Create, Patch, Read, ValuesOf } from './dto-types.ts'
import type { JsonSchema } from './json-schema.ts'
import { wireTypeOf } from './wire-type.ts'
import type { WireType } from './wire-type.ts'

/** Where a shape keeps the type of its value; no value ever has it. */
export declare const shapeValue: unique symbol

/** One property of a shape and the column it follows from. */
export interface ShapeField {
  readonly name: string
  readonly column: ColumnFact
  readonly required: boolean
  readonly schema: JsonSchema
  readonly wire: WireType
  readonly check: (value: unknown) => RuleViolation | null
  /** Whether a value in process is of the column's type at all, whatever its rules. */
  readonly isOfType: (value: unknown) => boolean
}

/** An object on the wire, derived from columns: a request's body or query, or the projection of a row. `T` is in process. */
export interface Shape<T = unknown> {
  /** The name of its schema in OpenAPI; null for those that stand in one place only. */
  readonly name: string | null
  readonly fields: ReadonlyMap<string, ShapeField>
  readonly schema: JsonSchema
  readonly [shapeValue]?: T
}

/** What a client sends to create a row: no hidden, read-only or stamped column, no key that Terrace makes. */
export function create<M extends BoundModel>(model: M): Shape<Create<M>> {
  const columns = model.fact.columns.filter(isSentOnCreate)
  return shapeOf(`${model.name}Create`, columns, isRequiredOnCreate)
}

/** What a client sends to change a row: as `create` without immutable columns; an absent property is untouched. */
export function patch<M extends BoundModel>(model: M): Shape<Patch<M>> {
  const columns = model.fact.columns.filter((column) => isSentOnCreate(column) && !column.immutable)
  return shapeOf(`${model.name}Patch`, columns, () => false)
}

/** What leaves of a row: no hidden, no write-only column; every property is there, null included. */
export function read<M extends BoundModel>(model: M): Shape<Read<M>> {
  const columns = model.fact.columns.filter((column) => !column.hidden && !column.writeOnly)
  return shapeOf(model.name, columns, () => true)
}

/** A shape of its own, from the model's column builders: `shape({ limit: integer().range(1, 50) })`. */
export function shape<C extends Columns>(columns: C, options: { readonly name?: string } = {}): Shape<ValuesOf<C>> {
  return shapeOf(options.name ?? null, columnFactsOf(columns), isRequiredOnCreate)
}

function isSentOnCreate(column: ColumnFact): boolean {
  return !column.hidden && !column.readOnly && column.stamp === null
}

function isRequiredOnCreate(column: ColumnFact): boolean {
  return !column.nullable && column.default === null
}

function shapeOf<T>(
  name: string | null,
  columns: readonly ColumnFact[],
  isRequired: (column: ColumnFact) => boolean,
): Shape<T> {
  const fields = columns.map((column) => fieldOf(column, isRequired(column)))
  return Object.freeze({
    name,
    fields: new Map(fields.map((field) => [field.name, field])),
    schema: objectSchema(fields),
  })
}

function fieldOf(column: ColumnFact, required: boolean): ShapeField {
  return {
    name: column.name,
    column,
    required,
    schema: columnSchema(column),
    wire: wireTypeOf(column.type),
    check: compileValidator(column),
    isOfType: typeTest(column),
  }
}

/** Native types are the database's own: whatever it gave is one. */
function typeTest({ type }: ColumnFact): (value: unknown) => boolean {
  if (type.kind === 'native') return () => true
  const check = typeCheck(type)
  return (value) => check(value) === null
}

function objectSchema(fields: readonly ShapeField[]): JsonSchema {
  const required = fields.filter((field) => field.required).map((field) => field.name)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, field.schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}
