import type { JsonSchema } from '../json-schema.ts'

/**
 * A hand-written schema as plain JSON that may stand inside an OpenAPI document: without `$schema`, and with a `RegExp` as its
 * source. `TypeError` for what JSON cannot hold.
 */
export function describedSchema(schema: unknown): JsonSchema {
  const text = JSON.stringify(schema, (_, value: unknown) => (value instanceof RegExp ? value.source : value))
  const { $schema: _, ...described } = JSON.parse(text) as JsonSchema & { readonly $schema?: string }
  return described
}
