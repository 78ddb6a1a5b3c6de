import { create, objectShape, patch, read } from '../dto/index.ts'
import type { ObjectShape, Shape } from '../dto/index.ts'
import type { BoundModel } from '../model/index.ts'
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

export function resourceShapes({ model, shapes }: ResourceService, given: ReadShapes | undefined): ResourceShapes {
  const whole = given ?? read(model)
  const made = shapes?.create ?? create(model)
  return {
    create: made,
    patch: shapes?.patch ?? patch(model),
    replace: made.kind === 'object' ? replaceShape(made, model) : null,
    ...('kind' in whole ? { list: whole, detail: whole } : whole),
  }
}

/** What creates a row, without what is set once: the row that is replaced keeps it. */
function replaceShape(made: ObjectShape, { name, fact }: BoundModel): ObjectShape {
  const fields = [...made.fields.values()]
  const kept = fields.filter((field) => fact.column[field.name]?.immutable !== true)
  return kept.length === fields.length ? made : objectShape(`${name}Replace`, kept)
}

/** A replacement with all that was not sent: its default, else null. */
export function completed(
  shape: ObjectShape,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const whole: Record<string, unknown> = { ...body }
  for (const field of shape.fields.values()) {
    if (field.kind !== 'column' || Object.hasOwn(body, field.name)) continue
    const { default: given } = field.column
    if (given?.kind === 'value') whole[field.name] = given.value
    else whole[field.name] = given?.kind === 'make' ? given.make() : null
  }
  return whole
}
