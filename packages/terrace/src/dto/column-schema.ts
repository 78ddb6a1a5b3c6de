import type { ColumnFact, RuleFact } from '../model/index.ts'
import type { JsonSchema, JsonType } from './json-schema.ts'
import { wireTypeOf } from './wire-type.ts'

/** The JSON Schema of one column: its type on the wire, its rules, null where it may be, its description and example. */
export function columnSchema(column: ColumnFact): JsonSchema {
  const wire = wireTypeOf(column.type)
  const ruled = column.rules.reduce<JsonSchema>((schema, rule) => ({ ...schema, ...ruleSchema(rule) }), wire.schema)
  return { ...(column.nullable ? orNull(ruled) : ruled), ...annotations(column, wire.render) }
}

type RuleSchema = { readonly [K in RuleFact['kind']]: (rule: Extract<RuleFact, { kind: K }>) => JsonSchema }

// Bounds of bigint and decimal columns are no JSON numbers, so they are described by the column's text and held by the DAO.
const ruleSchemas: RuleSchema = {
  length: ({ min, max }) => ({ minLength: min, ...(max === null ? {} : { maxLength: max }) }),
  range: ({ min, max }) => ({
    ...(typeof min === 'number' ? { minimum: min } : {}),
    ...(typeof max === 'number' ? { maximum: max } : {}),
  }),
  oneOf: ({ values }) => ({ enum: values }),
  pattern: ({ source }) => ({ pattern: source }),
  email: () => ({ format: 'email' }),
}

function ruleSchema(rule: RuleFact): JsonSchema {
  const render = ruleSchemas[rule.kind] as (rule: RuleFact) => JsonSchema
  return render(rule)
}

function orNull(schema: JsonSchema): JsonSchema {
  if (schema.type === undefined) return schema
  const types = [schema.type, 'null'].flat() as JsonType[]
  return { ...schema, type: types, ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }) }
}

function annotations(column: ColumnFact, render: (value: unknown) => unknown): JsonSchema {
  return {
    ...(column.describe === null ? {} : { description: column.describe }),
    ...(column.example === undefined ? {} : { examples: [column.example === null ? null : render(column.example)] }),
  }
}
