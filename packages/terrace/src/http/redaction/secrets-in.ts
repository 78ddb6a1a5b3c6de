import type { FastifyRequest } from 'fastify'
import type { JsonSchema, Shape, ShapeField } from '../../dto/index.ts'
import { mountedOf } from '../mounted-of.ts'
import { splitUrl } from '../split-url.ts'
import type { IsSecretName } from './secret-names.ts'

/** Shorter ones would blank out half of a log, and are guessed sooner than read. */
const shortest = 4

/**
 * The secret texts that a request brought: its credentials, and what its path, query and body give under secret names, or under
 * names that the shape of its body marks as only written. Looked for only when an error is about to be logged, whose message may
 * repeat them.
 */
export function secretsIn(request: FastifyRequest, isSecretName: IsSecretName): readonly string[] {
  const { headers, url, body, params } = request
  const shape = mountedOf(request)?.body ?? null
  const marked = new Set(shape === null ? [] : markedIn(shape))
  const isSecret: IsSecretName = (name) => isSecretName(name) || marked.has(name)
  const fromHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isSecret(name) ? [value ?? ''].flat().flatMap((text) => [text, ...text.split(/[\s;=]+/)]) : [],
  )
  const query = [...new URLSearchParams(splitUrl(url).queryString)].flatMap(([name, value]) =>
    isSecret(name) ? [value] : [],
  )
  const found = [...fromHeaders, ...query, ...textsUnder(params, isSecret), ...textsUnder(parsed(body), isSecret)]
  // The longest first: a part of another would leave the rest of it to be read.
  return [...new Set(found)].filter(({ length }) => length >= shortest).toSorted((a, b) => b.length - a.length)
}

/** The names under which a shape takes what nobody reads: a column may travel under another name than its own. */
function markedIn(shape: Shape): readonly string[] {
  if (shape.kind === 'list') return markedIn(shape.item)
  return shape.kind === 'object' ? [...shape.fields.values()].flatMap(markedField) : markedInSchema(shape.schema)
}

function markedField(field: ShapeField): readonly string[] {
  if (field.kind === 'nested') return markedIn(field.shape)
  return field.column.writeOnly || field.column.hidden ? [field.key] : []
}

function markedInSchema({ properties = {}, items }: JsonSchema): readonly string[] {
  const own = Object.entries(properties).flatMap(([name, schema]) =>
    schema.writeOnly === true || schema.format === 'password' ? [name] : markedInSchema(schema),
  )
  return items === undefined ? own : [...own, ...markedInSchema(items)]
}

function parsed(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return body
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    // No JSON has no names.
    return null
  }
}

/** As deep as bodies are read. */
const deepest = 32

function textsUnder(value: unknown, isSecret: IsSecretName, depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    isSecret(name) ? allTexts(inner, depth) : textsUnder(inner, isSecret, depth + 1),
  )
}

function allTexts(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  return Object.values(value).flatMap((inner) => allTexts(inner, depth + 1))
}
