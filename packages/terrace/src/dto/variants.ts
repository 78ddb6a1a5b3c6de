import { issueText } from '../errors/index.ts'
import type { IssueText } from '../errors/index.ts'
import type { ColumnFact, ModelFact } from '../model/index.ts'
import type { JsonSchema, JsonType } from './json-schema.ts'
import type { ShapeField, Variants } from './shape.ts'

export interface VariantIssue extends IssueText {
  readonly field: ShapeField
}

/** What keeps a value from being one of the variants, said of the one that it comes closest to; the first declared wins. */
export function variantIssues(
  { variants, fields }: { readonly variants: Variants; readonly fields: ReadonlyMap<string, ShapeField> },
  isGiven: (field: ShapeField) => boolean,
): readonly VariantIssue[] {
  const fieldOf = (name: string): ShapeField => fields.get(name) as ShapeField
  const given = namesOf(variants).filter((name) => isGiven(fieldOf(name)))
  const distances = variants.map((variant) => ({
    variant,
    missing: variant.filter((name) => !given.includes(name)),
    extra: given.filter((name) => !variant.includes(name)),
  }))
  const [closest] = distances.toSorted((one, other) => sizeOf(one) - sizeOf(other))
  if (closest === undefined || sizeOf(closest) === 0) return []
  const keysOf = (names: readonly string[]): string => names.map((name) => fieldOf(name).key).join(' + ')
  const choices = variants.map(keysOf).join(' | ')
  const others = keysOf(closest.variant)
  return [
    ...closest.missing.map((name) => ({ field: fieldOf(name), ...issueText('oneVariant', { choices }) })),
    ...closest.extra.map((name) => ({ field: fieldOf(name), ...issueText('notTogether', { others }) })),
  ]
}

function sizeOf({
  missing,
  extra,
}: {
  readonly missing: readonly string[]
  readonly extra: readonly string[]
}): number {
  return missing.length + extra.length
}

/** Every name that stands in some variant, once. */
export function namesOf(variants: Variants): readonly string[] {
  return [...new Set(variants.flat())]
}

/**
 * The variants that follow from a model's rule between columns, where all of them are sent. Of several such rules none: they would
 * have to be told together, and the DAO holds each.
 */
export function ruleVariants({ rowRules }: ModelFact, sent: readonly ColumnFact[]): Variants {
  const isSent = (name: string): boolean => sent.some((column) => column.name === name)
  const [rule, ...others] = rowRules.filter(({ kind, columns }) => kind === 'exactlyOne' && columns.every(isSent))
  return rule === undefined || others.length > 0 ? [] : rule.columns.map((name) => [name])
}

/** The keyword that says it to a validator; nothing where there are no variants. */
export function variantSchema(variants: Variants, fields: readonly ShapeField[]): Pick<JsonSchema, 'oneOf'> {
  if (variants.length === 0) return {}
  const chosen = fields.filter(({ name }) => namesOf(variants).includes(name))
  const oneOf = variants.map((variant) => ({
    required: chosen.filter(({ name }) => variant.includes(name)).map(({ key }) => key),
    properties: Object.fromEntries(
      chosen.map(({ name, key, schema }) => [key, variant.includes(name) ? withoutNull(schema) : nothing]),
    ),
  }))
  return { oneOf }
}

const nothing: JsonSchema = { type: 'null' }

/** The same schema without null. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const types = [schema.type ?? []].flat().filter((type): type is JsonType => type !== 'null')
  const [only] = types
  if (only === undefined) return schema
  const values = schema.enum?.filter((value) => value !== null)
  return { ...schema, type: types.length === 1 ? only : types, ...(values === undefined ? {} : { enum: values }) }
}
