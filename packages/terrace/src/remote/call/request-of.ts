import type { Shape } from '../../dto/index.ts'
import { errors, TerraceError } from '../../errors/index.ts'
import type { Outgoing } from '../exchange/exchange.ts'
import { pathNames } from '../operation.ts'
import type { Operation } from '../operation-types.ts'
import type { Place } from '../place.ts'
import { sentJson } from './sent-json.ts'
import type { Problems } from './sent-json.ts'

type Values = Readonly<Record<string, unknown>>

/** A request without what belongs to one call: its credentials and its key. */
export type Request = Omit<Outgoing, 'credentials'>

export interface RequestParts {
  readonly base: URL
  readonly headers: Readonly<Record<string, string>>
  readonly operation: Operation
  readonly place: Place
}

/** The request that an input means; `REMOTE_INPUT` with everything that does not fit what the operation declares. */
export async function requestOf(input: unknown, { base, headers, operation, place }: RequestParts): Promise<Request> {
  const { method, path, declaration, shapes } = operation
  const given = (input ?? {}) as Values
  const problems: Problems = Object.keys(given)
    .filter((name) => !inputParts.has(name))
    .map((name) => `${name}: is no part of a call, which has params, query and body`)
  const params = await partOf(shapes.params, given['params'] ?? {}, 'params', problems)
  const query = await partOf(shapes.query, given['query'] ?? {}, 'query', problems)
  const body = await partOf(shapes.body, given['body'], 'body', problems)
  const url = new URL(base.href)
  url.pathname = pathOf(base.pathname, path, (params ?? given['params'] ?? {}) as Values, problems)
  for (const [name, value] of queryPairs(query as Values | undefined, problems)) url.searchParams.append(name, value)
  if (problems.length > 0) throw errors.REMOTE_INPUT({ values: { ...place, problems: problems.join('; ') } })
  const sent = body === undefined ? {} : { 'content-type': 'application/json' }
  return {
    method,
    url,
    headers: { accept: 'application/json', ...lowerCase(headers), ...lowerCase(declaration.headers ?? {}), ...sent },
    body: body === undefined ? null : JSON.stringify(body),
  }
}

const inputParts: ReadonlySet<string> = new Set(['params', 'query', 'body'])

function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

async function partOf(shape: Shape | null, value: unknown, name: string, problems: Problems): Promise<unknown> {
  if (shape === null) {
    const isEmpty = value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
    // Without a shape the parameters of a path are its texts.
    if (!isEmpty && name !== 'params') problems.push(`${name}: is declared by nothing`)
    return undefined
  }
  try {
    return await sentJson(shape, value, `${name} `, problems)
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error
    problems.push(`${name}: ${error.message}`)
    return undefined
  }
}

/** The segments of the path with its parameters, none of which can be more, less or another thing than one segment. */
function pathOf(base: string, pattern: string, params: Values, problems: Problems): string {
  const names = pathNames(pattern)
  for (const name of Object.keys(params)) if (!names.includes(name)) problems.push(`params /${name}: is not known`)
  const path = pattern.replaceAll(/:([A-Za-z][A-Za-z0-9]*)/g, (_, name: string) =>
    segmentOf(name, params[name], problems),
  )
  return `${base.replace(/\/$/, '')}${path}`
}

function segmentOf(name: string, value: unknown, problems: Problems): string {
  const text = textOf(value)
  if (text === null || text === '') problems.push(`params /${name}: must be given`)
  // Encoded or not, a URL takes these for the way up.
  else if (text === '.' || text === '..') problems.push(`params /${name}: is no segment of a path`)
  else if (text.isWellFormed()) return encodeURIComponent(text)
  else problems.push(`params /${name}: has half of a surrogate pair`)
  return '-'
}

function queryPairs(
  query: Values | undefined,
  problems: Problems,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(query ?? {}).flatMap(([name, value]) => {
    const items = Array.isArray(value) ? (value as readonly unknown[]) : [value]
    return items.flatMap((item) => {
      if (item === null || item === undefined) return []
      const text = textOf(item)
      if (text !== null) return [[name, text] as const]
      problems.push(`query /${name}: an object has no form in a query`)
      return []
    })
  })
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : null
}
