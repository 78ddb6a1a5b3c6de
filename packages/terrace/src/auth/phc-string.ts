import type { PasswordWork } from './password-work.ts'

/** A stored password: `$argon2id$v=19$m=47104,t=1,p=1$<salt>$<hash>`, `$scrypt$ln=17,r=8,p=1$<salt>$<hash>`. */
export interface StoredHash {
  readonly work: PasswordWork
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** The PHC string format, with base64 of no padding. Source: github.com/P-H-C/phc-string-format. */
export function printPhc({ work, salt, hash }: StoredHash): string {
  const parameters =
    work.kind === 'argon2id'
      ? `$v=19$m=${work.memoryKiB},t=${work.passes},p=${work.lanes}`
      : `$ln=${work.log2Cost},r=${work.blockSize},p=${work.lanes}`
  return `$${work.kind}${parameters}$${base64(salt)}$${base64(hash)}`
}

const longest = 255
const argon2Form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const scryptForm = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * Reads a PHC string; null for another algorithm, another form, or parameters that would cost more than 1 GiB or no work at all: what
 * stands in a database must not be able to stop the process.
 */
export function parsePhc(text: string): StoredHash | null {
  if (text.length > longest) return null
  return stored(argon2Form.exec(text), argon2Work) ?? stored(scryptForm.exec(text), scryptWork)
}

type Numbers = readonly [number, number, number]

function stored(match: RegExpExecArray | null, workOf: (numbers: Numbers) => PasswordWork | null): StoredHash | null {
  if (match === null) return null
  const [, first, second, third, saltText = '', hashText = ''] = match
  const work = workOf([Number(first), Number(second), Number(third)])
  const [salt, hash] = [bytesOf(saltText, 8), bytesOf(hashText, 16)]
  return work === null || salt === null || hash === null ? null : { work, salt, hash }
}

const mostKiB = 1_048_576

function argon2Work([memoryKiB, passes, lanes]: Numbers): PasswordWork | null {
  const isBounded = lanes >= 1 && passes >= 1 && memoryKiB >= 8 * lanes && memoryKiB <= mostKiB
  return isBounded ? { kind: 'argon2id', memoryKiB, passes, lanes } : null
}

function scryptWork([log2Cost, blockSize, lanes]: Numbers): PasswordWork | null {
  const isBounded = lanes >= 1 && blockSize >= 1 && log2Cost >= 1 && 2 ** log2Cost * blockSize <= mostKiB * 8
  return isBounded ? { kind: 'scrypt', log2Cost, blockSize, lanes } : null
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}

/** Null for less than `fewest` bytes, more than 64, or another spelling of the same ones. */
function bytesOf(text: string, fewest: number): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length >= fewest && bytes.length <= 64 && base64(bytes) === text ? bytes : null
}
