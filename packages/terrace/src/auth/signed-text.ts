import { compactVerify, errors as joseErrors } from 'jose'
import { findJsonFault } from '../dto/index.ts'
import type { KeyRing } from './key-ring.ts'

/** What was signed, and as what. */
export interface SignedText {
  readonly payload: Uint8Array
  /** What the header says of its type; null where it does not. */
  readonly type: string | null
}

/**
 * Reads a token in the compact form of RFC 7515 by one of the keys; null unless that key signed it with its own algorithm.
 *
 * `kid` alone chooses the key. One token has one spelling: each part is what its bytes are encoded as, no name stands twice, and the
 * header has nothing besides `alg`, `kid` and `typ`, so neither `crit` nor a key of its own (`jwk`, `jku`, `x5c`, `x5u`).
 */
export async function readSigned(token: string, ring: KeyRing): Promise<SignedText | null> {
  const parts = token.split('.').map(bytesOf)
  const [headerBytes, payload, signature] = parts
  if (parts.length !== 3 || !headerBytes || !payload || !signature) return null
  const header = readObject(headerBytes)
  const key = typeof header?.['kid'] === 'string' ? ring.byId.get(header['kid']) : undefined
  if (!header || key === undefined || header['alg'] !== key.algorithm || !hasKnownNames(header)) return null
  const isSigned = await isSignedBy(token, key)
  return isSigned ? { payload, type: typeof header['typ'] === 'string' ? header['typ'] : null } : null
}

async function isSignedBy(token: string, key: KeyRing['signing']): Promise<boolean> {
  try {
    await compactVerify(token, key.checking, { algorithms: [key.algorithm] })
    return true
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) return false
    throw error
  }
}

/** The bytes of a part; null where they would be encoded otherwise. */
function bytesOf(part: string): Uint8Array | null {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : null
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** An object in JSON, each name in it once; null for anything else. */
export function readObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && findJsonFault(text, 4) === null ? (value as Readonly<Record<string, unknown>>) : null
  } catch (error) {
    // Neither UTF-8 nor JSON: not a token that was made here.
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}

const knownNames: ReadonlySet<string> = new Set(['alg', 'kid', 'typ'])

function hasKnownNames(header: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(header).every((name) => knownNames.has(name))
}
