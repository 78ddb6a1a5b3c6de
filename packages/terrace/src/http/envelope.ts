import type { JsonSchema } from '../dto/index.ts'
import { issueListSchema } from './issue-schema.ts'
import type { PageInfo, ResponseStyle } from './response-style.ts'

/**
 * One structure for every answer: `{ "errorCode": "OK", "message": "ok", "data": … }`, with
 * `page: { page, pageSize, total }` for lists and `errors` after a validation. `data` is null in errors and after a DELETE,
 * which answers 200.
 */
export const envelope: ResponseStyle = Object.freeze({
  name: 'envelope',
  success: (value, { status, page }) => ({
    status: status === 204 ? 200 : status,
    headers: {},
    body: { errorCode: 'OK', message: 'ok', data: value ?? null, ...(page === null ? {} : { page: pageOf(page) }) },
  }),
  failure: ({ status, code, message, issues }) => ({
    status,
    headers: {},
    body: { errorCode: code, message, data: null, ...(issues.length === 0 ? {} : { errors: issues }) },
  }),
  schema: {
    success: (item, list) =>
      enveloped(
        ['OK'],
        item === null ? { type: 'null' } : list ? { type: 'array', items: item } : item,
        list ? { page: pageSchema } : {},
      ),
    failure: (codes) => enveloped(codes, { type: 'null' }, {}, { errors: issueListSchema }),
  },
} satisfies ResponseStyle)

/** For an offset that is no multiple of the limit, the page that its first row would be on. */
function pageOf({ limit, offset, total }: PageInfo): Readonly<Record<string, number>> {
  return { page: Math.floor(offset / limit) + 1, pageSize: limit, ...(total === null ? {} : { total }) }
}

const count: JsonSchema = { type: 'integer', minimum: 0 }

const pageSchema: JsonSchema = {
  type: 'object',
  properties: { page: { type: 'integer', minimum: 1 }, pageSize: { type: 'integer', minimum: 1 }, total: count },
  required: ['page', 'pageSize'],
  additionalProperties: false,
}

type Properties = Readonly<Record<string, JsonSchema>>

function enveloped(
  codes: readonly string[],
  data: JsonSchema,
  needed: Properties,
  optional: Properties = {},
): JsonSchema {
  return {
    type: 'object',
    properties: {
      errorCode: { type: 'string', enum: codes },
      message: { type: 'string' },
      data,
      ...needed,
      ...optional,
    },
    required: ['errorCode', 'message', 'data', ...Object.keys(needed)],
    additionalProperties: false,
  }
}
