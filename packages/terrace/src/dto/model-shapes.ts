import type { BoundModel, ColumnFact, ModelFact, Row } from '../model/index.ts'
import { computedField } from './computed.ts'
import type { Computed } from './computed.ts'
import type {
  AnswersOf,
  Changeable,
  Create,
  CreateWith,
  Patch,
  PatchWith,
  Read,
  Readable,
  ReadWith,
  Sendable,
  ValuesOf,
  VariantsOf,
  WithVariants,
} from './dto-types.ts'
import { checkShape, shapeWhere } from './check-shape.ts'
import type { ShapeChoice } from './check-shape.ts'
import { columnField, objectShape, withDefault } from './object-shape.ts'
import { partField } from './parts.ts'
import type { Parts } from './parts.ts'
import type { CreateOptions, PatchOptions, ReadOptions } from './shape-options.ts'
import type { ColumnField, ObjectShape } from './shape.ts'
import { namesOf, ruleVariants } from './variants.ts'

type Nothing = Readonly<Record<never, never>>

/**
 * What a client sends to create a row: no hidden, read-only or stamped column, no key that Terrace makes. A rule `exactlyOne` of
 * the model, all of whose columns are sent, makes variants of them.
 *
 * ```ts
 * create(models.FoodEntry, { optional: ['grams'], with: { note: optional(text()) }, as: { kcal100g: 'energy' } })
 * create(models.Payment, { variants: [['cardNumber'], ['iban', 'bic']] })   // a union to the service, `oneOf` in the document
 * ```
 *
 * `SHAPE_DECLARATION` for columns that are not the model's or cannot be sent, and for names that are there twice.
 */
export function create<M extends BoundModel>(model: M): ObjectShape<Create<M>>
export function create<
  M extends BoundModel,
  Only extends Sendable<M> = Sendable<M>,
  Except extends Sendable<M> = never,
  Optional extends Sendable<M> = never,
  W extends Parts = Nothing,
  const V extends VariantsOf<M> = readonly [],
>(
  model: M,
  options: CreateOptions<M, Only, Except, Optional, W, V>,
): ObjectShape<WithVariants<M, CreateWith<M, Exclude<Only, Except | V[number][number]>, Optional, W>, V>>
export function create(model: BoundModel, given: object = {}): ObjectShape {
  const options = given as ShapeChoice
  const where = shapeWhere('create', model.name)
  checkShape(where, { model: model.fact, travels: isSentOnCreate, verb: 'be sent', options })
  const columns = chosenColumns(model.fact, isSentOnCreate, options)
  const fields = columns.map((column) => sentField(createField(column, options), options))
  const name = options.name ?? `${model.name}Create`
  const variants = options.variants ?? ruleVariants(model.fact, columns)
  return objectShape(name, [...fields.map(withDefault), ...partFields(options)], variants)
}

/** What one variant has may be null in the others. */
function createField(column: ColumnFact, { optional = [], variants = [] }: ShapeChoice): ColumnField {
  if (namesOf(variants).includes(column.name)) return columnField({ ...column, nullable: true }, false)
  return columnField(column, isRequiredOnCreate(column) && !optional.includes(column.name))
}

/**
 * What a client sends to change a row: as `create` without immutable columns; an absent property is untouched, and so is what
 * `with` adds. `SHAPE_DECLARATION` as for `create`.
 */
export function patch<M extends BoundModel>(model: M): ObjectShape<Patch<M>>
export function patch<
  M extends BoundModel,
  Only extends Changeable<M> = Changeable<M>,
  Except extends Changeable<M> = never,
  W extends Parts = Nothing,
>(model: M, options: PatchOptions<M, Only, Except, W>): ObjectShape<PatchWith<M, Exclude<Only, Except>, W>>
export function patch(model: BoundModel, given: object = {}): ObjectShape {
  const options = given as ShapeChoice
  const where = shapeWhere('patch', model.name)
  checkShape(where, { model: model.fact, travels: isSentOnPatch, verb: 'be changed', options })
  const columns = chosenColumns(model.fact, isSentOnPatch, options)
  const fields = columns.map((column) => sentField(columnField(column, false), options))
  return objectShape(options.name ?? `${model.name}Patch`, [...fields, ...partFields(options, true)])
}

