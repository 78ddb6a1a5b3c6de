import type { Outcome, PlannedFile, RecordedTest } from './harness/messages.ts'
import type { Mutant } from './mutant.ts'
import { startTryProcess, type TryProcess } from './try-process.ts'

export interface Trial {
  readonly mutant: Mutant
  /** `unreached`: no test comes past it. */
  readonly outcome: Outcome | { readonly kind: 'unreached' }
}

export interface TrialOptions {
  /** The copy that holds the mutants. */
  readonly tree: string
  readonly testFiles: readonly string[]
  readonly engines: readonly string[]
  readonly workers: number
  /** How long a test or hook may take, and how long a process may stay silent beyond what its tests take. Default 10 s. */
  readonly patienceMs?: number
  /** Told of each trial as it ends. */
  readonly onTrial?: (trial: Trial) => void
}

export interface Trials {
  readonly trials: readonly Trial[]
  /** Tests that pass without any mutant, which alone are run with one. */
  readonly tests: number
  /** Tests that fail without any mutant and are left out: `file › name: why`. */
  readonly unusable: readonly string[]
}

/** Each mutant, switched on alone, against the tests that come past it, the quickest first, until one fails. */
export async function tryMutants(mutants: readonly Mutant[], options: TrialOptions): Promise<Trials> {
  const records = await recordTests(options)
  const usable = records.map(({ file, tests }) => ({ file, tests: tests.filter(({ failure }) => failure === null) }))
  const unusable = records.flatMap(({ file, tests, failure }) => [
    ...(failure === null ? [] : [`${file}: ${failure}`]),
    ...tests.flatMap((test) => (test.failure === null ? [] : [`${file} › ${test.name}: ${test.failure}`])),
  ])
  const plans = plansOf(usable)
  const atLoad = new Set(records.flatMap((record) => record.atLoad))
  const queue = [...mutants]
  const trials: Trial[] = []
  const work = Array.from({ length: options.workers }, async () => {
    for await (const trial of triedFrom(queue, { plans, atLoad }, options)) {
      trials.push(trial)
      options.onTrial?.(trial)
    }
  })
  await Promise.all(work)
  return {
    trials: trials.toSorted((a, b) => a.mutant.id - b.mutant.id),
    tests: usable.reduce((sum, { tests }) => sum + tests.length, 0),
    unusable,
  }
}

interface FileRecord {
  readonly file: string
  readonly tests: readonly RecordedTest[]
  readonly atLoad: readonly number[]
  readonly failure: string | null
}

async function recordTests({ tree, engines, testFiles }: TrialOptions): Promise<readonly FileRecord[]> {
  const child = await startTryProcess(tree, engines)
  const records: FileRecord[] = []
  for (const file of testFiles) {
    const reply = await child.ask({ kind: 'record', file }, 300_000)
    if (reply?.kind !== 'recorded') throw new Error(`${file} did not end without any mutant`)
    records.push({ file, tests: reply.tests, atLoad: reply.atLoad, failure: reply.failure })
  }
  child.end()
  return records
}

interface Plan {
  readonly files: readonly PlannedFile[]
  readonly ms: number
}

/** What loading a file costs before its first test runs. */
const loadMs = 100

function plansOf(records: readonly Pick<FileRecord, 'file' | 'tests'>[]): ReadonlyMap<number, Plan> {
  const parts = new Map<number, { file: string; names: string[]; ms: number }[]>()
  for (const { file, tests } of records) {
    for (const { name, ms, reached } of tests) {
      for (const id of reached) {
        const files = parts.get(id) ?? []
        parts.set(id, files)
        if (files.at(-1)?.file !== file) files.push({ file, names: [], ms: loadMs })
        const last = files.at(-1) as (typeof files)[number]
        last.names.push(name)
        last.ms += ms
      }
    }
  }
  return new Map([...parts].map(([id, files]) => [id, planOf(files)]))
}

function planOf(
  files: readonly { readonly file: string; readonly names: readonly string[]; readonly ms: number }[],
): Plan {
  const sorted = files.toSorted((a, b) => a.ms - b.ms)
  return {
    files: sorted.map(({ file, names }) => ({ file, tests: names })),
    ms: files.reduce((sum, { ms }) => sum + ms, 0),
  }
}

/** Modules that are loaded anew are never let go of. */
const mostMemoryBytes = 1.2e9

interface Plans {
  readonly plans: ReadonlyMap<number, Plan>
  /** Mutants that are reached while modules are loaded. */
  readonly atLoad: ReadonlySet<number>
}

async function* triedFrom(queue: Mutant[], { plans, atLoad }: Plans, options: TrialOptions): AsyncGenerator<Trial> {
  let child: TryProcess | null = null
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const plan = plans.get(mutant.id)
    if (plan === undefined) {
      yield { mutant, outcome: { kind: 'unreached' } }
      continue
    }
    child ??= await startTryProcess(options.tree, options.engines)
    const { patienceMs = 10_000 } = options
    const isAtLoad = atLoad.has(mutant.id)
    const request = { kind: 'try', mutant: mutant.id, isAtLoad, plan: plan.files, timeoutMs: patienceMs } as const
    const reply = await child.ask(request, patienceMs * 2 + plan.ms * 5)
    const outcome: Outcome = reply?.kind === 'tried' ? reply.outcome : { kind: 'timeout', file: null, test: null }
    if (reply?.kind !== 'tried' || outcome.kind === 'timeout' || reply.memoryBytes > mostMemoryBytes) {
      child.end()
      child = null
    }
    yield { mutant, outcome }
  }
  child?.end()
}
