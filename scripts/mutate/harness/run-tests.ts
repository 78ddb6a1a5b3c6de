import type { Suite, Test } from './collect.ts'

export interface TestRun {
  readonly test: Test
  readonly ms: number
  /** Null where it passed. */
  readonly error: unknown
}

export interface RunOptions {
  /** Told before hooks and tests run: what is done next is done for this one. */
  readonly begins?: (part: Test | Suite) => void
  /** Whether to go on after a test. */
  readonly goesOn?: (run: TestRun) => boolean
  /** Of a test or hook that says nothing else. */
  readonly timeoutMs: number
}

export class TooSlow extends Error {}

/** Runs tests of one file in their order, each inside the hooks of its blocks. */
export async function runTests(tests: readonly Test[], options: RunOptions): Promise<readonly TestRun[]> {
  const { goesOn = () => true } = options
  const runs: TestRun[] = []
  const open: OpenSuite[] = []
  for (const test of tests) {
    const startedAt = performance.now()
    const error = await errorOf(async () => {
      await leave(open, chainOf(test.suite), options)
      await enter(open, chainOf(test.suite), options)
      await runOne(test, options)
    })
    const run = { test, ms: performance.now() - startedAt, error }
    runs.push(run)
    if (!goesOn(run)) break
  }
  const error = await errorOf(() => leave(open, [], options))
  const last = runs.at(-1)
  if (error !== null && last?.error === null) runs[runs.length - 1] = { ...last, error }
  return runs
}

interface OpenSuite {
  readonly suite: Suite
  /** What a `beforeAll` gave back, to be called at the end. */
  readonly teardown: (() => unknown)[]
  /** Why its tests cannot run. */
  failure: unknown
}

function chainOf(suite: Suite | null): readonly Suite[] {
  return suite === null ? [] : [...chainOf(suite.parent), suite]
}

async function enter(open: OpenSuite[], chain: readonly Suite[], options: RunOptions): Promise<void> {
  for (const suite of chain.slice(open.length)) {
    const entered: OpenSuite = { suite, teardown: [], failure: null }
    open.push(entered)
    options.begins?.(suite)
    entered.failure = await errorOf(async () => {
      for (const hook of suite.beforeAll) {
        const given = await inTime(hook, options.timeoutMs)
        if (typeof given === 'function') entered.teardown.push(given as () => unknown)
      }
    })
  }
  const failed = open.find(({ failure }) => failure !== null)
  if (failed !== undefined) throw failed.failure
}

async function leave(open: OpenSuite[], chain: readonly Suite[], options: RunOptions): Promise<void> {
  let error: unknown = null
  while (open.length > 0 && open.at(-1)?.suite !== chain[open.length - 1]) {
    const { suite, teardown, failure } = open.pop() as OpenSuite
    for (const hook of [...suite.afterAll, ...teardown].toReversed()) {
      const failed = await errorOf(() => inTime(hook, options.timeoutMs))
      if (failure === null) error ??= failed
    }
  }
  if (error !== null) throw error
}

async function runOne(test: Test, options: RunOptions): Promise<void> {
  const chain = chainOf(test.suite)
  const timeoutMs = test.timeoutMs ?? options.timeoutMs
  options.begins?.(test)
  try {
    for (const suite of chain) for (const hook of suite.beforeEach) await inTime(hook, timeoutMs)
    await inTime(test.run, timeoutMs)
  } finally {
    for (const suite of chain.toReversed()) for (const hook of suite.afterEach) await inTime(hook, timeoutMs)
  }
}

/** What was thrown; null where nothing was. */
async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    await work()
    return null
  } catch (error) {
    return error ?? new Error('Something empty was thrown')
  }
}

async function inTime(work: (...given: never[]) => unknown, timeoutMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(`It took more than ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
