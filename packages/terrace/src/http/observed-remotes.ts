import { errors } from '../errors/index.ts'
import type { Log, RemoteObserver } from '../observe/index.ts'

const words = {
  open: 'a remote source has failed repeatedly: its calls are refused',
  halfOpen: 'a remote source is tried again',
  closed: 'a remote source is back',
} as const

/** Outcomes that nobody need look at. */
const quiet: ReadonlySet<string> = new Set(['ok', errors.REMOTE_CANCELLED.code])

/** Tells the log of what becomes of remote sources, and whoever else measures them. */
export function observedRemotes(log: Log, measuring: RemoteObserver | null): RemoteObserver {
  return {
    called: (event) => {
      measuring?.called(event)
      if (quiet.has(event.outcome)) log.debug({ ...event }, 'remote call')
      else log.warn({ ...event }, 'a remote call failed')
    },
    breakerChanged: (event) => {
      measuring?.breakerChanged(event)
      log[event.state === 'open' ? 'warn' : 'info']({ ...event }, words[event.state])
    },
  }
}
