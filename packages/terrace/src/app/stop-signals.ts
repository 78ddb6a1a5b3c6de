const forceAfterMs = 1_000

/** Listens to SIGTERM and SIGINT from its making on, so that one that comes while the app starts is not lost. */
export class StopSignals {
  #stop: (() => void) | null = null
  #firstAtMs: number | null = null

  constructor() {
    process.on('SIGTERM', () => this.#received())
    process.on('SIGINT', () => this.#received())
  }

  /** Calls `stop` at the first signal; at once where it came already. */
  onStop(stop: () => void): void {
    this.#stop = stop
    if (this.#firstAtMs !== null) stop()
  }

  #received(): void {
    const nowMs = performance.now()
    if (this.#firstAtMs === null) {
      this.#firstAtMs = nowMs
      this.#stop?.()
    } else if (nowMs - this.#firstAtMs >= forceAfterMs) {
      // Whoever asks again after a second means now. npm passes on a signal that the group has got already: that comes at once.
      process.exit(1)
    }
  }
}
