import { hkdfSync, randomBytes } from 'node:crypto'
import { errors } from '../errors/index.ts'
import type { KeyFor } from '../http/index.ts'

/** Characters that a secret has at the least: of hexadecimal digits, 128 bits. */
const shortest = 32

/**
 * The keys of an app, one per purpose, by HKDF-SHA256 (RFC 5869) of its secret: whoever has one of them knows none of the others.
 * Instances that are to take each other's cursors are given the same secret.
 *
 * Null: a secret of this start's own, with which nothing of an earlier one is taken any more. `SETTINGS_INVALID` for one of
 * fewer than 32 characters.
 */
export function appKeys(secret: string | null): KeyFor {
  if (secret !== null && [...secret].length < shortest) throw tooShort()
  const source = secret ?? randomBytes(32)
  const keys = new Map<string, Uint8Array>()
  return (purpose) => {
    const known = keys.get(purpose)
    if (known !== undefined) return known
    const made = new Uint8Array(hkdfSync('sha256', source, '', `terrace ${purpose}`, 32))
    keys.set(purpose, made)
    return made
  }
}

function tooShort(): Error {
  const expected = `a text of at least ${shortest} characters, such as the output of openssl rand -hex 32`
  return errors.SETTINGS_INVALID({ values: { problems: `APP_SECRET is a value (not shown), expected ${expected}` } })
}
