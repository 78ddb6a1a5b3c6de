import { isReference, type Schema } from '../api-document.ts'
import { commentLines, schemaFacts } from './comment-lines.ts'
import { keyText, literalText } from './type-names.ts'

export interface TypeParts {
  /** The name of the type of a schema that is referred to; null for one that is not in the document. */
  nameOf($ref: string): string | null
  readonly indent: string
}

/** A schema as a type, as it is written behind a colon. */
export function typeText(schema: Schema | boolean, parts: TypeParts): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never'
  if (isReference(schema)) return parts.nameOf(schema.$ref) ?? 'unknown'
  const pieces = [ownText(schema, parts), ...combined(schema, parts)].filter((piece) => piece !== null)
  const known = pieces.filter((piece) => piece !== 'unknown')
  if (known.length === 0) return 'unknown'
  return known.length === 1 ? (known[0] as string) : known.map(grouped).join(' & ')
}

/** The lines of an object type without its braces, each with its comment. */
export function propertyLines({ properties = {}, required = [] }: Schema, parts: TypeParts): readonly string[] {
  const { indent } = parts
  return Object.entries(properties).flatMap(([name, property]) => [
    ...commentLines(
      [property.description, isReference(property) ? undefined : schemaFacts(property), deprecated(property)],
      indent,
    ),
    `${indent}${keyText(name)}${required.includes(name) ? '' : '?'}: ${typeText(property, deeper(parts))}`,
  ])
}

export function deeper<P extends { readonly indent: string }>(parts: P): P {
  return { ...parts, indent: `${parts.indent}  ` }
}

function deprecated(schema: Schema): string | undefined {
  return schema.deprecated === true ? '@deprecated' : undefined
}

/** Null where the schema is a combination alone. */
function ownText(schema: Schema, parts: TypeParts): string | null {
  if ('const' in schema) return literalText(schema.const)
  if (schema.enum !== undefined) return unionText(schema.enum.map(literalText))
  if (schema.type === undefined) return impliedText(schema, parts)
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type
  // OpenAPI 3.0 says it so.
  const isNullable = 'nullable' in schema && schema.nullable === true
  return unionText([...types.map((type) => byType[type](schema, parts)), ...(isNullable ? ['null'] : [])])
}

function impliedText(schema: Schema, parts: TypeParts): string | null {
  if (schema.properties !== undefined) return objectText(schema, parts)
  if (schema.items !== undefined || schema.prefixItems !== undefined) return arrayText(schema, parts)
  return schema.anyOf || schema.oneOf || schema.allOf ? null : 'unknown'
}

const byType: Readonly<Record<string, (schema: Schema, parts: TypeParts) => string>> &
  Readonly<Record<NonNullable<Extract<Schema['type'], string>>, (schema: Schema, parts: TypeParts) => string>> = {
  string: () => 'string',
  number: () => 'number',
  integer: () => 'number',
  boolean: () => 'boolean',
  null: () => 'null',
  array: arrayText,
  object: objectText,
}

function arrayText({ items, prefixItems }: Schema, parts: TypeParts): string {
  if (prefixItems !== undefined) {
    const rest = items === undefined ? '...unknown[]' : `...${grouped(typeText(items, parts))}[]`
    return `[${[...prefixItems.map((item) => typeText(item, parts)), ...((items as unknown) === false ? [] : [rest])].join(', ')}]`
  }
  return `${grouped(typeText(items ?? {}, parts))}[]`
}

function objectText(schema: Schema, parts: TypeParts): string {
  const { properties = {}, additionalProperties } = schema
  const hasProperties = Object.keys(properties).length > 0
  if (!hasProperties) {
    if (additionalProperties === false) return 'Record<string, never>'
    const others = typeof additionalProperties === 'object' ? typeText(additionalProperties, parts) : 'unknown'
    return `Record<string, ${others}>`
  }
  return `{\n${propertyLines(schema, parts).join('\n')}\n${parts.indent.slice(2)}}`
}

function combined(schema: Schema, parts: TypeParts): readonly string[] {
  const { anyOf, oneOf, allOf } = schema
  const choice = (choices: readonly Schema[] | undefined): readonly string[] =>
    choices === undefined
      ? []
      : [unionText(wholeRows(choices).map((each) => choiceText(each, { schema, choices }, parts)))]
  return [...(allOf ?? []).map((part) => typeText(part, parts)), ...choice(anyOf), ...choice(oneOf)]
}

/**
 * Without `ProductPartial` where there is `Product`: parts of rows are answered to whoever asks by `fields`, which the types do not offer,
 * so that each property of a row is there.
 */
export function wholeRows(choices: readonly Schema[]): readonly Schema[] {
  const names = new Set(choices.flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref])))
  return choices.filter(({ $ref }) => !($ref?.endsWith('Partial') && names.has($ref.slice(0, -'Partial'.length))))
}

interface Choosing {
  readonly schema: Schema
  readonly choices: readonly Schema[]
}

/** Of alternatives that only say which properties have to be there: those, and none that only others name. */
function choiceText(choice: Schema, { schema, choices }: Choosing, parts: TypeParts): string {
  const { properties } = schema
  const { required } = choice
  if (
    properties === undefined ||
    required === undefined ||
    choice.properties !== undefined ||
    choice.type !== undefined
  )
    return typeText(choice, parts)
  const others = new Set(choices.flatMap((other) => other.required ?? []).filter((name) => !required.includes(name)))
  const needed = required.map((name) => `${keyText(name)}: ${typeText(properties[name] ?? {}, parts)}`)
  return `{ ${[...needed, ...[...others].map((name) => `${keyText(name)}?: never`)].join('; ')} }`
}

function unionText(texts: readonly string[]): string {
  const distinct = [...new Set(texts)]
  return distinct.includes('unknown')
    ? 'unknown'
    : distinct.map((text) => (text.includes(' & ') ? `(${text})` : text)).join(' | ')
}

/** In parentheses where it would be read otherwise. */
function grouped(text: string): string {
  const isSimple =
    /^[\w$.]+(\[\])*$/.test(text) || /^'[^']*'$/.test(text) || (text.startsWith('{') && isOneObject(text))
  return isSimple ? text : `(${text})`
}

function isOneObject(text: string): boolean {
  let depth = 0
  for (const [at, character] of [...text].entries()) {
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (depth === 0) return at === text.length - 1
  }
  return false
}
