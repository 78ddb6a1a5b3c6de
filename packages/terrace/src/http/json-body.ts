import { errors } from '../errors/index.ts'
import { findJsonFault } from '../dto/index.ts'

const deepestJson = 32

// Fatal: bytes that are no UTF-8 must not become U+FFFD in silence. A byte order mark stays and is refused by JSON.parse.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a body as JSON (RFC 8259). `MALFORMED_JSON` for anything else, and also for a key given twice in one object, which
 * parsers read differently, and for more than 32 levels.
 */
export function readJson(body: Uint8Array): unknown {
  const text = decoded(body)
  const value = parsed(text)
  const fault = findJsonFault(text, deepestJson)
  if (fault !== null) throw errors.MALFORMED_JSON({ values: { problem: fault } })
  return value
}

function decoded(body: Uint8Array): string {
  if (body.length === 0) throw errors.MALFORMED_JSON({ values: { problem: 'it is empty' } })
  try {
    return utf8.decode(body)
  } catch (cause) {
    throw errors.MALFORMED_JSON({ values: { problem: 'it is not UTF-8' }, cause })
  }
}

// The parser's own message quotes the input, so it stays in the cause.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw errors.MALFORMED_JSON({ values: { problem: 'its syntax is broken' }, cause })
  }
}
