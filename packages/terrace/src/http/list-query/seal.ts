import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { KeyFor } from '../key-for.ts'

const algorithm = 'aes-256-gcm'
const version = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes + tagBytes

/** A text for whoever holds the app's keys alone, and for one question alone: `binding` is no part of what is sent, and must be known again. */
export interface Sealing {
  readonly keyFor: KeyFor
  readonly binding: string
}

/**
 * Encrypts and signs a text: base64url of `version, nonce, tag, ciphertext` by AES-256-GCM.
 *
 * The nonce is made from the text and the binding, as in SIV (RFC 5297): equal texts give equal ones, so that an answer that has not
 * changed keeps its entity tag, and no nonce is ever used for two texts.
 */
export function seal(text: string, { keyFor, binding }: Sealing): string {
  const nonce = createHmac('sha256', keyFor('cursor nonce'))
    .update(`${binding.length} ${binding}${text}`)
    .digest()
    .subarray(0, nonceBytes)
  const cipher = createCipheriv(algorithm, keyFor('cursor'), nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(`${version} ${binding}`))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The text, or null where it was not sealed by these keys for this binding. Judged in constant time. */
export function unseal(sealed: string, { keyFor, binding }: Sealing): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  // One text for one seal: what decodes leniently is none.
  if (bytes.length < headBytes || bytes[0] !== version || bytes.toString('base64url') !== sealed) return null
  const decipher = createDecipheriv(algorithm, keyFor('cursor'), bytes.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(`${version} ${binding}`))
  decipher.setAuthTag(bytes.subarray(1 + nonceBytes, headBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()]).toString('utf8')
  } catch {
    // Nothing but the tag can be wrong here, and what was wrong with it is nobody's to know.
    return null
  }
}
