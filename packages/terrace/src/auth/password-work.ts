import crypto from 'node:crypto'

/** Argon2id (RFC 9106), version 19. */
export interface Argon2Work {
  readonly kind: 'argon2id'
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

/** Scrypt (RFC 7914): `128 × 2^log2Cost × blockSize` bytes. */
export interface ScryptWork {
  readonly kind: 'scrypt'
  readonly log2Cost: number
  readonly blockSize: number
  readonly lanes: number
}

/** How a password is turned into a hash, and with how much work. */
export type PasswordWork = Argon2Work | ScryptWork

export interface Derivation {
  readonly password: string
  readonly salt: Uint8Array
  readonly hashBytes: number
}

/** Argon2 came with Node 24.7; a named import would keep an older one from loading this file at all. */
export const hasArgon2 = typeof (crypto as { readonly argon2?: unknown }).argon2 === 'function'

type Derive = {
  readonly [K in PasswordWork['kind']]: (
    work: Extract<PasswordWork, { kind: K }>,
    of: Derivation,
  ) => Promise<Uint8Array>
}

const derive: Derive = {
  argon2id: ({ memoryKiB, passes, lanes }, { password, salt, hashBytes }) => {
    const parameters = {
      message: password,
      nonce: salt,
      parallelism: lanes,
      tagLength: hashBytes,
      memory: memoryKiB,
      passes,
    }
    return settled((done) => crypto.argon2('argon2id', parameters, done))
  },
  scrypt: ({ log2Cost, blockSize, lanes }, { password, salt, hashBytes }) => {
    const cost = 2 ** log2Cost
    // OpenSSL asks for a little more than the blocks themselves.
    const maxmem = 128 * blockSize * (cost + lanes + 2)
    return settled((done) =>
      crypto.scrypt(password, salt, hashBytes, { cost, blockSize, parallelization: lanes, maxmem }, done),
    )
  },
}

type Done = (error: Error | null, hash: Uint8Array) => void

function settled(start: (done: Done) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    start((error, hash) => (error === null ? resolve(hash) : reject(error)))
  })
}

/** The hash of a password, computed by a thread of libuv's pool. */
export function deriveHash(work: PasswordWork, of: Derivation): Promise<Uint8Array> {
  return work.kind === 'argon2id' ? derive.argon2id(work, of) : derive.scrypt(work, of)
}

/** Is this less work than another, or by the weaker algorithm? */
export function isWeaker(work: PasswordWork, than: PasswordWork): boolean {
  if (work.kind === 'argon2id')
    return than.kind === 'argon2id' && (work.memoryKiB < than.memoryKiB || work.passes < than.passes)
  return than.kind === 'argon2id' || work.log2Cost < than.log2Cost || work.blockSize < than.blockSize
}
