import { declarationError } from './declaration-error.ts'

/** What a route answers that is not JSON: text, bytes, or either piece by piece. A Node stream is the latter. */
export type ContentValue = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/** Declares the media type of an answer that is sent as it is, in no response style. */
export interface Content {
  readonly kind: 'content'
  readonly mediaType: string
}

/**
 * An answer of another media type than JSON: `responses: { 200: content('text/csv') }`. The handler gives text, bytes, or an
 * iterable or stream of them, and what else belongs to it by
 * `reply(200, rows, { 'content-disposition': 'attachment; filename="products.csv"' })`.
 *
 * The first piece is made inside the unit of work: one that fails is answered with an error and undoes what was written. Then the
 * unit is committed, and no later piece can ask the request's services: read before you return it, or give it a source of its own.
 * One that fails later cuts the connection, so that what was sent does not look complete, and is logged.
 */
export function content(mediaType: string): Content {
  // Without parameters: text is always UTF-8, and says so.
  if (/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/.test(mediaType)) return Object.freeze({ kind: 'content', mediaType })
  throw declarationError({
    where: `content('${mediaType}')`,
    problem: 'this is no media type',
    remedy: 'Write it in lower case and without parameters, such as text/csv or application/pdf',
  })
}

export function isContent(source: object): source is Content {
  return 'kind' in source && source.kind === 'content'
}

/** The header of an answer of this type. */
export function contentType({ mediaType }: Content): string {
  return mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType
}
