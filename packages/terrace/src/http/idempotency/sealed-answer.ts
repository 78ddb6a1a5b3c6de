import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { errors } from '../../errors/index.ts'
import type { Outgoing } from '../outgoing.ts'

/** An answer that is whole when it is kept. */
export type WholeAnswer = Outgoing & { readonly payload: string | Uint8Array | null }

/** What the seal is for: bytes of one row are those of no other. */
export interface Place {
  readonly id: string
  readonly request: string
}

const [form, ivBytes, tagBytes] = [1, 12, 16]
const headBytes = 1 + ivBytes + tagBytes

/**
 * An answer as it is kept, by AES-256-GCM: it may hold what is shown only once, such as a token, which a copy of the database must
 * not tell.
 *
 * ```
 * form (1) · iv (12) · tag (16) · sealed: length of the head (4) · head as JSON · body
 * ```
 */
export function sealAnswer({ status, headers, payload }: WholeAnswer, key: Uint8Array, place: Place): Uint8Array {
  const body = payload === null ? Buffer.alloc(0) : Buffer.from(payload as string)
  const kind = payload === null ? 'none' : typeof payload === 'string' ? 'text' : 'bytes'
  const head = Buffer.from(JSON.stringify({ status, headers, kind }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(associated(place))
  const sealed = Buffer.concat([cipher.update(Buffer.concat([length, head, body])), cipher.final()])
  return Buffer.concat([Buffer.of(form), iv, cipher.getAuthTag(), sealed])
}

/** `IDEMPOTENCY_ANSWER_LOST` for what was sealed with another key, or is not what was sealed. */
export function unsealAnswer(kept: Uint8Array, key: Uint8Array, place: Place): WholeAnswer {
  const bytes = opened(Buffer.from(kept), key, place)
  const length = bytes.readUInt32BE(0)
  const { status, headers, kind } = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as Head
  const body = bytes.subarray(4 + length)
  return { status, headers, payload: kind === 'none' ? null : kind === 'text' ? body.toString('utf8') : body }
}

interface Head extends Pick<WholeAnswer, 'status' | 'headers'> {
  readonly kind: 'none' | 'text' | 'bytes'
}

function opened(kept: Buffer, key: Uint8Array, place: Place): Buffer {
  try {
    if (kept[0] !== form || kept.length < headBytes) throw new RangeError('another form')
    const decipher = createDecipheriv('aes-256-gcm', key, kept.subarray(1, 1 + ivBytes), { authTagLength: tagBytes })
    decipher.setAAD(associated(place)).setAuthTag(kept.subarray(1 + ivBytes, headBytes))
    return Buffer.concat([decipher.update(kept.subarray(headBytes)), decipher.final()])
  } catch (cause) {
    throw errors.IDEMPOTENCY_ANSWER_LOST({ cause })
  }
}

function associated({ id, request }: Place): Buffer {
  return Buffer.from(`${id} ${request}`)
}
