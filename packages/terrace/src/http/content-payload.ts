import { errors } from '../errors/index.ts'
import type { ContentValue } from './content.ts'

/** Content that is made while it is sent. */
export interface Pieces {
  readonly kind: 'pieces'
  readonly source: Iterable<unknown> | AsyncIterable<unknown>
}

/** What goes over the wire as a body. */
export type Payload = string | Uint8Array | Pieces

/** What a handler gave as content. `RESPONSE_MISMATCH` for what cannot be sent as it is. */
export function contentPayload(value: unknown): Payload {
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  if (isIterable(value)) return { kind: 'pieces', source: value }
  throw mismatch('the content', value === null ? 'null' : typeof value)
}

function isIterable(value: unknown): value is Exclude<ContentValue, string | Uint8Array> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
}

export function isPieces(payload: Payload | null): payload is Pieces {
  return typeof payload === 'object' && payload !== null && 'kind' in payload
}

/**
 * Makes the first piece, inside the unit of work: content which fails at once is answered with an error, and what was written is
 * undone. Gives all the pieces, the first one included.
 */
export async function begun(payload: Payload | null): Promise<Payload | null> {
  if (!isPieces(payload)) return payload
  const pieces = checked(payload.source)
  const first = await pieces.next()
  return { kind: 'pieces', source: resumed(first, pieces) }
}

async function* checked(source: Pieces['source']): AsyncGenerator<string | Uint8Array, void> {
  for await (const piece of source) {
    if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) throw mismatch('a piece of it', typeof piece)
    yield piece
  }
}

/** An object of its own: a generator that nobody has asked yet ends without a word to what it would have read from. */
function resumed(
  first: IteratorResult<string | Uint8Array, void>,
  rest: AsyncGenerator<string | Uint8Array, void>,
): AsyncIterableIterator<string | Uint8Array> {
  let isFirst = true
  const pieces: AsyncIterableIterator<string | Uint8Array> = {
    next: () => {
      if (!isFirst) return rest.next()
      isFirst = false
      return Promise.resolve(first)
    },
    return: () => rest.return(),
    [Symbol.asyncIterator]: () => pieces,
  }
  return pieces
}

/** Lets go of content that will not be sent: a stream may hold a file or a connection. */
export async function discard(payload: Payload | null): Promise<void> {
  if (!isPieces(payload)) return
  const { source } = payload
  if ('destroy' in source && typeof source.destroy === 'function') source.destroy()
  else if ('return' in source && typeof source.return === 'function') await source.return()
}

function mismatch(property: string, found: string): Error {
  return errors.RESPONSE_MISMATCH({ values: { shape: 'content', property, found } })
}
