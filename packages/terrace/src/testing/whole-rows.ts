import type { JsonSchema } from '../dto/index.ts'

/**
 * The schema of an answer to whoever has not chosen properties: where a document says "the row, or a part of it", the row. What
 * references lead to stays as it is.
 */
export function wholeRows(schema: JsonSchema): JsonSchema {
  const [whole, part, ...more] = schema.anyOf ?? []
  if (whole !== undefined && more.length === 0 && part?.$ref === `${whole.$ref}Partial`) return whole
  const { properties, items } = schema
  return {
    ...schema,
    ...(items === undefined ? {} : { items: wholeRows(items) }),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, wholeRows(inner)])) }),
  }
}
