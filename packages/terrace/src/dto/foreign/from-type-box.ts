import { shapeError } from '../shape-error.ts'
import type { ForeignShape } from '../shape.ts'
import { fromJsonSchema } from './from-json-schema.ts'
import type { TypeBoxSchema, TypeBoxValue } from './type-box.ts'

/**
 * A shape from a schema of TypeBox 1, its type included. `SHAPE_DECLARATION` where the schema holds functions (`Refine`,
 * `Codec`), which JSON Schema does not know.
 */
export function fromTypeBox<S extends TypeBoxSchema>(
  schema: S,
  options: { readonly name?: string } = {},
): ForeignShape<TypeBoxValue<S>> {
  const mark = ['~refine', '~codec'].find((name) => holds(schema, name))
  if (mark !== undefined) throw shapeError([functionProblem(mark)])
  return fromJsonSchema(inDraft2020(schema) as object, options)
}

function functionProblem(mark: string) {
  return {
    where: 'the TypeBox schema',
    problem: `it has a ${mark === '~refine' ? 'Refine' : 'Codec'}, a function, which JSON Schema does not know`,
    remedy: 'Check or convert the value in the handler, or use a library that implements Standard Schema',
  }
}

/** TypeBox's marks are properties that are not enumerable. */
function holds(schema: unknown, mark: string): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  return Object.hasOwn(schema, mark) || Object.values(schema).some((part) => holds(part, mark))
}

/** TypeBox writes tuples as JSON Schema had them until 2019. */
function inDraft2020(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inDraft2020)
  if (typeof schema !== 'object' || schema === null || schema instanceof RegExp) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, inDraft2020(part)]))
  if (!('~kind' in schema) || schema['~kind'] !== 'Tuple') return parts
  const { additionalItems, items, ...others } = parts
  return { ...others, prefixItems: items, items: additionalItems, maxItems: (items as readonly unknown[]).length }
}
