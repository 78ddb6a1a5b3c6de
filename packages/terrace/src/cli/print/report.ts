import type { Output } from '../terminal.ts'
import type { Palette } from './palette.ts'

/** Told while a command works, on standard error. */
export interface Report {
  /** How far it is: one line that changes on a terminal, a line every few seconds elsewhere. */
  progress(what: string, done: number, total?: number | null): void
  /** One line, at once. */
  note(line: string): void
  /** The lock is somebody else's: nothing was begun, so that a signal ends it at once. */
  waiting(): void
  /** What was begun has to come to an end. */
  working(): void
  readonly isWaiting: boolean
  /** Called whenever it begins to wait. */
  onWaiting: () => void
}

export interface ReportOptions {
  readonly output: Output
  readonly palette: Palette
  readonly isQuiet: boolean
  /** Milliseconds that only grow. Default `performance.now`. */
  readonly clock?: () => number
}

const terminalEveryMs = 100
const plainEveryMs = 3_000

export class TerminalReport implements Report {
  private readonly options: ReportOptions
  private readonly clock: () => number
  private lastMs: number
  private isLineOpen = false
  isWaiting = false
  onWaiting = (): void => {}

  constructor(options: ReportOptions) {
    this.options = options
    this.clock = options.clock ?? (() => performance.now())
    // Elsewhere than on a terminal what is done within the first seconds says nothing of itself.
    this.lastMs = options.output.isTTY === true ? -Infinity : this.clock()
  }

  progress(what: string, done: number, total: number | null = null): void {
    const { output, isQuiet } = this.options
    if (isQuiet) return
    const isTerminal = output.isTTY === true
    const now = this.clock()
    if (now - this.lastMs < (isTerminal ? terminalEveryMs : plainEveryMs)) return
    this.lastMs = now
    const line = progressLine(what, done, total)
    if (!isTerminal) return void output.write(`${line}\n`)
    // Cut to one line: what wraps is not erased by the next.
    output.write(`\r${line.slice(0, Math.max(20, (output.columns ?? 80) - 1))}\u001B[K`)
    this.isLineOpen = true
  }

  note(line: string): void {
    if (this.options.isQuiet) return
    this.clear()
    this.options.output.write(`${this.options.palette.dim(line)}\n`)
  }

  waiting(): void {
    this.isWaiting = true
    this.note('another process changes the structure: waiting for it')
    this.onWaiting()
  }

  working(): void {
    this.isWaiting = false
  }

  /** Takes an open line away: what comes next begins where it stood. */
  clear(): void {
    if (this.isLineOpen) this.options.output.write('\r\u001B[K')
    this.isLineOpen = false
  }
}

function progressLine(what: string, done: number, total: number | null): string {
  if (total === null) return `${what}: ${grouped(done)}`
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
  return `${what}: ${grouped(done)} of ${grouped(total)} (${percent}%)`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
