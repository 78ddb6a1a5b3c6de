import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/**
 * Puts this process on the first core and gives the command that puts another on the second. Empty where the system has no
 * `taskset` or only one core: then the scheduler places them.
 */
export function pinToCores(): readonly string[] {
  if (availableParallelism() < 2) return []
  const { status } = spawnSync('taskset', ['-acp', '0', String(process.pid)], { stdio: 'ignore' })
  return status === 0 ? ['taskset', '-c', '1'] : []
}
