import { parseAnyShape } from '../dto/index.ts'
import type { Parsed } from '../dto/index.ts'
import { errors, TerraceError } from '../errors/index.ts'
import { readQueryString } from './query-string.ts'
import { refuseUnknownNames } from './query-values.ts'
import type { MountedRoute } from './route-facts.ts'

/** What came with a request; `json` is its body as JSON, undefined where the route reads none. */
export interface Received {
  /** What stands behind the `?`. */
  readonly queryString: string
  readonly pathTexts: Readonly<Record<string, string>>
  readonly json: unknown
}

/** Values as the route declares them. */
export interface Sent {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/**
 * Reads what was sent by the schemas of a route. `UNKNOWN_QUERY` for a name that it does not know; `VALIDATION` names what is
 * wrong in the query and in the body at once; a path of the wrong form is not found.
 */
export async function readSent(route: MountedRoute, { queryString, pathTexts, json }: Received): Promise<Sent> {
  const query = readQuery(route, queryString)
  const parsing = route.body === null ? nothingSent : parseAnyShape(route.body, json)
  const body = parsing instanceof Promise ? await parsing : parsing
  if (!query.ok || !body.ok) throw errors.VALIDATION({ issues: [...issuesOf(query), ...issuesOf(body)] })
  return { params: route.params?.read(pathTexts), query: query.value, body: body.value }
}

const nothingSent: Parsed<unknown> = { ok: true, value: undefined }

const noNames: ReadonlySet<string> = new Set()

function readQuery(route: MountedRoute, queryString: string): Parsed<unknown> {
  const texts = readQueryString(queryString)
  if (route.query === null) {
    refuseUnknownNames(texts, noNames)
    return nothingSent
  }
  try {
    return { ok: true, value: route.query.read(texts) }
  } catch (error) {
    if (error instanceof TerraceError && error.code === errors.VALIDATION.code)
      return { ok: false, issues: error.issues }
    throw error
  }
}

function issuesOf(parsed: Parsed<unknown>): Extract<Parsed<unknown>, { readonly ok: false }>['issues'] {
  return parsed.ok ? [] : parsed.issues
}
