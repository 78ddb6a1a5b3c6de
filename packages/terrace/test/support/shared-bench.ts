import { afterAll } from 'vitest'
import type { EngineUnderTest } from './describe-engines.ts'
import { openBench, type BenchOptions, type SessionBench } from './session-bench.ts'

export interface SharedBench {
  /** Another `Database` over the same tables, made on the first call. Closed after the tests of this block. */
  open(options?: BenchOptions): Promise<SessionBench>
  /** A label that no other test of this block uses. */
  label(): string
}

/** One database for the tests of a block, whose parts are fresh for each: driver, counts, what was recorded. */
export function sharedBench(engine: EngineUnderTest): SharedBench {
  const opened: SessionBench[] = []
  let labels = 0
  afterAll(async () => {
    for (const { db } of opened) await db.close()
  })
  return {
    async open(options = {}) {
      const [first] = opened
      // A database in memory is another one for each that opens it.
      const isShared = first !== undefined && !first.url.endsWith(':memory:')
      const made = await openBench(engine, isShared ? { ...options, url: first.url } : options)
      opened.push(made)
      return made
    },
    label: () => `label ${(labels += 1)}`,
  }
}
