import { randomBytes } from 'node:crypto'
import { issueToken, isTokenText } from './token.ts'

/** A key as it is shown this once, and what of it may be shown for ever. */
export interface ApiKeyText {
  /** `key_3fa9c2d1_` and 256 random bits. */
  readonly text: string
  /** `key_3fa9c2d1`: by which people, and programs that search for lost keys, tell one. */
  readonly prefix: string
}

/** `kind` says whose keys they are to whoever finds one: letters and digits. */
export function issueApiKey(kind: string): ApiKeyText {
  const prefix = `${kind}_${randomBytes(4).toString('hex')}`
  return { text: `${prefix}_${issueToken()}`, prefix }
}

export const apiKeyKind = /^[a-z][a-z0-9]{0,15}$/

const shaped = /^[a-z][a-z0-9]{0,15}_[0-9a-f]{8}_([A-Za-z0-9_-]{43})$/

/** Could `issueApiKey` have made this text? What fails here is refused without asking the database. */
export function isApiKeyText(text: string): boolean {
  const secret = shaped.exec(text)?.[1]
  return secret !== undefined && isTokenText(secret)
}
