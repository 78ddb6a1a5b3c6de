import type { Answer } from '../exchange/exchange.ts'
import type { CacheTimes } from './cache-times.ts'

export interface CacheLimits {
  readonly mostAnswers: number
  /** Of their bytes together. */
  readonly mostBytes: number
}

interface Kept {
  readonly answer: Answer
  readonly freshUntilMs: number
  readonly staleUntilMs: number
}

/** An answer that is kept, and whether its time to live has not passed. */
export interface Found {
  readonly answer: Answer
  readonly isFresh: boolean
}

/** Answers as they were sent, so that nobody can change what another one gets. What was used longest ago goes first. */
export class AnswerCache {
  readonly #limits: CacheLimits
  /** In the order of their last use. */
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor(limits: CacheLimits) {
    this.#limits = limits
  }

  get bytes(): number {
    return this.#bytes
  }

  find(key: string, nowMs: number): Found | null {
    const kept = this.#kept.get(key)
    if (kept === undefined) return null
    if (nowMs >= kept.staleUntilMs) {
      this.#drop(key, kept)
      return null
    }
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return { answer: kept.answer, isFresh: nowMs < kept.freshUntilMs }
  }

  keep(key: string, answer: Answer, { times: { ttlMs, staleMs }, nowMs }: { times: CacheTimes; nowMs: number }): void {
    const { mostAnswers, mostBytes } = this.#limits
    this.forget(key)
    if (answer.bytes.length > mostBytes || mostAnswers === 0) return
    this.#kept.set(key, { answer, freshUntilMs: nowMs + ttlMs, staleUntilMs: nowMs + ttlMs + staleMs })
    this.#bytes += answer.bytes.length
    for (const [oldest, kept] of this.#kept) {
      if (this.#kept.size <= mostAnswers && this.#bytes <= mostBytes) return
      this.#drop(oldest, kept)
    }
  }

  forget(key: string): void {
    const kept = this.#kept.get(key)
    if (kept !== undefined) this.#drop(key, kept)
  }

  #drop(key: string, { answer }: Kept): void {
    this.#kept.delete(key)
    this.#bytes -= answer.bytes.length
  }
}
