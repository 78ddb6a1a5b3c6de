import type { ColumnFact, RuleFact } from '../model/index.ts'
import type { JsonSchema, JsonType } from './json-schema.ts'
import { wireTypeOf } from './wire-type.ts'
import type { WireType } from './wire-type.ts'

/** The JSON Schema of one column: its type on the wire, its rules, null where it may be, its description and example. */
export function columnSchema(column: ColumnFact): JsonSchema {
  const wire = wireTypeOf(column.type)
  const rules = wire.schema.type === 'number' ? column.rules.map(inNumbers) : column.rules
  const ruled = withRules(itemsOf(column, wire.schema), rules)
  return { ...(column.nullable ? orNull(ruled) : ruled), ...annotations(column, wire) }
}

/** The bounds of a decimal that travels as a number. */
function inNumbers(rule: RuleFact): RuleFact {
  if (rule.kind !== 'range') return rule
  const bound = (value: typeof rule.min): number | null => (value === null ? null : Number(value))
  return { kind: 'range', min: bound(rule.min), max: bound(rule.max) }
}

/** The rules of an array's items stand on its items. */
function itemsOf({ itemRules }: ColumnFact, schema: JsonSchema): JsonSchema {
  return schema.items === undefined ? schema : { ...schema, items: withRules(schema.items, itemRules) }
}

function withRules(schema: JsonSchema, rules: readonly RuleFact[]): JsonSchema {
  return rules.reduce<JsonSchema>((ruled, rule) => ({ ...ruled, ...ruleSchema(rule) }), schema)
}

type RuleSchema = { readonly [K in RuleFact['kind']]: (rule: Extract<RuleFact, { kind: K }>) => JsonSchema }

// Bounds of what travels as text are no JSON numbers: the description says them, and the parser holds them.
const ruleSchemas: RuleSchema = {
  length: ({ min, max }) => ({ minLength: min, ...(max === null ? {} : { maxLength: max }) }),
  range: ({ min, max }) => ({
    ...(typeof min === 'number' ? { minimum: min } : {}),
    ...(typeof max === 'number' ? { maximum: max } : {}),
  }),
  oneOf: ({ values }) => ({ enum: values }),
  pattern: ({ source, flags }) => (isPortable(source, flags) ? { pattern: source } : {}),
  email: () => ({ format: 'email' }),
}

/** JSON Schema knows no flags and reads a pattern as with `u`; where that means something else, it is held by the parser alone. */
function isPortable(source: string, flags: string): boolean {
  if (/[ims]/.test(flags)) return false
  try {
    return new RegExp(source, 'u').unicode
  } catch {
    return false
  }
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

function annotations(column: ColumnFact, { schema, render }: WireType): JsonSchema {
  const description = descriptionOf(column, schema)
  return {
    ...(description === null ? {} : { description }),
    ...(column.example === undefined ? {} : { examples: [column.example === null ? null : render(column.example)] }),
  }
}

function descriptionOf({ describe, rules }: ColumnFact, wire: JsonSchema): string | null {
  const range = rules.find((rule) => rule.kind === 'range')
  if (range === undefined || wire.type !== 'string') return describe
  const bounds = boundsText(range.min, range.max)
  return describe === null ? `${bounds.charAt(0).toUpperCase()}${bounds.slice(1)}` : `${describe} (${bounds})`
}

type Bound = string | number | bigint | null

function boundsText(min: Bound, max: Bound): string {
  if (min === null) return `at most ${max}`
  return max === null ? `at least ${min}` : `from ${min} to ${max}`
}
