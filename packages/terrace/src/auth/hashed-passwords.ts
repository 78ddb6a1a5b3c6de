import { randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { errors } from '../errors/index.ts'
import { checkPasswordOptions } from './password-options.ts'
import type { PasswordOptions } from './password-options.ts'
import type { Passwords, PasswordVerdict } from './passwords.ts'
import { deriveHash, hasArgon2, isWeaker } from './password-work.ts'
import type { PasswordWork } from './password-work.ts'
import { parsePhc, printPhc } from './phc-string.ts'
import type { StoredHash } from './phc-string.ts'
import { WorkQueue } from './work-queue.ts'

const saltBytes = 16
const hashBytes = 32

/**
 * Passwords as argon2id hashes: 46 MiB, one pass, one lane, as OWASP advises; as scrypt (2^17, 8, 1) where Node is older than
 * 24.7. What is stored by less is hashed again at the next login.
 *
 * `PASSWORD_OPTIONS` for less memory than that, or for argon2id where Node does not have it.
 *
 * ```ts
 * class UserService extends UserAccess(models.User, { …, passwords: hashedPasswords({ memoryKiB: 65_536, passes: 2 }) }) {}
 * ```
 */
export function hashedPasswords(options: PasswordOptions = {}): Passwords {
  checkPasswordOptions(options)
  const { concurrency = usableThreads(), waiting = 100 } = options
  const full = (seconds: number): Error => errors.PASSWORD_QUEUE_FULL({ retryAfterSeconds: seconds })
  return new HashedPasswords(workOf(options), new WorkQueue({ running: concurrency, waiting, full }))
}

class HashedPasswords implements Passwords {
  readonly #work: PasswordWork
  readonly #queue: WorkQueue
  /** Compared with where nothing is stored: nobody knows its password, since there is none. */
  readonly #decoy: StoredHash

  constructor(work: PasswordWork, queue: WorkQueue) {
    this.#work = work
    this.#queue = queue
    this.#decoy = { work, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) }
  }

  async hash(password: string): Promise<string> {
    const [work, salt] = [this.#work, randomBytes(saltBytes)]
    const hash = await this.#queue.run(() => deriveHash(work, { password: normalized(password), salt, hashBytes }))
    return printPhc({ work, salt, hash })
  }

  async verify(password: string, stored: string | null): Promise<PasswordVerdict> {
    const known = stored === null ? null : parsePhc(stored)
    const { work, salt, hash } = known ?? this.#decoy
    requireAlgorithm(work.kind)
    const of = { password: normalized(password), salt, hashBytes: hash.length }
    const isSame = timingSafeEqual(await this.#queue.run(() => deriveHash(work, of)), hash)
    return known !== null && isSame ? { isRight: true, isOutdated: isWeaker(work, this.#work) } : { isRight: false }
  }
}

/**
 * The same characters however a keyboard made them. NIST SP 800-63B, 5.1.1.2, asks for NFKC or NFKD before hashing; spaces stay as
 * they are.
 */
function normalized(password: string): string {
  return password.normalize('NFKC')
}

function requireAlgorithm(algorithm: PasswordWork['kind']): void {
  if (algorithm === 'argon2id' && !hasArgon2) throw errors.PASSWORD_ALGORITHM({ values: { algorithm } })
}

function workOf({ algorithm, memoryKiB = 47_104, passes = 1 }: PasswordOptions): PasswordWork {
  const isArgon2 = algorithm === undefined ? hasArgon2 : algorithm === 'argon2id'
  return isArgon2
    ? { kind: 'argon2id', memoryKiB, passes, lanes: 1 }
    : { kind: 'scrypt', log2Cost: 17, blockSize: 8, lanes: 1 }
}

/** One thread of libuv's pool stays free: files and names of hosts are read by the same ones. */
function usableThreads(): number {
  const size = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
  const spare = (Number.isInteger(size) && size > 0 ? size : 4) - 1
  return Math.max(1, Math.min(availableParallelism(), spare))
}
