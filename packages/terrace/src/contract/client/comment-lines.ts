import type { Schema } from '../api-document.ts'

/** Lines of a doc comment; none where there is nothing to say. What would end the comment is written otherwise. */
export function commentLines(parts: readonly (string | undefined)[], indent = ''): readonly string[] {
  const lines = parts
    .filter((part) => part !== undefined && part.trim() !== '')
    .flatMap((part) => (part as string).replaceAll('*/', '*\\/').split(/\r?\n/))
    .map((line) => line.trimEnd())
  if (lines.length === 0) return []
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`]
  return [`${indent}/**`, ...lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`), `${indent} */`]
}

/** What a type cannot say: bounds, lengths, formats. */
export function schemaFacts(schema: Schema): string | undefined {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, format, pattern, type } = schema
  const facts = [
    type === 'integer' ? 'whole number' : undefined,
    range(minimum, maximum, ''),
    range(minLength, maxLength, ' characters'),
    range(minItems, maxItems, ' items'),
    format,
    pattern === undefined || format !== undefined || pattern.length > 40 ? undefined : `/${pattern}/`,
  ].filter((fact) => fact !== undefined)
  if (facts.length === 0) return undefined
  const text = facts.join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function range(min: number | undefined, max: number | undefined, unit: string): string | undefined {
  if (min === undefined && max === undefined) return undefined
  if (max === undefined) return `at least ${min}${unit}`
  return min === undefined ? `at most ${max}${unit}` : `${min} to ${max}${unit}`
}
