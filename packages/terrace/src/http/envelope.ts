import { nameInWire } from '../dto/index.ts'
import type { JsonSchema, WireNames } from '../dto/index.ts'
import { issueListSchema } from './issue-schema.ts'
import type { PageInfo, ResponseStyle } from './response-style.ts'

/**
 * One structure for every answer: `{ "errorCode": "OK", "message": "ok", "data": … }`, with
 * `page: { page, pageSize, total }` for lists, or by cursor `{ pageSize, nextCursor, total }`, and `errors` after a validation. `data` is null in errors and after a DELETE,
 * which answers 200.
 */
export const envelope: ResponseStyle = envelopeIn('camel')

function envelopeIn(names: WireNames): ResponseStyle {
  const errorCode = nameInWire('errorCode', names)
  const inPage = { pageSize: nameInWire('pageSize', names), nextCursor: nameInWire('nextCursor', names) }
  return Object.freeze({
    name: 'envelope',
    success: (value, { status, page }) => ({
      status: status === 204 ? 200 : status,
      headers: {},
      body: {
        [errorCode]: 'OK',
        message: 'ok',
        data: value ?? null,
        ...(page === null ? {} : { page: pageOf(page, inPage) }),
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
          list ? { page: pageSchema(inPage) } : {},
        ),
      failure: (codes) =>
        enveloped({ [errorCode]: codeSchema(codes) }, { type: 'null' }, {}, { errors: issueListSchema }),
    },
    inWire: envelopeIn,
  } satisfies ResponseStyle)
}

/** The names of its properties that are made of two words. */
interface PageKeys {
  readonly pageSize: string
  readonly nextCursor: string
}

/** For an offset that is no multiple of the limit, the page that its first row would be on. */
function pageOf({ limit, offset, cursor, total }: PageInfo, names: PageKeys): Readonly<Record<string, unknown>> {
  const place = cursor === null ? { page: Math.floor((offset ?? 0) / limit) + 1 } : { [names.nextCursor]: cursor.next }
  return { ...place, [names.pageSize]: limit, ...(total === null ? {} : { total }) }
}

function pageSchema({ pageSize, nextCursor }: PageKeys): JsonSchema {
  const number: JsonSchema = { type: 'integer', minimum: 1 }
  const placed = (name: string, place: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: { [name]: place, [pageSize]: number, total: { type: 'integer', minimum: 0 } },
    required: [name, pageSize],
    additionalProperties: false,
  })
  return { anyOf: [placed('page', number), placed(nextCursor, { type: ['string', 'null'] })] }
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
