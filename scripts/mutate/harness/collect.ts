/**
 * What test files import as `vitest` while mutants are tried: it collects tests so that they can be run by name, many times in one
 * process. Only what the tests of this repository use.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect as expectNow, vi } from 'vitest'

export { vi }

/** With a `poll` of our own: vitest's needs its runner. */
export const expect = new Proxy(expectNow, {
  get: (given, name): unknown => (name === 'poll' ? poll : Reflect.get(given, name)),
})

type Matchers = Readonly<Record<string, (...expected: unknown[]) => void>>

/** Asks anew until the matcher is content, or the time is over. */
function poll(ask: () => unknown, { timeout = 1_000, interval = 50 } = {}): unknown {
  const until = async (matcher: string, expected: readonly unknown[]): Promise<void> => {
    const deadline = performance.now() + timeout
    for (;;) {
      try {
        const matchers = Reflect.apply(expectNow, undefined, [await ask()]) as unknown as Matchers
        return matchers[matcher]?.(...expected)
      } catch (error) {
        if (performance.now() >= deadline) throw error
        await sleep(interval)
      }
    }
  }
  const matcher =
    (name: string) =>
    (...expected: unknown[]): Promise<void> =>
      until(name, expected)
  return new Proxy({}, { get: (_, name: string) => matcher(name) })
}

type Work = (...given: never[]) => unknown

export interface Hooks {
  readonly beforeAll: Work[]
  readonly afterAll: Work[]
  readonly beforeEach: Work[]
  readonly afterEach: Work[]
}

export interface Suite extends Hooks {
  readonly parent: Suite | null
  readonly name: string
}

export interface Test {
  readonly suite: Suite
  /** Unlike any other of its file. */
  readonly name: string
  readonly timeoutMs: number | null
  run(): unknown
}

interface Collection {
  suite: Suite
  readonly tests: Test[]
  readonly taken: Map<string, number>
}

let collecting: Collection | null = null

/** The tests that a file declares while `load` imports it. */
export async function collect(load: () => Promise<unknown>): Promise<readonly Test[]> {
  const collection: Collection = { suite: newSuite(null, ''), tests: [], taken: new Map() }
  collecting = collection
  try {
    await load()
    await Promise.all(pending)
  } finally {
    collecting = null
    pending.length = 0
  }
  return collection.tests
}

/** Blocks that are declared asynchronously. */
const pending: Promise<unknown>[] = []

const newSuite = (parent: Suite | null, name: string): Suite => ({
  parent,
  name,
  beforeAll: [],
  afterAll: [],
  beforeEach: [],
  afterEach: [],
})

function current(): Collection {
  if (collecting === null) throw new Error('Tests and hooks are declared only while their file is loaded')
  return collecting
}

type Options = number | { readonly timeout?: number } | Work

function declareTest(name: string, one: Options, other?: Options): void {
  const { suite, tests, taken } = current()
  const full = `${suite.name}${name}`
  const twins = taken.get(full) ?? 0
  taken.set(full, twins + 1)
  const work = [one, other].find((given): given is Work => typeof given === 'function') ?? (() => {})
  const options = [one, other].find((given) => typeof given !== 'function')
  const timeoutMs =
    typeof options === 'number' ? options : ((options as { timeout?: number } | undefined)?.timeout ?? null)
  tests.push({ suite, name: twins === 0 ? full : `${full} (${twins + 1})`, timeoutMs, run: () => work() })
}

function declareSuite(name: string, one: Options, other?: Options): void {
  const collection = current()
  const around = collection.suite
  const declare = [one, other].find((given): given is Work => typeof given === 'function') ?? (() => {})
  collection.suite = newSuite(around, `${around.name}${name} › `)
  try {
    const declared = declare()
    if (declared instanceof Promise) pending.push(declared)
  } finally {
    collection.suite = around
  }
}

type Declare = (name: string, one: Options, other?: Options) => void

const nothing: Declare = () => {}

interface Api extends Declare {
  readonly each: (rows: readonly unknown[]) => (name: string, one: Options, other?: Options) => void
  readonly skip: Declare
  readonly skipIf: (isSkipped: unknown) => Declare
  readonly runIf: (isRun: unknown) => Declare
}

function api(declare: Declare): Api {
  const each =
    (rows: readonly unknown[]): Declare =>
    (name, one, other) => {
      for (const row of rows) {
        const args = (Array.isArray(row) ? row : [row]) as never[]
        const bound = (given: Options | undefined): Options =>
          typeof given === 'function' ? () => given(...args) : (given ?? {})
        declare(titled(name, args), bound(one), other === undefined ? undefined : bound(other))
      }
    }
  return Object.assign((...given: Parameters<Declare>) => declare(...given), {
    each,
    skip: nothing,
    skipIf: (isSkipped: unknown) => (isSkipped ? nothing : declare),
    runIf: (isRun: unknown) => (isRun ? declare : nothing),
  })
}

/** `$title` of a row that is an object, `%s` of one that is a list. */
function titled(name: string, [first, ...others]: readonly unknown[]): string {
  const row = (typeof first === 'object' && first !== null ? first : {}) as Readonly<Record<string, unknown>>
  const values = [first, ...others]
  let at = 0
  return name
    .replaceAll(/\$(\w+)/g, (written, key: string) => (key in row ? String(row[key]) : written))
    .replaceAll(/%[sdijfo]/g, () => String(values[at++]))
}

export const test = api(declareTest)
export const it = test
export const describe = api(declareSuite)

const hook = (kind: keyof Hooks) => (work: Work) => void current().suite[kind].push(work)

export const beforeAll = hook('beforeAll')
export const afterAll = hook('afterAll')
export const beforeEach = hook('beforeEach')
export const afterEach = hook('afterEach')
