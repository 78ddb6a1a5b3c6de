import { columnFactsOf } from '../model/index.ts'
import type { Cell, Column, DefaultFact } from '../model/index.ts'
import { columnField, nestedField, withDefault } from './object-shape.ts'
import type { AnswerOf, ListShape, ObjectShape, ShapeField, ValueOf } from './shape.ts'

/** What a property may hold: the value of a column, another shape, or one of these that need not be there. */
export type Part = PresentPart | OptionalPart
type PresentPart = Column | NestedPart
type NestedPart = ObjectShape | ListShape | NullablePart

/** The properties of a hand-written shape by name. */
export type Parts = Readonly<Record<string, Part>>

export interface NullablePart<S extends ObjectShape | ListShape = ObjectShape | ListShape> {
  readonly kind: 'nullable'
  readonly of: S
}

export interface OptionalPart<P extends PresentPart = PresentPart> {
  readonly kind: 'optional'
  readonly of: P
}

/** A shape within, or null; the property itself is always there: `shape({ product: nullable(read(models.Product)) })`. */
export function nullable<S extends ObjectShape | ListShape>(of: S): NullablePart<S> {
  return Object.freeze({ kind: 'nullable', of })
}

/**
 * A property that need not be there, neither sent nor answered. Absent is not null: `optional(text())` refuses null,
 * `optional(nullable(shape({ … })))` takes it.
 */
export function optional<P extends PresentPart>(of: P): OptionalPart<P> {
  return Object.freeze({ kind: 'optional', of })
}

/** The value of a part in process; null where it may be, never undefined. */
export type PartValue<P> = P extends Column
  ? Cell<P>
  : P extends NullablePart<infer S>
    ? ValueOf<S> | null
    : P extends OptionalPart<infer Q>
      ? PartValue<Q>
      : ValueOf<P>

/** As `PartValue`, of an answer. */
export type PartAnswer<P> = P extends Column
  ? Cell<P>
  : P extends NullablePart<infer S>
    ? AnswerOf<S> | null
    : P extends OptionalPart<infer Q>
      ? PartAnswer<Q>
      : AnswerOf<P>

/** A property made of a part. `isPatch`: nothing of it must be sent. */
export function partField(name: string, part: Part, isPatch = false): ShapeField {
  if (!('kind' in part)) return columnPart(name, part, isPatch)
  if (part.kind === 'optional') return { ...partField(name, part.of, true), omittable: true }
  const isNullable = part.kind === 'nullable'
  return nestedField(name, isNullable ? part.of : part, { required: !isPatch, nullable: isNullable })
}

function columnPart(name: string, column: Column, isPatch: boolean): ShapeField {
  const [fact] = columnFactsOf({ [name]: column })
  if (fact === undefined) throw new TypeError(`${name} is no column`)
  const { default: given } = fact
  // The database's clock is no default of a value that is stored nowhere.
  const fallback = given === null || given.kind === 'now' ? null : valueOf(given)
  const field = columnField(fact, !isPatch && !fact.nullable && fallback === null)
  // What is absent from a change is untouched, and what may be absent at all has said so.
  return isPatch || fallback === null ? field : { ...withDefault(field), fallback }
}

function valueOf(given: Exclude<DefaultFact, { readonly kind: 'now' }>): () => unknown {
  return given.kind === 'make' ? given.make : () => given.value
}