/**
 * What leaves of a row: no hidden, no write-only column; every property is there, null included.
 *
 * ```ts
 * read(models.Product, { name: 'ProductSummary', only: ['id', 'name'] })
 * read(models.FoodEntry, { computed: { kcal: computed(float(), (row) => kcalOf(row)) } })
 * ```
 *
 * `SHAPE_DECLARATION` for columns that are not the model's or may not leave, and for names that are there twice.
 */
export function read<M extends BoundModel>(model: M): ObjectShape<Read<M>>
export function read<
  M extends BoundModel,
  Only extends Readable<M> = Readable<M>,
  Except extends Readable<M> = never,
  C extends Readonly<Record<string, Computed<Row<M>>>> = Nothing,
  W extends Parts = Nothing,
>(model: M, options: ReadOptions<M, Only, Except, C, W>): ObjectShape<ReadWith<M, Exclude<Only, Except>, C, W>>
export function read(model: BoundModel, given: object = {}): ObjectShape {
  const options = given as ShapeChoice
  checkShape(shapeWhere('read', model.name), { model: model.fact, travels: isRead, verb: 'leave', options })
  return readShape(model.fact, options)
}

/** As `read`, where only the facts of a model are at hand. */
export function readOf(model: ModelFact): ObjectShape {
  return readShape(model, {})
}

/**
 * A shape of its own, from the model's column builders, and from shapes within:
 * `shape({ limit: integer().range(1, 50).default(20), items: list(shape({ name: text() })) })`. Where a column with a default is
 * not sent, its default is read.
 *
 * `SHAPE_DECLARATION` for a part that is none.
 */
export function shape<P extends Parts>(
  parts: P,
  options: { readonly name?: string } = {},
): ObjectShape<ValuesOf<P>, AnswersOf<P>> {
  checkShape(`shape(${options.name ?? ''})`, { model: null, options: { ...options, with: parts } })
  const fields = Object.entries(parts).map(([name, part]) => partField(name, part))
  return objectShape(options.name ?? null, fields)
}

function readShape(model: ModelFact, options: ShapeChoice): ObjectShape {
  const fields = chosenColumns(model, isRead, options).map((column) => {
    const field = aliased(columnField(column, true), options)
    return isSentOnCreate(column) ? field : { ...field, schema: { ...field.schema, readOnly: true } }
  })
  const computed = Object.entries(options.computed ?? {}).map(([name, given]) => computedField(name, given))
  return objectShape(options.name ?? model.name, [...fields, ...computed, ...partFields(options)])
}

function chosenColumns(
  { columns }: ModelFact,
  travels: (column: ColumnFact) => boolean,
  { only, except = [] }: ShapeChoice,
): readonly ColumnFact[] {
  return columns.filter(
    (column) => travels(column) && only?.includes(column.name) !== false && !except.includes(column.name),
  )
}

function partFields({ with: parts = {} }: ShapeChoice, isPatch = false) {
  return Object.entries(parts).map(([name, part]) => partField(name, part, isPatch))
}

function aliased(field: ColumnField, { as = {} }: ShapeChoice): ColumnField {
  return { ...field, key: as[field.name] ?? field.key }
}

function sentField(field: ColumnField, options: ShapeChoice): ColumnField {
  const named = aliased(field, options)
  return field.column.writeOnly ? { ...named, schema: { ...named.schema, writeOnly: true } } : named
}

function isRead(column: ColumnFact): boolean {
  return !column.hidden && !column.writeOnly
}

function isSentOnCreate(column: ColumnFact): boolean {
  return !column.hidden && !column.readOnly && column.stamp === null
}

function isSentOnPatch(column: ColumnFact): boolean {
  return isSentOnCreate(column) && !column.immutable
}

function isRequiredOnCreate(column: ColumnFact): boolean {
  return !column.nullable && column.default === null
}
