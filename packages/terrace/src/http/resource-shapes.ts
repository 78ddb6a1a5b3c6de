import { create, objectShape, patch, read } from '../dto/index.ts'
import type { ObjectShape, Shape } from '../dto/index.ts'
import type { BoundModel, ColumnFact } from '../model/index.ts'
import type { ResourceService } from './resource-service.ts'

/** How rows leave: in one shape, or in another in lists than alone. */
export type ReadShapes = ObjectShape | { readonly list: ObjectShape; readonly detail: ObjectShape }

/** What the routes of one resource take and give, with names in process. */
export interface ResourceShapes {
  readonly create: Shape
  readonly patch: Shape
  /** A whole row to stand in place of another; null where what creates a row does not say of which columns it is. */
  readonly replace: ObjectShape | null
  readonly list: ObjectShape
  readonly detail: ObjectShape
}

export function resourceShapes(
  { model, shapes, nested = {} }: ResourceService,
  given: ReadShapes | undefined,
): ResourceShapes {
  const whole = given ?? read(model)
  const made = shapes?.create ?? create(model)
  return {
    create: made,
    patch: shapes?.patch ?? patch(model),
    replace: made.kind === 'object' ? replaceShape(made, model, Object.keys(nested)) : null,
    ...('kind' in whole ? { list: whole, detail: whole } : whole),
  }
}

/** What creates a row, without its children and what is set once: the row that is replaced keeps it, and with it the variant that it is. */
function replaceShape(made: ObjectShape, { name, fact }: BoundModel, children: readonly string[]): ObjectShape {
  const fields = [...made.fields.values()]
  const kept = fields.filter((field) => fact.column[field.name]?.immutable !== true && !children.includes(field.name))
  if (kept.length === fields.length) return made
  const isSent = (column: string): boolean => kept.some((field) => field.name === column)
  return objectShape(`${name}Replace`, kept, made.variants.flat().every(isSent) ? made.variants : [])
}

/** A replacement with all columns of the model that were not sent: their defaults, else null. */
export function completed(
  { fields }: ObjectShape,
  body: Readonly<Record<string, unknown>>,
  { column }: BoundModel['fact'],
): Readonly<Record<string, unknown>> {
  const absent = [...fields.keys()].filter((name) => Object.hasOwn(column, name) && !Object.hasOwn(body, name))
  return { ...body, ...Object.fromEntries(absent.map((name) => [name, standIn(column[name]?.default ?? null)])) }
}

function standIn(given: ColumnFact['default']): unknown {
  if (given?.kind === 'value') return given.value
  return given?.kind === 'make' ? given.make() : null
}
