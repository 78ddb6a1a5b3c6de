import type { HeaderObject } from './openapi-types.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const

/** Headers that Terrace sends, by their names as they are written; `required` where each such answer has it. */
const known: Readonly<Record<string, HeaderObject>> = {
  'X-Request-Id': { description: 'The name of this request in the log of the server.', required: true, schema: text },
  'Retry-After': {
    description: 'Seconds after which trying again may help; absent where the request may have been carried out.',
    required: false,
    schema: count,
  },
  'Content-Language': {
    description: 'The language of the messages, which `Accept-Language` chooses; English where it names neither.',
    required: true,
    schema: { type: 'string', enum: ['en', 'zh'] },
  },
  'WWW-Authenticate': { description: 'The scheme of the credential that is asked for.', required: true, schema: text },
  Location: {
    description: 'The path of what was made.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  ETag: {
    description:
      'Of this state of what is shown. As `If-None-Match` it asks whether that has changed; of a row with a version, as `If-Match` it is changed in no other.',
    required: false,
    schema: { type: 'string', pattern: '^(W/)?"[^"]*"$' },
  },
  'Idempotency-Replayed': {
    description: 'The answer of an earlier request with the same `Idempotency-Key`, which was carried out then.',
    required: false,
    schema: { type: 'string', enum: ['true'] },
  },
  Deprecation: { description: 'Since when the route is deprecated (RFC 9745).', required: true, schema: text },
  Sunset: { description: 'When the route will be gone (RFC 8594).', required: true, schema: text },
  'X-Total-Count': {
    description: 'Rows in the whole list; absent where they were not counted.',
    required: false,
    schema: count,
  },
  'X-Next-Cursor': {
    description: 'By which the list goes on, as `cursor`; absent at its end, and where it is not read by cursor.',
    required: false,
    schema: text,
  },
  Link: { description: 'Relative URLs of the neighbouring pages (RFC 8288).', required: false, schema: text },
}

/** What is known of a header, by its name in any case. */
export function headerNamed(name: string): { readonly name: string; readonly header: HeaderObject } {
  const written = Object.keys(known).find((key) => key.toLowerCase() === name.toLowerCase())
  if (written !== undefined) return { name: written, header: known[written] as HeaderObject }
  return { name: titled(name), header: { description: `The header ${titled(name)}.`, required: false, schema: text } }
}

function titled(name: string): string {
  return name.toLowerCase().replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
