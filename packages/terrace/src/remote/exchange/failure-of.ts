import { errors } from '../../errors/index.ts'
import { Failed } from '../failed.ts'
import { AddressRefused, ConnectTimeout } from '../network/guarded-connector.ts'
import type { Place } from '../place.ts'
import { causeOf } from './cause-of.ts'

export interface FailureContext {
  readonly place: Place
  readonly secrets: readonly string[]
  readonly connectMs: number
}

/** What an answer may be that is none, by the library's code; parsers of HTTP and of packed bytes have many. */
const brokenAnswers: readonly (readonly [code: RegExp, reason: string])[] = [
  [/^HPE_/, 'it is no HTTP'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'its headers are too large'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'it has another length than it says'],
  [/^(Z_|ERR__?ERROR|ERR_BROTLI|ERR__)/, 'it cannot be unpacked'],
]

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_DESTROYED: 'it is closed',
  UND_ERR_CLOSED: 'it is closed',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved at present',
  ETIMEDOUT: 'it cannot be reached',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'it cannot be reached',
}

const closed: ReadonlySet<string> = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED'])

/** The failure that a thrown error of the connection, or of reading its answer, means. */
export function failureOf(error: unknown, { place, secrets, connectMs }: FailureContext): Failed {
  if (error instanceof Failed) return error
  const refused = addressRefused(error)
  if (refused !== null)
    return new Failed(errors.REMOTE_ADDRESS({ values: { ...place, reason: refused.range } }), { isTransient: false })
  if (error instanceof ConnectTimeout) {
    const values = { ...place, what: 'be connected to', limitMs: connectMs }
    return new Failed(errors.REMOTE_TIMEOUT({ values }), { isTransient: true })
  }
  const cause = causeOf(error, secrets)
  const code = codeOf(error)
  if (code === 'UND_ERR_INVALID_ARG') {
    const problems = 'a header, or its credentials, with a character that cannot be sent'
    return new Failed(errors.REMOTE_INPUT({ values: { ...place, problems } }), { isTransient: false })
  }
  const broken = brokenAnswers.find(([codes]) => codes.test(code))
  if (broken !== undefined)
    return new Failed(errors.REMOTE_MISMATCH({ values: { ...place, reason: broken[1] }, cause }), {
      isTransient: false,
    })
  const reason = reasons[code] ?? (isCertificate(code) ? 'its certificate is not accepted' : 'the connection failed')
  const isTransient = !isCertificate(code) && !closed.has(code)
  return new Failed(errors.REMOTE_UNAVAILABLE({ values: { ...place, reason }, cause }), { isTransient })
}

/** Where several addresses were tried, each has an error of its own. */
function innermost(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? (error.errors[0] as unknown) : error
}

function codeOf(error: unknown): string {
  const { code, name } = innermost(error) as { readonly code?: unknown; readonly name?: unknown }
  if (typeof code === 'string') return code
  return name === 'HTTPParserError' ? 'HPE_UNKNOWN' : ''
}

function addressRefused(error: unknown): AddressRefused | null {
  if (error instanceof AddressRefused) return error
  const { cause } = error as { readonly cause?: unknown }
  return cause instanceof AddressRefused ? cause : null
}

const isCertificate = (code: string): boolean => /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_SSL/.test(code)
