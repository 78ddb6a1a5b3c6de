import type { JsonSchema } from '../../dto/index.ts'

type Keep = (name: string, schema: JsonSchema) => JsonSchema

/**
 * A schema that was made elsewhere as a part of the document: what it refers to within itself becomes schemas of the document,
 * since `#` is the document there.
 */
export function foreignSchema(
  { name, schema }: { readonly name: string | null; readonly schema: JsonSchema },
  place: string,
  keep: Keep,
): JsonSchema {
  // Of what a schema carries only its JSON belongs in a document.
  const { $schema: _schema, $id: _id, $defs = {}, ...own } = JSON.parse(JSON.stringify(schema)) as RawSchema
  const base = name ?? place
  const refers = (text: string): boolean => JSON.stringify([own, $defs]).includes(text)
  const names = { root: base, of: (definition: string): string => `${base}${capitalized(definition)}` }
  for (const [definition, inner] of Object.entries($defs))
    keep(names.of(definition), rewritten(inner, names) as JsonSchema)
  const whole = rewritten(own, names) as JsonSchema
  return name === null && !refers('"$ref":"#"') ? whole : keep(base, whole)
}

interface RawSchema {
  readonly $schema?: unknown
  readonly $id?: unknown
  readonly $defs?: Readonly<Record<string, unknown>>
}

interface Names {
  readonly root: string
  of(definition: string): string
}

function rewritten(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((entry) => rewritten(entry, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string' ? [key, refOf(inner, names)] : [key, rewritten(inner, names)],
    ),
  )
}

function refOf(ref: string, names: Names): string {
  if (ref === '#') return `#/components/schemas/${names.root}`
  const definition = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1]
  return definition === undefined ? ref : `#/components/schemas/${names.of(definition)}`
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
