import { issueText } from '../../errors/index.ts'
import type { NestedField, Shape, ShapeField } from '../../dto/index.ts'

/** What does not fit, each with its place: `body /price: must be from 0 to 10`. */
export type Problems = string[]

/**
 * The plain JSON that a value is sent as. Checked as far as the shape says: types, rules of the columns, how many entries a list has, no property that it does not
 * name. What may be absent and is, stays absent. A foreign shape checks itself and throws.
 */
export function sentJson(shape: Shape, value: unknown, at: string, problems: Problems): unknown {
  if (shape.kind === 'foreign') return shape.render(value)
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return refused(problems, at, 'must be a list')
    const { atLeast = 0, atMost = Infinity } = shape.bounds
    if (value.length < atLeast) refused(problems, at, issueText('itemsAtLeast', { min: atLeast }).message)
    if (value.length > atMost) return refused(problems, at, issueText('itemsAtMost', { max: atMost }).message)
    return value.map((item, index) => sentJson(shape.item, item, `${at}/${index}`, problems))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(problems, at, 'must be an object')
  const given = value as Readonly<Record<string, unknown>>
  for (const name of Object.keys(given)) if (!shape.fields.has(name)) refused(problems, `${at}/${name}`, 'is not known')
  const json: Record<string, unknown> = {}
  for (const field of shape.fields.values()) {
    const part = given[field.name]
    if (part !== undefined) json[field.key] = sentField(field, part, `${at}/${field.name}`, problems)
    else if (field.required) refused(problems, `${at}/${field.name}`, 'must be given')
    else if (field.kind === 'column' && field.fallback !== undefined)
      json[field.key] = field.wire.render(field.fallback())
  }
  return json
}

function sentField(field: ShapeField, part: unknown, at: string, problems: Problems): unknown {
  if (part === null) return field.nullable ? null : refused(problems, at, 'must not be null')
  if (field.kind === 'nested') return sentJson((field satisfies NestedField).shape, part, at, problems)
  if (!field.isOfType(part)) return refused(problems, at, 'is not of its type')
  const violation = field.kind === 'column' ? field.check(part) : null
  return violation === null ? field.wire.render(part) : refused(problems, at, violation.message)
}

function refused(problems: Problems, at: string, problem: string): undefined {
  problems.push(`${at}: ${problem}`)
}
