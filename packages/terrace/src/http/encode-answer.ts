import { validateHeaderName, validateHeaderValue } from 'node:http'
import { renderShape } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { ResponseStyle } from './response-style.ts'
import type { ListShape, ResponseShape, RouteAnswer, Responses } from './route-facts.ts'

/** What goes over the wire; `payload` is null for no body. */
export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | null
}

type RowData = Readonly<Record<string, unknown>>

/**
 * Projects an answer by the shape that its status declares and writes it as text. Done before the unit of work commits:
 * what cannot be answered is not stored either. `RESPONSE_MISMATCH` for a value that does not fit.
 */
export function encodeAnswer(answer: RouteAnswer, responses: Responses, style: ResponseStyle): Outgoing {
  const { status, headers, page } = answer
  const value = projected(shapeFor(status, responses), answer.value)
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

function projected(shape: ResponseShape, value: unknown): unknown {
  if (shape === null) return undefined
  if (isList(shape)) return rowsOf(value).map((row) => renderShape(shape.item, rowOf(row, shape.item.name)))
  return renderShape(shape, rowOf(value, shape.name))
}

function isList(shape: Exclude<ResponseShape, null>): shape is ListShape {
  return 'kind' in shape
}

function rowsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw mismatch('list', 'the list', typeof value)
}

function rowOf(value: unknown, name: string | null): RowData {
  if (typeof value === 'object' && value !== null) return value as RowData
  throw mismatch(name ?? 'response', 'the object', String(value === null ? null : typeof value))
}

function mismatch(shape: string, property: string, found: string): Error {
  return errors.RESPONSE_MISMATCH({ values: { shape, property, found } })
}
