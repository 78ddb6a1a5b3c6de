import { pathToFileURL } from 'node:url'
import { collect, type Suite, type Test } from './collect.ts'
import { freshModules } from './fresh-modules.ts'
import type { Outcome, PlannedFile, RecordedTest, Reply, Request } from './messages.ts'
import { runTests, TooSlow } from './run-tests.ts'

/** Tries mutants of the tree that its first argument names, as its parent asks. */
const root = pathToFileURL(`${process.argv[2]}/`)
const modules = freshModules(root, { vitest: new URL('collect.ts', import.meta.url) })

let active = -1
let reached: Set<number> | null = null
Object.assign(globalThis, {
  __terraceMutant: (id: number): boolean => {
    reached?.add(id)
    return id === active
  },
})

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)

async function record(file: string): Promise<Extract<Reply, { kind: 'recorded' }>> {
  const reachedBy = new Map<Test | Suite | null, Set<number>>()
  const begins = (part: Test | Suite | null): void => {
    reached = reachedBy.get(part) ?? new Set()
    reachedBy.set(part, reached)
  }
  modules.begin()
  begins(null)
  try {
    const tests = await collect(new URL(file, root), () => modules.load(file))
    const runs = await runTests(tests, { begins, timeoutMs: 60_000 })
    const recorded = runs.map(({ test, ms, error }): RecordedTest => {
      const parts = [null, test, ...suitesOf(test.suite)]
      const all = parts.reduce((sum, part) => sum.union(reachedBy.get(part) ?? new Set()), new Set<number>())
      return { name: test.name, ms, failure: error === null ? null : textOf(error), reached: [...all] }
    })
    return { kind: 'recorded', tests: recorded, failure: null }
  } catch (error) {
    return { kind: 'recorded', tests: [], failure: textOf(error) }
  } finally {
    reached = null
  }
}

const suitesOf = (suite: Suite | null): readonly Suite[] => (suite === null ? [] : [suite, ...suitesOf(suite.parent)])

async function attempt(plan: readonly PlannedFile[], timeoutMs: number): Promise<Outcome> {
  modules.begin()
  for (const { file, tests: names } of plan) {
    const outcome = await attemptFile(file, new Set(names), timeoutMs)
    if (outcome.kind !== 'survived') return outcome
  }
  return { kind: 'survived' }
}

async function attemptFile(file: string, names: ReadonlySet<string>, timeoutMs: number): Promise<Outcome> {
  try {
    const tests = await collect(new URL(file, root), () => modules.load(file))
    const chosen = tests.filter(({ name }) => names.has(name))
    const runs = await runTests(chosen, { timeoutMs, goesOn: ({ error }) => error === null })
    const failed = runs.find(({ error }) => error !== null)
    if (failed === undefined) return { kind: 'survived' }
    const by = `${file} › ${failed.test.name}`
    return failed.error instanceof TooSlow
      ? { kind: 'timeout', by }
      : { kind: 'killed', by, message: textOf(failed.error) }
  } catch (error) {
    return { kind: 'killed', by: `${file}, which cannot be loaded`, message: textOf(error) }
  }
}

async function answer(request: Request): Promise<Reply> {
  if (request.kind === 'record') return record(request.file)
  active = request.mutant
  try {
    const outcome = await attempt(request.plan, request.timeoutMs)
    return { kind: 'tried', outcome, memoryBytes: process.memoryUsage.rss() }
  } finally {
    active = -1
  }
}

// What a mutant leaves running must not end the process: its test has been judged, or is going to be.
process.on('unhandledRejection', () => {})
process.on('uncaughtException', () => {})
process.on('message', (request: Request) => void answer(request).then((reply) => process.send?.(reply)))
process.on('disconnect', () => process.exit())
process.send?.({ kind: 'ready' } satisfies Reply)
