import { findJsonFault, parseAnyShape } from '../../dto/index.ts'
import { errors } from '../../errors/index.ts'
import type { Issue } from '../../errors/index.ts'
import type { Answer } from '../exchange/exchange.ts'
import type { Operation } from '../operation-types.ts'
import type { Place } from '../place.ts'

export interface ResultParts {
  readonly operation: Operation
  readonly place: Place
  readonly jsonDepth: number
}

// Fatal: bytes that are no UTF-8 must not become U+FFFD in silence.
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The value that an answer of a good status holds. `REMOTE_MISMATCH` where it is not what was declared. */
export async function resultOf(answer: Answer, { operation, place, jsonDepth }: ResultParts): Promise<unknown> {
  const { response } = operation.shapes
  if (answer.status === 404 && operation.declaration.notFound === null) return null
  if (response === null) return undefined
  const json = jsonOf(answer.bytes, jsonDepth, place)
  const parsed = await parseAnyShape(response, json, 'body', { unknown: 'drop' })
  if (parsed.ok) return parsed.value
  const { issues } = parsed
  const reason = issues.length === 1 ? 'a value does not fit' : `${issues.length} values do not fit`
  throw mismatch(place, reason, new Error(issues.slice(0, 10).map(shown).join('; ')))
}

/** Where and against which rule, never what stood there. */
const shown = ({ path, code }: Issue): string => `${path === '' ? '/' : path.slice(0, 200)} ${code}`

function jsonOf(bytes: Uint8Array, jsonDepth: number, place: Place): unknown {
  if (bytes.length === 0) throw mismatch(place, 'it is empty')
  const text = decoded(bytes, place)
  const value = parsedJson(text, place)
  const fault = findJsonFault(text, jsonDepth)
  if (fault !== null) throw mismatch(place, fault)
  return value
}

function decoded(bytes: Uint8Array, place: Place): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw mismatch(place, 'it is not UTF-8')
  }
}

/** The parser's own message quotes what it read. */
function parsedJson(text: string, place: Place): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw mismatch(place, 'it is no JSON')
  }
}

function mismatch(place: Place, reason: string, cause?: Error): Error {
  return errors.REMOTE_MISMATCH({ values: { ...place, reason }, ...(cause === undefined ? {} : { cause }) })
}
