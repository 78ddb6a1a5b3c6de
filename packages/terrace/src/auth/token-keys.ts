import { createPrivateKey, createPublicKey, createSecretKey, KeyObject } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { isTokenAlgorithm, tokenAlgorithms } from './token-algorithms.ts'
import type { KeyFault, TokenAlgorithm } from './token-algorithms.ts'

/** PEM, a JWK, or what `node:crypto` made of one. */
export type KeySource = string | JsonWebKey | KeyObject

interface KeyName {
  /** Stands in each token as `kid`, and chooses the key that it is checked by. Unique in the ring. */
  readonly id: string
  /** The only algorithm that it is used for. Default the one of `jwtTokens`. */
  readonly algorithm?: TokenAlgorithm
}

/**
 * One key of the ring: a secret for HS256, HS384 and HS512 (a text counts as its UTF-8 bytes), a private key for all others, or a public
 * one that only checks what was signed elsewhere or before.
 */
export type TokenKey = KeyName &
  (
    | { readonly secret: string | Uint8Array; readonly privateKey?: never; readonly publicKey?: never }
    | { readonly privateKey: KeySource; readonly secret?: never; readonly publicKey?: never }
    | { readonly publicKey: KeySource; readonly secret?: never; readonly privateKey?: never }
  )

/** A key that was read and is good for its algorithm. */
export interface LoadedKey {
  readonly id: string
  readonly algorithm: TokenAlgorithm
  /** Null for a public key. */
  readonly signing: KeyObject | null
  readonly checking: KeyObject
}

/** Reads one key; what is wrong with it, otherwise. Neither names anything of the key itself. */
export function loadKey(key: TokenKey, algorithm: TokenAlgorithm): LoadedKey | KeyFault {
  if (!isTokenAlgorithm(algorithm))
    return { problem: 'its algorithm is not known', remedy: `Name one of ${Object.keys(tokenAlgorithms).join(', ')}` }
  const fault = typeof key.id === 'string' && key.id !== '' ? marksFault(key, algorithm) : noId
  if (fault !== null) return fault
  const loaded = partsOf(key)
  if ('problem' in loaded) return loaded
  return tokenAlgorithms[algorithm](loaded.checking) ?? { id: key.id, algorithm, ...loaded }
}

const noId: KeyFault = {
  problem: 'it has no id',
  remedy: 'Give each key an id of its own, such as the month of its making',
}

/** What a JWK says of its own use. */
function marksFault({ privateKey, publicKey }: TokenKey, algorithm: TokenAlgorithm): KeyFault | null {
  const source = privateKey ?? publicKey
  if (source === undefined || typeof source === 'string' || source instanceof KeyObject) return null
  const { use = 'sig', key_ops: operations, alg = algorithm } = source
  const isForSigning =
    use === 'sig' && (!Array.isArray(operations) || operations.some((name) => name === 'sign' || name === 'verify'))
  if (!isForSigning) return { problem: 'its JWK is not for signatures', remedy: 'Use a key of its own for tokens' }
  if (alg !== algorithm)
    return { problem: 'its JWK names another algorithm', remedy: 'Name the algorithm that the JWK is for' }
  return null
}

type Parts = Pick<LoadedKey, 'signing' | 'checking'>

function partsOf({ secret, privateKey, publicKey }: TokenKey): Parts | KeyFault {
  try {
    if (secret !== undefined) return secretParts(secret)
    if (privateKey !== undefined) return privateParts(privateKey)
    if (publicKey !== undefined) return { signing: null, checking: publicOf(publicKey) }
  } catch {
    // What OpenSSL says may quote the key.
    return unreadable
  }
  return { problem: 'it has neither a secret nor a key', remedy: 'Give it secret, privateKey or publicKey' }
}

const unreadable: KeyFault = {
  problem: 'it cannot be read',
  remedy: 'Give PEM (PKCS #8 or SPKI) or a JWK; a secret as text or bytes',
}

function secretParts(secret: string | Uint8Array): Parts | KeyFault {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret
  // Whoever knows a public key could sign with it, were it taken for a secret.
  if (Buffer.from(bytes).subarray(0, 16).toString('latin1').trimStart().startsWith('-----BEGIN'))
    return { problem: 'its secret is a key in PEM', remedy: 'Give it as privateKey, and name its algorithm' }
  const key = createSecretKey(bytes)
  return { signing: key, checking: key }
}

function privateParts(source: KeySource): Parts {
  const key = source instanceof KeyObject ? source : createPrivateKey(inputOf(source))
  return { signing: key, checking: createPublicKey(key) }
}

function publicOf(source: KeySource): KeyObject {
  return source instanceof KeyObject && source.type === 'public' ? source : createPublicKey(inputOf(source))
}

function inputOf(source: KeySource) {
  if (typeof source === 'string' || source instanceof KeyObject) return source as string
  return { key: source, format: 'jwk' } as const
}
