import { rm } from 'node:fs/promises'
import { DriverError } from '../../src/database/index.ts'
import type { Plan, Snapshot, StructureVocabulary } from '../../src/schema/index.ts'
import { readHistory, runUpgrade, structureOf, type MigrationHistory } from '../../src/sync/index.ts'
import { standAt } from '../../src/sync/migrations/author/verify-history.ts'
import { joinHeads } from '../../src/sync/migrations/author/join-heads.ts'
import { tryRevision } from '../../src/sync/migrations/author/try-revision.ts'
import { draftOf } from '../../src/sync/migrations/draft-of.ts'
import { ancestorsOf } from '../../src/sync/migrations/history-graph.ts'
import { historyOf } from '../../src/sync/migrations/history-of.ts'
import { revisionOf } from '../../src/sync/migrations/revision-of.ts'
import { writeRevision } from '../../src/sync/migrations/write-revision.ts'
import { nextStructure, smallerStructure, type NextStructure } from '../../src/testing/structures/next-structure.ts'
import { Random } from '../../src/testing/structures/random.ts'
import { textOf } from '../laws/laws.ts'
import type { WalkBench } from './walk-bench.ts'
import { canGo, differencesAt, fillEmpty, goTrip, legsBetween } from './walk-trip.ts'

export interface WalkOptions {
  readonly seed: number
  readonly revisions: number
  /** How often there are branches, merges and trips, for walks that are short. Default 1. */
  readonly pace?: number
  /** Holds a folder for each engine. */
  readonly folder: string
}

export interface WalkReport {
  revisions: number
  merges: number
  conflicts: number
  /** Changes that the engine refuses to plan, or that no rows could be found for. */
  refused: number
  trips: number
  sampleRows: number
  irreversible: number
  readonly failures: string[]
  seconds: number
}

/** A history that grows, change by change, on branches that are merged again. */
export class Walk {
  readonly report: WalkReport = {
    revisions: 0,
    merges: 0,
    conflicts: 0,
    refused: 0,
    trips: 0,
    sampleRows: 0,
    irreversible: 0,
    failures: [],
    seconds: 0,
  }
  readonly #bench: WalkBench
  readonly #options: WalkOptions
  readonly #random: Random
  readonly #quote: (name: string) => string
  history: MigrationHistory
  /** Revisions that lose values, or whose way back does. */
  readonly #lossy = new Set<string>()
  #turn = 0
  #count = 0
  /** What stands on the database where revisions are tried, and on the one where paths are gone. */
  #drafted: ReadonlySet<string> = new Set()
  #applied: ReadonlySet<string> = new Set()

  constructor(bench: WalkBench, options: WalkOptions) {
    this.#bench = bench
    this.#options = options
    this.#random = new Random(options.seed)
    this.#quote = (name) => bench.drafting.dialect.quoteName(name)
    this.history = this.#historyWith([])
  }

