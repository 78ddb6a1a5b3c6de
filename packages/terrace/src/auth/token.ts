import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

const tokenBytes = 32

/**
 * A new opaque token: 256 random bits as 43 characters of base64url. It says nothing about its holder; store `hashToken` of
 * it and never the token itself.
 */
export function issueToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

// The last of 43 characters carries only four bits; were others accepted, one token would have several spellings.
const canonicalToken = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** Could `issueToken` have made this text? What fails here is refused without asking the database. */
export function isTokenText(text: string): boolean {
  return canonicalToken.test(text)
}

/**
 * SHA-256 of a token as 64 hexadecimal characters: found by one indexed query, however many tokens there are. A slow hash
 * would protect guessable secrets; 256 random bits cannot be guessed.
 */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex')
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function equalHashes(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left, 'ascii'), Buffer.from(right, 'ascii')]
  return a.length === b.length && timingSafeEqual(a, b)
}
