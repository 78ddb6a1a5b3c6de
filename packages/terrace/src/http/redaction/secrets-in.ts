import type { FastifyRequest } from 'fastify'
import { splitUrl } from '../split-url.ts'
import type { IsSecretName } from './secret-names.ts'

/** Shorter ones would blank out half of a log, and are guessed sooner than read. */
const shortest = 4

/**
 * The secret texts that a request brought: its credentials, and what its body and query give under secret names. Looked for
 * only when an error is about to be logged, whose message may repeat them.
 */
export function secretsIn({ headers, url, body }: FastifyRequest, isSecret: IsSecretName): readonly string[] {
  const fromHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isSecret(name) ? [value ?? ''].flat().flatMap((text) => [text, ...text.split(/[\s;=]+/)]) : [],
  )
  const query = [...new URLSearchParams(splitUrl(url).queryString)].flatMap(([name, value]) =>
    isSecret(name) ? [value] : [],
  )
  const found = [...fromHeaders, ...query, ...textsUnder(parsed(body), isSecret)]
  // The longest first: a part of another would leave the rest of it to be read.
  return [...new Set(found)].filter(({ length }) => length >= shortest).toSorted((a, b) => b.length - a.length)
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
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  return Object.values(value).flatMap((inner) => allTexts(inner, depth + 1))
}
