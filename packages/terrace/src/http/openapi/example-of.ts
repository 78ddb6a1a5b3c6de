import type { ColumnField, ComputedField, ObjectShape, Shape, ShapeField } from '../../dto/index.ts'
import { compileValidator } from '../../model/index.ts'
import { columnCandidates } from './column-candidates.ts'

/** An example as it travels, or null where none is known that its shape would take. */
export type Example = { readonly value: unknown } | null

/** `sent`: what is required and what has an example of its own; `answered`: every property. */
export type ExampleOf = 'sent' | 'answered'

// Deep enough for anything that is read as an example; a shape within itself ends here.
const deepest = 4

/** The declared examples of a shape's columns; where there is none, a value that fits their rules. */
export function exampleOf(shape: Shape, of: ExampleOf, depth = 0): Example {
  if (depth > deepest) return null
  if (shape.kind === 'foreign') return firstOf((of === 'sent' ? shape.schema : shape.answered).examples)
  if (shape.kind === 'object') return objectExample(shape, of, depth)
  const item = exampleOf(shape.item, of, depth + 1)
  return { value: item === null ? [] : [item.value] }
}

function objectExample(shape: ObjectShape, of: ExampleOf, depth: number): Example {
  const value: Record<string, unknown> = {}
  for (const field of shape.fields.values()) {
    if (of === 'sent' && !isShownAsSent(field, shape)) continue
    const example = fieldExample(field, of, depth)
    if (example !== null) value[field.key] = example.value
    else if (field.required) return null
  }
  return { value }
}

/** Of groups of which only one may be sent, the first. */
function isShownAsSent(field: ShapeField, { variants }: ObjectShape): boolean {
  const groups = variants.filter((variant) => variant.includes(field.name))
  if (groups.length > 0) return groups[0] === variants[0]
  return field.kind !== 'computed' && (field.required || hasOwnExample(field))
}

function hasOwnExample(field: ShapeField): boolean {
  return field.kind === 'column' && field.column.example !== undefined
}

function fieldExample(field: ShapeField, of: ExampleOf, depth: number): Example {
  if (field.kind !== 'nested') return columnExample(field)
  if (!field.required) return null
  return exampleOf(field.shape, of, depth + 1) ?? (field.nullable ? { value: null } : null)
}

/** Of one column: each candidate is read and checked as if it had been sent. */
export function columnExample(field: ColumnField | ComputedField): Example {
  const { column, wire } = field
  const check = compileValidator(column)
  const declared = column.example === undefined ? [] : [column.example === null ? null : wire.render(column.example)]
  const candidates = [...declared, ...columnCandidates(column)]
  const fitting = candidates.find((candidate) => {
    if (candidate === null) return column.nullable
    const parsed = wire.parse(candidate)
    return parsed !== undefined && check(parsed) === null
  })
  return fitting === undefined ? (column.nullable ? { value: null } : null) : { value: fitting }
}

function firstOf(examples: readonly unknown[] | undefined): Example {
  return examples === undefined || examples.length === 0 ? null : { value: examples[0] }
}
