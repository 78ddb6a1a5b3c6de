import { STATUS_CODES } from 'node:http'
import { nameInWire } from '../dto/index.ts'
import type { JsonSchema, WireNames } from '../dto/index.ts'
import { issueListSchema } from './issue-schema.ts'
import { plain } from './plain.ts'
import type { ResponseStyle } from './response-style.ts'

/**
 * As `plain`, with errors as `application/problem+json` (RFC 9457):
 *
 * ```json
 * { "type": "about:blank", "title": "Not Found", "status": 404, "detail": "Product not found", "code": "NOT_FOUND", "requestId": "…" }
 * ```
 *
 * `title` is the status in words, as the type `about:blank` asks for; `code` tells errors apart. `errors` after a validation.
 */
export const problem: ResponseStyle = problemIn('camel')

function problemIn(names: WireNames): ResponseStyle {
  const requestId = nameInWire('requestId', names)
  return Object.freeze({
    name: 'problem',
    success: plain.success,
    failure: ({ status, code, message, issues, requestId: id }) => ({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'about:blank',
        title: STATUS_CODES[status] ?? 'Error',
        status,
        detail: message,
        code,
        [requestId]: id,
        ...(issues.length === 0 ? {} : { errors: issues }),
      },
    }),
    schema: { success: plain.schema.success, failure: (codes) => failureSchema(codes, requestId) },
    inWire: problemIn,
  } satisfies ResponseStyle)
}

function failureSchema(codes: readonly string[], requestId: string): JsonSchema {
  const text: JsonSchema = { type: 'string' }
  const always = {
    type: { type: 'string', format: 'uri-reference' },
    title: text,
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: text,
    code: { type: 'string', enum: codes },
    [requestId]: text,
  } as const satisfies Readonly<Record<string, JsonSchema>>
  return {
    type: 'object',
    properties: { ...always, errors: issueListSchema },
    required: Object.keys(always),
    additionalProperties: false,
  }
}
