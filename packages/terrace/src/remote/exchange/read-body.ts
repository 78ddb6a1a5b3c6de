import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** An answer that will not be read to its end. */
export class UnreadableBody extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'UnreadableBody'
  }
}

const unpackers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

/** What is asked for, since it is what can be read. */
export const acceptedEncodings = 'gzip, br, deflate'

export interface BodyLimits {
  readonly encoding: string | undefined
  /** Of the bytes as they are sent, and as they are unpacked. */
  readonly mostBytes: number
  /** Called when a piece has come. */
  readonly onPiece: () => void
}

/**
 * The bytes of an answer, unpacked. Counted piece by piece on both sides, so that neither an endless answer nor one that unpacks to an
 * endless one takes more than its limit. `UnreadableBody` beyond it, and for packings that were not asked for or stand one within
 * another.
 */
export async function readBody(body: Readable, { encoding, mostBytes, onPiece }: BodyLimits): Promise<Buffer> {
  const packed = encoding?.trim().toLowerCase() ?? ''
  const pieces: Buffer[] = []
  const received = (source: AsyncIterable<Buffer>) => counted(source, { mostBytes, onPiece })
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of counted(source, { mostBytes })) pieces.push(piece)
  }
  if (packed === '' || packed === 'identity') await pipeline(body, received, collect)
  else await pipeline(body, received, unpackerOf(packed)(), collect)
  return Buffer.concat(pieces)
}

function unpackerOf(encoding: string): (typeof unpackers)[keyof typeof unpackers] {
  if (Object.hasOwn(unpackers, encoding)) return unpackers[encoding as keyof typeof unpackers]
  throw new UnreadableBody('it is packed in a way that was not asked for')
}

interface Counting {
  readonly mostBytes: number
  readonly onPiece?: () => void
}

async function* counted(source: AsyncIterable<Buffer>, { mostBytes, onPiece }: Counting): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const piece of source) {
    onPiece?.()
    bytes += piece.length
    if (bytes > mostBytes) throw new UnreadableBody(`it is larger than ${mostBytes} bytes`)
    yield piece
  }
}
