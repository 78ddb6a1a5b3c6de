import { issueListSchema } from './issue-schema.ts'
import { pageHeaders } from './page-headers.ts'
import type { ResponseStyle } from './response-style.ts'

/**
 * The value itself. Lists are arrays with `x-total-count` and `link`; a DELETE answers 204 without a body; errors are
 * `{ "detail": "Product not found", "code": "NOT_FOUND" }`, with `errors` after a validation.
 */
export const plain: ResponseStyle = Object.freeze({
  name: 'plain',
  success: (value, { status, page }) => ({ status, headers: pageHeaders(page), body: value }),
  failure: ({ status, code, message, issues }) => ({
    status,
    headers: {},
    body: { detail: message, code, ...(issues.length === 0 ? {} : { errors: issues }) },
  }),
  schema: {
    success: (item, list) => (list && item !== null ? { type: 'array', items: item } : item),
    failure: (codes) => ({
      type: 'object',
      properties: { detail: { type: 'string' }, code: { type: 'string', enum: codes }, errors: issueListSchema },
      required: ['detail', 'code'],
      additionalProperties: false,
    }),
  },
} satisfies ResponseStyle)