  #historyWith(revisions: MigrationHistory['revisions']): MigrationHistory {
    const { dialectName } = this.#bench
    const history = historyOf({ dialect: dialectName, folder: this.#options.folder, revisions })
    if ('problems' in history) throw new Error(JSON.stringify(history.problems))
    return history
  }

  async run(): Promise<WalkReport> {
    const startedAt = performance.now()
    try {
      while (this.report.revisions < this.#options.revisions && this.report.failures.length < 10) await this.#step()
      await this.#replay()
    } catch (error) {
      this.report.failures.push(`turn ${this.#turn}: ${textOf(error)}`)
    }
    this.report.seconds = Math.round((performance.now() - startedAt) / 1000)
    return this.report
  }

  async #step(): Promise<void> {
    const { heads } = this.history
    const isForked = heads.length > 1
    const { pace = 1 } = this.#options
    if (isForked && this.#random.chance(0.3 * pace)) await this.#merge(heads)
    else if (!isForked && heads.length === 1 && this.#random.chance(0.15 * pace)) await this.#fork()
    else await this.#grow(isForked ? this.#random.of(heads) : (heads[0] ?? null))
    if (this.#random.chance(0.15 * pace)) await this.#trip()
  }

  #newId(): string {
    this.#count += 1
    return `r${String(this.#count).padStart(6, '0')}`
  }

  #snapshotOf(id: string | null): Snapshot {
    return id === null ? { tables: {} } : (this.history.byId.get(id)?.snapshot ?? { tables: {} })
  }

  #next(from: Snapshot): NextStructure {
    for (;;) {
      this.#turn += 1
      const seed = this.#random.below(2 ** 32)
      const options = { vocabulary: this.#bench.vocabulary, quoteName: this.#quote, from, seed, turn: this.#turn }
      const size = Object.keys(from.tables).length
      const isShrinking = size > 0 && this.#random.chance(size > 5 ? 0.6 : 0.05)
      const next = isShrinking ? smallerStructure(options) : nextStructure(options)
      if (next !== null) return next
    }
  }

  /** One change after a revision: what it needs first, where that is not there. */
  async #grow(parent: string | null): Promise<string | null> {
    const next = this.#next(this.#snapshotOf(parent))
    const middle = await this.#revision(parent, {
      ...next,
      after: next.before,
      allow: [],
      edit: `${next.edit}, before`,
    })
    if (middle === 'failed') return null
    return this.#revision(middle ?? parent, next).then((made) => (made === 'failed' ? null : made))
  }

  /** Null where nothing differs. */
  async #revision(parent: string | null, { after, allow, edit }: NextStructure): Promise<string | null | 'failed'> {
    const where = `${edit} at turn ${this.#turn}`
    const { drafting } = this.#bench
    await this.#standAt(parent)
    const plan = await this.#planned(after, allow)
    if (typeof plan === 'string') return this.#failed(after, `${where}: ${plan}`)
    if (plan.steps.length === 0) return null
    const id = this.#newId()
    const draft = {
      dialect: this.#bench.dialectName,
      revision: id,
      parents: parent === null ? [] : [parent],
      description: edit,
      snapshot: after,
      ...draftOf(plan),
    }
    const revision = revisionOf(this.#options.folder, draft)
    const history = this.#historyWith([...this.history.revisions, revision])
    try {
      const before = this.#snapshotOf(parent)
      const verified = await tryRevision({ scratch: drafting, history, revision, before, plan })
      const { sampleRows, reversible, losses } = verified
      this.report.sampleRows += sampleRows
      if (losses.length > 0) this.#lossy.add(id)
      if (!reversible) this.report.irreversible += 1
    } catch (error) {
      await drafting.clear()
      this.#drafted = new Set()
      return this.#failed(after, `${where}: ${textOf(error)}`)
    }
    await writeRevision(this.#options.folder, draft)
    this.history = history
    this.#drafted = ancestorsOf(history, [id])
    this.report.revisions += 1
    return id
  }

  async #planned(after: Snapshot, allow: readonly string[]): Promise<Plan | string> {
    try {
      const plan = await structureOf(this.#bench.drafting.parts).plan(after, { allow })
      return plan.drift.length === 0
        ? plan
        : `refused: ${plan.drift.map(({ object, reason }) => `${object} ${reason}`).join('; ')}`
    } catch (error) {
      return `refused: ${textOf(error)}`
    }
  }

  /** What no engine makes from nothing either is no structure, and what the planner refuses is told by it. */
  async #failed(after: Snapshot, failure: string): Promise<'failed'> {
    const { fresh } = this.#bench
    await fresh.clear()
    const isPossible = await structureOf(fresh.parts)
      .apply(withoutRenames(after))
      .then(() => keysAreSound(fresh))
      .then(
        () => true,
        () => false,
      )
    if (!isPossible || failure.includes(': refused: ')) this.report.refused += 1
    else this.report.failures.push(failure)
    return 'failed'
  }

  async #standAt(id: string | null): Promise<void> {
    const wanted = ancestorsOf(this.history, id === null ? [] : [id])
    await standAt(this.#bench.drafting, this.history, { applied: this.#drafted, wanted })
    this.#drafted = wanted
  }

  /** Two ways on from one revision; sometimes two that want different things of one column. */
  async #fork(): Promise<void> {
    const [head = null] = this.history.heads
    const known = this.history
    const clash = this.#random.chance(0.3) ? clashOf(this.#snapshotOf(head), this.#bench.vocabulary) : null
    if (clash === null) {
      await this.#grow(head)
      if (this.history !== known) await this.#grow(head)
      return
    }
    const made: string[] = []
    for (const after of clash) {
      this.#turn += 1
      const revision = await this.#revision(head, { edit: 'clash', before: after, after, allow: [] })
      if (revision !== null && revision !== 'failed') made.push(revision)
    }
    if (made.length < 2) return
    const before = this.report.conflicts
    await this.#merge(made)
    if (this.report.conflicts === before) this.report.failures.push(`turn ${this.#turn}: a clash was merged`)
  }

  async #merge(heads: readonly string[]): Promise<void> {
    const { drafting, dialectName } = this.#bench
    try {
      const { snapshot } = await joinHeads(drafting, this.history, heads)
      const id = this.#newId()
      const still = { up: [], down: [], renames: [], snapshot }
      const draft = { dialect: dialectName, revision: id, parents: heads, description: 'merge', ...still }
      this.history = this.#historyWith([...this.history.revisions, await writeRevision(this.#options.folder, draft)])
      this.report.merges += 1
      this.report.revisions += 1
      this.#drafted = new Set()
      await drafting.clear()
    } catch (error) {
      await drafting.clear()
      this.#drafted = new Set()
      if ((error as { readonly code?: unknown }).code !== 'MIGRATION_CONFLICT') throw error
      await this.#giveUpOne(heads, textOf(error))
    }
  }

  /** Only branches that are about the same tables can be in each other's way; one of them is deleted, as the error says. */
  async #giveUpOne([kept = '', ...others]: readonly string[], message: string): Promise<void> {
    this.report.conflicts += 1
    const tables = [kept, ...others].map((head) => this.#changedBy(head, [kept, ...others]))
    const shared = [...(tables[0] ?? [])].filter((name) => tables.slice(1).every((names) => names.has(name)))
    if (shared.length === 0) this.report.failures.push(`turn ${this.#turn}: branches of different tables: ${message}`)
    const left = ancestorsOf(this.history, [kept])
    await this.#live(ancestorsOf(this.history, []))
    for (const { revision, file } of this.history.revisions)
      if (!left.has(revision)) for (const name of [file, file.replace(/ts$/, 'json')]) await rm(name)
    this.history = this.#historyWith(this.history.revisions.filter(({ revision }) => left.has(revision)))
  }

  /** Tables that a branch has made otherwise, and those that refer to them or that they refer to. */
  #changedBy(head: string, heads: readonly string[]): ReadonlySet<string> {
    const common = heads.map((id) => ancestorsOf(this.history, [id])).reduce((all, next) => all.intersection(next))
    const own = this.history.revisions.filter(
      ({ revision }) => ancestorsOf(this.history, [head]).has(revision) && !common.has(revision),
    )
    const names = own.flatMap((revision) => {
      const before = this.#snapshotOf(revision.parents[0] ?? null).tables
      const { tables } = revision.snapshot
      const all = new Set([...Object.keys(before), ...Object.keys(tables)])
      const changed = [...all].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(tables[name]))
      return changed.flatMap((name) => [
        name,
        ...((tables[name] ?? before[name])?.foreignKeys ?? []).map((key) => key.targetTable),
      ])
    })
    return new Set(names)
  }

  async #trip(): Promise<void> {
    const all = ids(this.history)
    if (all.length === 0) return
    const target = this.#random.chance(0.05) ? null : this.#random.of(all)
    await this.#live(ancestorsOf(this.history, target === null ? [] : [target]), target)
  }

  /** Goes to a revision on the database that has rows. */
  async #live(wanted: ReadonlySet<string>, target: string | null = null): Promise<void> {
    const { live } = this.#bench
    const legs = legsBetween(this.history, this.#applied, wanted)
    const where = `trip to ${target ?? 'base'} after turn ${this.#turn}`
    try {
      if (!canGo(legs)) {
        await this.#makeAnew(wanted)
      } else {
        await fillEmpty(live)
        const problems = await goTrip(live, this.history, legs)
        for (const problem of problems) this.report.failures.push(`${where}: ${problem}`)
      }
      const differences = await differencesAt(live, this.history, this.#snapshotOf(target), ids(this.history))
      for (const line of differences) this.report.failures.push(`${where}: ${line}`)
      this.report.trips += 1
      this.#applied = wanted
    } catch (error) {
      if (!this.#mayRefuse(error, legs)) this.report.failures.push(`${where}: ${textOf(error)}`)
      this.report.refused += 1
      await this.#makeAnew(wanted)
      const differences = await differencesAt(live, this.history, this.#snapshotOf(target), ids(this.history))
      for (const line of differences) this.report.failures.push(`${where}, without rows: ${line}`)
    }
  }

  /** Rows may stand against a leg that says so, and may ask for what an earlier one has lost. */
  #mayRefuse(error: unknown, legs: ReturnType<typeof legsBetween>): boolean {
    const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown }
    if (code === 'MIGRATION_REFUSED') return true
    const isAboutRows = code === 'STRUCTURE_KEYS_BROKEN' || (cause instanceof DriverError && cause.kind !== 'other')
    return isAboutRows && legs.some(({ revision }) => this.#lossy.has(revision.revision))
  }

  async #makeAnew(wanted: ReadonlySet<string>): Promise<void> {
    const { live } = this.#bench
    await live.clear()
    this.#applied = new Set()
    const path = this.history.revisions.filter(({ revision }) => wanted.has(revision))
    await runUpgrade(live.parts, { history: this.history, path })
    this.#applied = wanted
  }

  /** From nothing, from the files alone, to what the first head declares. */
  async #replay(): Promise<void> {
    const { fresh, dialectName } = this.#bench
    const sums = ({ revisions }: MigrationHistory): readonly string[] => revisions.map(({ checksum }) => checksum)
    const written = await readHistory(this.#options.folder, dialectName)
    if (String(sums(written)) !== String(sums(this.history))) this.report.failures.push('the files say something else')
    this.history = written
    const [head] = this.history.heads
    if (head === undefined) return
    const wanted = ancestorsOf(this.history, [head])
    await fresh.clear()
    await runUpgrade(fresh.parts, {
      history: this.history,
      path: this.history.revisions.filter(({ revision }) => wanted.has(revision)),
    })
    const differences = await differencesAt(fresh, this.history, this.#snapshotOf(head), ids(this.history))
    for (const line of differences) this.report.failures.push(`replay: ${line}`)
  }
}

/** Keys that lead to nothing unique are found by no engine that looks at them later, until rows come. */
async function keysAreSound({ connected, dialect: { keyViolations } }: WalkBench['fresh']): Promise<void> {
  if (keyViolations !== null) await connected((runner) => runner.rows(keyViolations))
}

function ids({ byId }: MigrationHistory): readonly string[] {
  return [...byId.keys()]
}

function withoutRenames({ tables }: Snapshot): Snapshot {
  return JSON.parse(
    JSON.stringify({ tables }, (key, value: unknown) => (key === 'renamedFrom' ? undefined : value)),
  ) as Snapshot
}

/** Two structures that want different defaults of one column; null where there is no column to say it of. */
function clashOf({ tables }: Snapshot, { types }: StructureVocabulary): readonly [Snapshot, Snapshot] | null {
  for (const table of Object.values(tables))
    for (const column of table.columns.slice(1)) {
      const words = types.find(({ type }) => type === column.type)?.defaults ?? []
      const [one, other] = words.filter((word) => word !== column.default)
      if (one === undefined || other === undefined || column.generated !== null || column.identity !== null) continue
      const withDefault = (fallback: string): Snapshot => {
        const columns = table.columns.map((each) => (each === column ? { ...each, default: fallback } : each))
        return { tables: { ...tables, [table.name]: { ...table, columns } } }
      }
      return [withDefault(one), withDefault(other)]
    }
  return null
}
