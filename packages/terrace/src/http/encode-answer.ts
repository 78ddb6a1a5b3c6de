import { validateHeaderName, validateHeaderValue } from 'node:http'
import { renderShape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { ResponseStyle } from './response-style.ts'
import type { ResponseShape, RouteAnswer, Responses } from './route-facts.ts'

/** What goes over the wire; `payload` is null for no body. */
export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | null
}

/**
 * Projects an answer by the shape that its status declares and writes it as text. Done before the unit of work commits:
 * what cannot be answered is not stored either. `RESPONSE_MISMATCH` for a value that does not fit.
 */
export async function encodeAnswer(answer: RouteAnswer, responses: Responses, style: ResponseStyle): Promise<Outgoing> {
  const { status, headers, page } = answer
  const declared = shapeFor(status, responses)
  const shape = answer.projection ?? declared
  const value = shape === null ? undefined : await renderShape(shape, answer.value)
  const outgoing = written(style.success(value, { status, page }), headers)
  checkHeaders(outgoing.headers)
  return outgoing
}

/** Node refuses such a header only when it is sent, which is after the commit. */
function checkHeaders(headers: Outgoing['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw mismatch('response', `header ${name}`, 'what no header can hold')
    }
  }
}

/** An answer of a style as text, with the headers that do not come from the style. */
export function written(
  answer: ReturnType<ResponseStyle['success']>,
  headers: Readonly<Record<string, string>>,
): Outgoing {
  const payload = answer.body === undefined ? null : JSON.stringify(answer.body)
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
