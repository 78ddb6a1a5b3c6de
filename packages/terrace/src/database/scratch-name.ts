import { randomBytes } from 'node:crypto'

const prefix = '_terrace_s_'
const keptMs = 24 * 60 * 60 * 1000

/** `_terrace_s_1795283213000_9f86d081`: when it was made, and what tells it from others of that moment. */
export function scratchName(now = Date.now()): string {
  return `${prefix}${now}_${randomBytes(4).toString('hex')}`
}

/** Whether a name is that of a scratch database which was made more than a day ago. */
export function isScratchLeftover(name: string, now = Date.now()): boolean {
  const made = /^_terrace_s_(\d+)_[0-9a-f]{8}$/.exec(name)?.[1]
  return made !== undefined && now - Number(made) > keptMs
}
