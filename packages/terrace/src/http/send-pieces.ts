import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import { errors } from '../errors/index.ts'
import { discard } from './content-payload.ts'
import type { Pieces } from './content-payload.ts'
import type { Log } from './log.ts'

/**
 * Sends content as it is made, at the pace of whoever reads it. Past Fastify, which would answer a failure with an error of its
 * own behind what is sent already. Content that fails cuts the connection: it must never look complete.
 */
export async function sendPieces(
  reply: FastifyReply,
  {
    status,
    headers,
    pieces,
  }: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly pieces: Pieces },
  log: Log,
): Promise<void> {
  const { raw, request } = reply
  reply.hijack()
  raw.writeHead(status, { ...reply.getHeaders(), ...headers } as Readonly<Record<string, string>>)
  const brokeOff = (error: unknown): void => log.error({ err: error, requestId: request.id }, 'an answer broke off')
  if (request.method === 'HEAD' || raw.destroyed) {
    raw.end()
    return discard(pieces).catch(brokeOff)
  }
  let isFailed = false
  const failed = (): void => {
    // The source is told that its client has gone by an error too: no failure of ours.
    if (raw.destroyed) return
    isFailed = true
    // HTTP/1.0 has no other end of a body than that of its connection, so that only a reset is none.
    if (request.raw.httpVersion === '1.0') raw.socket?.resetAndDestroy()
  }
  try {
    await pipeline(Readable.from(watched(pieces, saidLength(headers), failed), { objectMode: false }), raw)
  } catch (error) {
    if (isFailed) brokeOff(error)
  }
}

/** The bytes that the answer says to have; null where it does not say. */
function saidLength(headers: Readonly<Record<string, string>>): number | null {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === 'content-length')
  return name === undefined ? null : Number(headers[name])
}

/** Fails with the source, and where that has not as many bytes as was said: the rest would be read as the next answer. */
async function* watched({ source }: Pieces, length: number | null, failed: () => void): AsyncGenerator<unknown> {
  let sent = 0
  try {
    for await (const piece of source as AsyncIterable<string | Uint8Array>) {
      sent += Buffer.byteLength(piece)
      if (length !== null && sent > length) throw wrongLength(length)
      yield piece
    }
    if (length !== null && sent < length) throw wrongLength(length)
  } catch (error) {
    failed()
    throw error
  }
}

function wrongLength(length: number): Error {
  const found = `other than the ${length} bytes that it says to have`
  return errors.RESPONSE_MISMATCH({ values: { shape: 'content', property: 'the content', found } })
}
