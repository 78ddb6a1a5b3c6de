import { validateHeaderName, validateHeaderValue } from 'node:http'
import { renderShape } from '../dto/index.ts'
import type { Shape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import { contentType } from './content.ts'
import { contentPayload, isPieces } from './content-payload.ts'
import { isEntityTag } from './entity-tag.ts'
import type { Outgoing } from './outgoing.ts'
import type { ResponseStyle } from './response-style.ts'
import type { MountedRoute, ResponseShape, RouteAnswer, Responses } from './route-facts.ts'
import { withTag } from './with-tag.ts'

/**
 * Projects an answer by the shape that its status declares and writes it as text. Done before the unit of work commits:
 * what cannot be answered is not stored either. `RESPONSE_MISMATCH` for a value that does not fit.
 */
export async function encodeAnswer(
  answer: RouteAnswer,
  route: Pick<MountedRoute, 'responses' | 'tagged' | 'method' | 'auth'>,
  style: ResponseStyle,
): Promise<Outgoing> {
  const { responses } = route
  const { status, page } = answer
  const headers = lowerCased(answer.headers)
  const declared = shapeFor(status, responses)
  const outgoing =
    declared?.kind === 'content'
      ? {
          status,
          headers: { 'content-type': contentType(declared), ...headers },
          payload: contentPayload(answer.value),
        }
      : written(style.success(await rendered(answer.projection ?? declared, answer.value), { status, page }), headers)
  const tagged = route.tagged === null ? outgoing : withTag(outgoing, answer, route)
  checkHeaders(tagged)
  return tagged
}

function lowerCased(headers: RouteAnswer['headers']): RouteAnswer['headers'] {
  const entries = Object.entries(headers)
  return entries.length === 0
    ? headers
    : Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]))
}

function rendered(shape: Shape | null, value: unknown): unknown {
  return shape === null ? undefined : renderShape(shape, value)
}

/** Said by whoever sends the bytes; another word on them would make a part of one answer the beginning of the next. */
const framing: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Node refuses such a header only when it is sent, which is after the commit, or not at all. */
function checkHeaders({ headers, payload }: Outgoing): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw mismatch('response', `header ${name}`, 'what no header can hold')
    }
    const known = name.toLowerCase()
    if (known === 'etag' && !isEntityTag(value)) throw mismatch('response', 'header etag', 'no entity tag')
    if (framing.has(known)) throw mismatch('response', `header ${name}`, 'what is for the server to say')
    if (known === 'content-length' && !isPieces(payload) && value !== lengthOf(payload))
      throw mismatch('response', `header ${name}`, 'not the length of the answer')
  }
}

function lengthOf(payload: string | Uint8Array | null): string {
  return String(payload === null ? 0 : Buffer.byteLength(payload))
}

/** RFC 9110, section 6.4.1, and 15.3.6 for 205. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/** An answer of a style as text, with the headers that do not come from the style. */
export function written(
  answer: ReturnType<ResponseStyle['success']>,
  headers: Readonly<Record<string, string>>,
): Outgoing & { readonly payload: string | null } {
  const payload = answer.body === undefined || bodiless.has(answer.status) ? null : JSON.stringify(answer.body)
  return { status: answer.status, headers: { ...answer.headers, ...headers }, payload }
}

function shapeFor(status: number, responses: Responses): ResponseShape {
  const shape = responses[status]
  if (shape === undefined) throw mismatch('response', `status ${status}`, 'not declared')
  return shape
}

function mismatch(shape: string, property: string, found: string): Error {
  return errors.RESPONSE_MISMATCH({ values: { shape, property, found } })
}
