import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

export type FolderLock =
  | { readonly kind: 'held'; readonly release: () => void }
  /** Null where the holder is just writing its name. */
  | { readonly kind: 'inUse'; readonly pid: number | null }

/** A process; its number alone is the same after a container started again. */
interface Holder {
  readonly pid: number
  readonly timeOrigin: number
}

// Far longer than writing one line takes: whoever left a lock without its name was ended in between.
const namedWithinMs = 2_000

/**
 * Takes the lock that a file is, or says who has it. A process that ended without releasing holds nothing. Processes of other
 * machines and containers are unknown here and count as ended. Throws what the file system reports.
 */
export function takeLock(file: string): FolderLock {
  if (created(file)) return held(file)
  if (!isStale(file)) return inUse(file)
  // Only its holder removes a stale lock, so nobody removes the new lock of somebody who was faster.
  const guard = takeLock(`${file}.takeover`)
  if (guard.kind === 'inUse') return guard
  try {
    if (isStale(file)) rmSync(file, { force: true })
    return created(file) ? held(file) : inUse(file)
  } finally {
    guard.release()
  }
}

function held(file: string): FolderLock {
  let isHeld = true
  const release = (): void => {
    if (isHeld && isOwn(holderOf(file))) rmSync(file, { force: true })
    isHeld = false
  }
  return { kind: 'held', release }
}

function inUse(file: string): FolderLock {
  return { kind: 'inUse', pid: holderOf(file)?.pid ?? null }
}

function created(file: string): boolean {
  const own: Holder = { pid: process.pid, timeOrigin: performance.timeOrigin }
  try {
    writeFileSync(file, `${JSON.stringify(own)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function isStale(file: string): boolean {
  const holder = holderOf(file)
  if (holder === null) return isOld(file)
  return holder.pid === process.pid ? !isOwn(holder) : !isRunning(holder.pid)
}

function isOwn(holder: Holder | null): boolean {
  return holder?.pid === process.pid && holder.timeOrigin === performance.timeOrigin
}

function isOld(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false })
  return found === undefined || Math.abs(Date.now() - found.mtimeMs) > namedWithinMs
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs for another user.
    return codeOf(error) !== 'ESRCH'
  }
}

/** Null where there is no lock, or none that names its holder. */
function holderOf(file: string): Holder | null {
  try {
    const { pid, timeOrigin } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    return Number.isInteger(pid) && Number(pid) > 0 && typeof timeOrigin === 'number'
      ? { pid: Number(pid), timeOrigin }
      : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string }).code
}
