import { isReference, resolved, type Schema } from '../api-document.ts'
import { changeOf, ofSchema, within as placeIn, type ApiChange } from './change.ts'
import type { Comparing } from './comparing.ts'
import { diffAlternatives } from './diff-alternatives.ts'
import { diffObjects } from './diff-objects.ts'
import { diffTypes } from './diff-types.ts'
import { diffLimits } from './diff-limits.ts'
import { isSame } from './is-same.ts'

/** What differs between two schemas at one place, in the direction in which their values travel. */
export function diffSchemas(before: Schema, now: Schema, where: string, comparing: Comparing): readonly ApiChange[] {
  const pair = isReference(before) && isReference(now) ? `${before.$ref} ${now.$ref}` : null
  if (pair !== null && comparing.open.has(pair)) return []
  const within = pair === null ? comparing : { ...comparing, open: new Set([...comparing.open, pair]) }
  const [one, other] = [merged(before, comparing.before), merged(now, comparing.now)]
  if (one === null || other === null)
    return one === other ? [] : [changeOf('schema-changed', where, { was: before, is: now })]
  // Two that say nothing would be looked into without end.
  if (Object.keys(one).length + Object.keys(other).length === 0) return []
  const alternatives = diffAlternatives(one, other, where, { comparing: within, diffSchemas })
  const changes = alternatives ?? diffKeywords(one, other, where, within)
  return pair === null ? changes : ofSchema(pair, where, changes)
}

function diffKeywords(one: Schema, other: Schema, where: string, comparing: Comparing): readonly ApiChange[] {
  const types = diffTypes(one, other, where, comparing)
  return [
    ...types,
    ...diffLimits(one, other, where, comparing),
    ...diffObjects(one, other, where, { comparing, diffSchemas }),
    ...diffItems(one, other, where, comparing),
    ...(isSame(one.not, other.not)
      ? []
      : [changeOf('schema-changed', where, { was: { not: one.not }, is: { not: other.not } })]),
    ...(isSame(one.default, other.default) || comparing.direction === 'answer'
      ? []
      : [changeOf('default-changed', where, { was: one.default, is: other.default })]),
  ]
}

function diffItems(one: Schema, other: Schema, where: string, comparing: Comparing): readonly ApiChange[] {
  const places = Math.max(one.prefixItems?.length ?? 0, other.prefixItems?.length ?? 0)
  const first = Array.from({ length: places }, (_, at) =>
    diffSchemas(
      one.prefixItems?.[at] ?? one.items ?? {},
      other.prefixItems?.[at] ?? other.items ?? {},
      placeIn(where, String(at)),
      comparing,
    ),
  )
  if (one.items === undefined && other.items === undefined) return first.flat()
  return [...first.flat(), ...diffSchemas(one.items ?? {}, other.items ?? {}, placeIn(where, '*'), comparing)]
}

/** Without its reference, and with what `allOf` adds: a keyword of the schema's own goes before. Null where a reference leads nowhere. */
function merged(schema: Schema, document: Comparing['before']): Schema | null {
  const found = resolved<Schema>(document, schema)
  if (found === null) return null
  const { $ref: _, ...beside } = isReference(schema) ? schema : { $ref: '' }
  const own = isReference(schema) ? { ...found, ...beside } : found
  if (own.allOf === undefined) return own
  const { allOf, ...rest } = own
  const parts = allOf.map((part) => merged(part, document))
  if (parts.includes(null)) return null
  return ([...parts, rest] as readonly Schema[]).reduce(
    (all, part) => ({
      ...all,
      ...part,
      ...joined('properties', { ...all.properties, ...part.properties }),
      ...joined('required', [...new Set([...(all.required ?? []), ...(part.required ?? [])])]),
    }),
    {},
  )
}

function joined(name: string, value: object): object {
  return Object.keys(value).length === 0 ? {} : { [name]: value }
}
