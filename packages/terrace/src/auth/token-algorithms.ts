import type { KeyObject } from 'node:crypto'

/** How a token is signed: names of RFC 7518 and RFC 8037. `EdDSA` is Ed25519. */
export type TokenAlgorithm =
  | 'HS256'
  | 'HS384'
  | 'HS512'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'

/** What a key must be; null where it is that, else what it lacks. */
type Needs = (key: KeyObject) => KeyFault | null

export interface KeyFault {
  readonly problem: string
  readonly remedy: string
}

export const tokenAlgorithms: Readonly<Record<TokenAlgorithm, Needs>> = {
  HS256: secretOf(32),
  HS384: secretOf(48),
  HS512: secretOf(64),
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  ES256: curve('prime256v1', 'P-256'),
  ES384: curve('secp384r1', 'P-384'),
  ES512: curve('secp521r1', 'P-521'),
  EdDSA: (key) => (key.asymmetricKeyType === 'ed25519' ? null : other('an Ed25519 key')),
}

export function isTokenAlgorithm(name: unknown): name is TokenAlgorithm {
  return typeof name === 'string' && Object.hasOwn(tokenAlgorithms, name)
}

/** RFC 7518, section 3.2: at least as long as the hash. */
function secretOf(bytes: number): Needs {
  return (key) => {
    if (key.type !== 'secret') return other('a secret')
    const size = key.symmetricKeySize ?? 0
    const remedy = `Give ${bytes} random bytes or more, such as the output of: openssl rand -base64 ${bytes}`
    return size >= bytes ? null : { problem: `its secret has ${size} bytes, needs ${bytes}`, remedy }
  }
}

/** RFC 7518, sections 3.3 and 3.5. */
function rsa(key: KeyObject): KeyFault | null {
  if (key.asymmetricKeyType !== 'rsa') return other('an RSA key')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return bits >= 2048
    ? null
    : { problem: `it has ${bits} bits, needs 2048`, remedy: 'Make an RSA key of 2048 bits or more' }
}

function curve(named: string, known: string): Needs {
  return (key) =>
    key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === named ? null : other(`a key on ${known}`)
}

function other(needed: string): KeyFault {
  return {
    problem: `its algorithm needs ${needed}`,
    remedy: `Give ${needed}, or name the algorithm that the key is for`,
  }
}
