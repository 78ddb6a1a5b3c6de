import { nameInWire } from '../dto/index.ts'
import type { JsonSchema, WireNames } from '../dto/index.ts'
import { issueListSchema } from './issue-schema.ts'
import type { PageInfo, ResponseStyle } from './response-style.ts'

/**
 * One structure for every answer: `{ "errorCode": "OK", "message": "ok", "data": … }`, with
 * `page: { page, pageSize, total }` for lists and `errors` after a validation. `data` is null in errors and after a DELETE,
 * which answers 200.
 */
export const envelope: ResponseStyle = envelopeIn('camel')

function envelopeIn(names: WireNames): ResponseStyle {
  const [errorCode, pageSize] = [nameInWire('errorCode', names), nameInWire('pageSize', names)]
  return Object.freeze({
    name: 'envelope',
    success: (value, { status, page }) => ({
      status: status === 204 ? 200 : status,
      headers: {},
      body: {
        [errorCode]: 'OK',
        message: 'ok',
        data: value ?? null,
        ...(page === null ? {} : { page: pageOf(page, pageSize) }),
      },
    }),
    failure: ({ status, code, message, issues }) => ({
      status,
      headers: {},
      body: { [errorCode]: code, message, data: null, ...(issues.length === 0 ? {} : { errors: issues }) },
    }),
    schema: {
      success: (item, list) =>
        enveloped(
          { [errorCode]: codeSchema(['OK']) },
          item === null ? { type: 'null' } : list ? { type: 'array', items: item } : item,
          list ? { page: pageSchema(pageSize) } : {},
        ),
      failure: (codes) =>
        enveloped({ [errorCode]: codeSchema(codes) }, { type: 'null' }, {}, { errors: issueListSchema }),
    },
    inWire: envelopeIn,
  } satisfies ResponseStyle)
}

/** For an offset that is no multiple of the limit, the page that its first row would be on. */
function pageOf({ limit, offset, total }: PageInfo, pageSize: string): Readonly<Record<string, number>> {
  return { page: Math.floor(offset / limit) + 1, [pageSize]: limit, ...(total === null ? {} : { total }) }
}

function pageSchema(pageSize: string): JsonSchema {
  const number: JsonSchema = { type: 'integer', minimum: 1 }
  return {
    type: 'object',
    properties: { page: number, [pageSize]: number, total: { type: 'integer', minimum: 0 } },
    required: ['page', pageSize],
    additionalProperties: false,
  }
}

function codeSchema(codes: readonly string[]): JsonSchema {
  return { type: 'string', enum: codes }
}

type Properties = Readonly<Record<string, JsonSchema>>

function enveloped(code: Properties, data: JsonSchema, needed: Properties, optional: Properties = {}): JsonSchema {
  const always = { ...code, message: { type: 'string' } as const, data }
  return {
    type: 'object',
    properties: { ...always, ...needed, ...optional },
    required: [...Object.keys(always), ...Object.keys(needed)],
    additionalProperties: false,
  }
}
