import { pathToFileURL } from 'node:url'
import { collect, type Suite, type Test } from './collect.ts'
import { freshModules } from './fresh-modules.ts'
import type { Killed, Outcome, PlannedFile, RecordedTest, Reply, Request } from './messages.ts'
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
  beginAnew()
  begins(null)
  try {
    const tests = await collect(() => modules.load(file))
    const runs = await runTests(tests, { begins, timeoutMs: 60_000 })
    const recorded = runs.map(({ test, ms, error }): RecordedTest => {
      const parts = [null, test, ...suitesOf(test.suite)]
      const all = parts.reduce((sum, part) => sum.union(reachedBy.get(part) ?? new Set()), new Set<number>())
      return { name: test.name, ms, failure: error === null ? null : textOf(error), reached: [...all] }
    })
    return { kind: 'recorded', tests: recorded, atLoad: [...(reachedBy.get(null) ?? [])], failure: null }
  } catch (error) {
    return { kind: 'recorded', tests: [], atLoad: [], failure: textOf(error) }
  } finally {
    reached = null
  }
}

const suitesOf = (suite: Suite | null): readonly Suite[] => (suite === null ? [] : [suite, ...suitesOf(suite.parent)])

/** The tests of the files that this generation of modules has loaded. */
const loaded = new Map<string, Promise<readonly Test[]>>()

function beginAnew(): void {
  modules.begin()
  loaded.clear()
}

function testsOf(file: string): Promise<readonly Test[]> {
  const known = loaded.get(file) ?? collect(() => modules.load(file))
  loaded.set(file, known)
  return known
}

/**
 * In modules that are loaded already, which takes a tenth of the time; that a mutant is killed counts when the same test passes
 * without it right after. Else, and before a mutant counts as a survivor, everything is loaded anew: something may have been kept.
 */
async function attempt({ mutant, isAtLoad, plan, timeoutMs }: Extract<Request, { kind: 'try' }>): Promise<Outcome> {
  if (isAtLoad) {
    beginAnew()
    const outcome = await attemptAll(mutant, plan, timeoutMs)
    beginAnew()
    return outcome
  }
  if (loaded.size > 0) {
    const outcome = await attemptAll(mutant, plan, timeoutMs)
    if (outcome.kind === 'killed' && (await passesWithout(outcome, timeoutMs))) return outcome
    beginAnew()
    if (outcome.kind === 'timeout') return outcome
  }
  const outcome = await attemptAll(mutant, plan, timeoutMs)
  if (outcome.kind === 'killed' && !(await passesWithout(outcome, timeoutMs))) beginAnew()
  return outcome
}

async function passesWithout({ file, test }: Killed, timeoutMs: number): Promise<boolean> {
  return test !== null && (await attemptFile(-1, { file, tests: [test] }, timeoutMs)).kind === 'survived'
}

async function attemptAll(mutant: number, plan: readonly PlannedFile[], timeoutMs: number): Promise<Outcome> {
  for (const planned of plan) {
    const outcome = await attemptFile(mutant, planned, timeoutMs)
    if (outcome.kind !== 'survived') return outcome
  }
  return { kind: 'survived' }
}

async function attemptFile(mutant: number, { file, tests: names }: PlannedFile, timeoutMs: number): Promise<Outcome> {
  active = mutant
  try {
    const tests = await testsOf(file)
    const chosen = tests.filter(({ name }) => names.includes(name))
    const runs = await runTests(chosen, { timeoutMs, goesOn: ({ error }) => error === null })
    const failed = runs.find(({ error }) => error !== null)
    if (failed === undefined) return { kind: 'survived' }
    const by = { file, test: failed.test.name }
    return failed.error instanceof TooSlow
      ? { kind: 'timeout', ...by }
      : { kind: 'killed', ...by, message: textOf(failed.error) }
  } catch (error) {
    return { kind: 'killed', file, test: null, message: textOf(error) }
  } finally {
    active = -1
  }
}

async function answer(request: Request): Promise<Reply> {
  if (request.kind === 'record') return record(request.file)
  const outcome = await attempt(request)
  return { kind: 'tried', outcome, memoryBytes: process.memoryUsage.rss() }
}

// What a mutant leaves running must not end the process: its test has been judged, or is going to be.
process.on('unhandledRejection', () => {})
process.on('uncaughtException', () => {})
process.on('message', (request: Request) => void answer(request).then((reply) => process.send?.(reply)))
process.on('disconnect', () => process.exit())
process.send?.({ kind: 'ready' } satisfies Reply)
