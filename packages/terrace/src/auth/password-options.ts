import { errors } from '../errors/index.ts'
import { hasArgon2 } from './password-work.ts'

export interface PasswordOptions {
  /** Default `argon2id`, or `scrypt` where Node has no argon2id. */
  readonly algorithm?: 'argon2id' | 'scrypt'
  /** Of argon2id, at least and by default 47,104 (46 MiB), for each hash that is computed at once. */
  readonly memoryKiB?: number
  /** Of argon2id. Default 1. */
  readonly passes?: number
  /**
   * How many are computed at once. Default one for each core, but one fewer than libuv has threads (4, or `UV_THREADPOOL_SIZE`).
   */
  readonly concurrency?: number
  /** How many may wait for their turn before `PASSWORD_QUEUE_FULL`. Default 100. */
  readonly waiting?: number
}

const floors = { memoryKiB: 47_104, passes: 1, concurrency: 1, waiting: 0 } as const
const ceilings = { memoryKiB: 1_048_576, passes: 64, concurrency: 1024, waiting: 1_000_000 } as const

/** `PASSWORD_OPTIONS` names what is out of its bounds. */
export function checkPasswordOptions(options: PasswordOptions): void {
  if (options.algorithm === 'argon2id' && !hasArgon2)
    throw refused('argon2id is not in this Node', 'Run Node 24.7 or newer, or leave algorithm out')
  for (const name of ['memoryKiB', 'passes', 'concurrency', 'waiting'] as const) {
    const value = options[name]
    const [least, most] = [floors[name], ceilings[name]]
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
      throw refused(`${name} is ${value}`, `Give a whole number from ${least} to ${most}`)
  }
}

function refused(problem: string, remedy: string): Error {
  return errors.PASSWORD_OPTIONS({ values: { problem, remedy } })
}
