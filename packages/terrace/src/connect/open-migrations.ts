import type { Driver } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { ModelGraph } from '../model/index.ts'
import { snapshotOf, type Snapshot } from '../schema/index.ts'
import {
  ancestorsOf,
  downgradePath,
  headsError,
  joiningRevision,
  planRevision,
  readApplied,
  readHistory,
  recordStamp,
  refuseDifferences,
  resolveRevision,
  runDowngrade,
  runUpgrade,
  snapshotDifferences,
  sqlOf,
  upgradePath,
  verifyHistory,
  withConnection,
  withScratch,
  type AppliedRevision,
  type MigrationHistory,
  type MigrationObserver,
  type MigrationPath,
  type MigrationRun,
  type OnScratch,
  type Scratch,
  type StampChange,
  type StructureParts,
  type Target,
} from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import type { Dialect } from './dialects.ts'
import { graphOf } from './graph-of.ts'
import type { CurrentState, ModelMigrations, OpenMigrationsOptions } from './migrations.ts'
import { requireSupport } from './require-support.ts'
import { openWhole } from './row-security/every-row.ts'

/**
 * Opens the revisions of the database that a URL names. The database itself is asked only by what is about it (`upgrade`,
 * `downgrade`, `current`, `stamp`, `sql`): revisions are planned, tried and joined on a scratch database, from the folder alone.
 *
 * ```ts
 * const migrations = await openMigrations('sqlite:countonme.db', { models })
 * await migrations.revision({ description: 'add barcode' })
 * await migrations.upgrade()
 * await migrations.close()
 * ```
 *
 * Errors: `DATABASE_URL`, `DRIVER_MISSING`, `DIALECT_UNSUPPORTED`, `MODEL_DECLARATION` where models are asked for and not given; each method with a folder `MIGRATION_FILE`, each that asks the
 * database `DATABASE_UNREACHABLE`, each that tries something out `SCRATCH_REFUSED`.
 */
export async function openMigrations(url: string, options: OpenMigrationsOptions): Promise<ModelMigrations> {
  const { models } = options
  const graph = models === undefined ? null : graphOf(models)
  const dialect = await dialectOf(url)
  if (graph !== null) requireSupport(dialect, graph)
  const asked = (): ModelGraph => graph ?? graphOf({})
  if (options.scratch !== undefined) await refuseOtherEngine(options.scratch, dialect)
  const folder = options.folder ?? 'migrations'
  const live = new LiveDatabase(options.adminUrl ?? url, dialect, options)
  const history = (): Promise<MigrationHistory> => readHistory(folder, dialect.runtime.name)
  const onScratch = (signal?: AbortSignal): OnScratch => scratchWork({ url, dialect, options, signal })
  return {
    revision: async (asking, signal) => {
      const own = asked()
      const wanted = (at: Scratch): Snapshot => snapshotOf(own, at.dialect)
      return planRevision(
        { history: await history(), onScratch: onScratch(signal), wanted },
        { ...asking, description: oneLine(asking.description) },
      )
    },
    upgrade: async (target = 'head', observer = {}, signal = undefined) => {
      const known = await history()
      return runUpgrade(await live.parts(), runOf(known, pathUp(known, target), { observer, signal }))
    },
    downgrade: async (target, observer = {}, signal = undefined) => {
      const known = await history()
      return runDowngrade(await live.parts(), runOf(known, pathDown(known, target), { observer, signal }))
    },
    current: async () => stateOf(await history(), await live.applied()),
    history,
    merge: async (description = 'merge', signal = undefined) => {
      const known = await history()
      if (known.heads.length < 2) return null
      return joiningRevision({ history: known, onScratch: onScratch(signal) }, oneLine(description))
    },
    stamp: async (target, { unchecked = false } = {}) => {
      const known = await history()
      const change = (applied: readonly AppliedRevision[]): StampChange => stampChange(known, applied, target)
      const stamped = await recordStamp(await live.parts(), { history: known, change, unchecked })
      return [...stamped.applied, ...stamped.removed.flatMap((id) => known.byId.get(id) ?? [])]
    },
    show: async (revision) => resolveRevision(await history(), revision),
    check: async () => differencesFrom(await history(), asked(), dialect),
    verify: async (observer = {}, signal = undefined) => {
      const known = await history()
      if (known.revisions.length === 0) return []
      return onScratch(signal)((scratch) => verifyHistory(scratch, known, observer))
    },
    sql: async (direction, target) => {
      const known = await history()
      const path = direction === 'upgrade' ? pathUp(known, target) : pathDown(known, target)
      return sqlOf(path(await live.applied()), direction)
    },
    close: () => live.close(),
  }
}

interface Following {
  readonly observer: MigrationObserver
  readonly signal: AbortSignal | undefined
}

function runOf(history: MigrationHistory, path: MigrationPath, { observer, signal }: Following): MigrationRun {
  return { history, path, observer, ...(signal === undefined ? {} : { signal }) }
}

/** What is typed may have breaks, and a description is one line. */
function oneLine(description: string): string {
  return description.replaceAll(/\s+/g, ' ').trim()
}

/** The database itself, opened when something is asked of it. */
class LiveDatabase {
  readonly #url: string
  readonly #dialect: Dialect
  readonly #lockTimeoutMs: number
  #driver: Promise<Driver> | null = null

  constructor(url: string, dialect: Dialect, { lockTimeoutMs = 60_000 }: Pick<OpenMigrationsOptions, 'lockTimeoutMs'>) {
    this.#url = url
    this.#dialect = dialect
    this.#lockTimeoutMs = lockTimeoutMs
  }

  async parts(): Promise<StructureParts> {
    this.#driver ??= openWhole(this.#url, this.#dialect)
    try {
      return { driver: await this.#driver, schema: this.#dialect.schema, lockTimeoutMs: this.#lockTimeoutMs }
    } catch (error) {
      // The next method may find it answering.
      this.#driver = null
      throw error
    }
  }

  async applied(): Promise<readonly AppliedRevision[]> {
    const { driver, schema } = await this.parts()
    const access = { access: 'write', timeoutMs: this.#lockTimeoutMs } as const
    return withConnection(driver, access, (runner) => readApplied(runner, schema(driver.capabilities)))
  }

  async close(): Promise<void> {
    const driver = await this.#driver?.catch(() => null)
    this.#driver = null
    await driver?.close()
  }
}

interface ScratchPlace {
  readonly url: string
  readonly dialect: Dialect
  readonly options: OpenMigrationsOptions
  readonly signal: AbortSignal | undefined
}

function scratchWork({ url, dialect, options, signal }: ScratchPlace): OnScratch {
  const { scratch: given = null, production = false, adminUrl } = options
  const { scratch, runtime, schema } = dialect
  const open: typeof runtime.open = (opening) => runtime.open(opening)
  return (work) => withScratch({ scratch, open, schema, url: adminUrl ?? url, given, production, signal }, work)
}

async function refuseOtherEngine(scratch: string, { runtime }: Dialect): Promise<void> {
  const other = await dialectOf(scratch)
  if (other.runtime.name === runtime.name) return
  const problem = `the scratch database given is one of ${other.runtime.name}, and the revisions are for ${runtime.name}`
  throw errors.SCRATCH_REFUSED({ values: { problem, remedy: 'Give an empty database of the same engine' } })
}

type AskedPath = Extract<MigrationPath, (applied: readonly AppliedRevision[]) => unknown>

function pathUp(history: MigrationHistory, target: Target): AskedPath {
  return (applied) => {
    refuseDifferences(history, applied)
    return upgradePath(history, applied, target)
  }
}

function pathDown(history: MigrationHistory, target: Target): AskedPath {
  return (applied) => {
    refuseDifferences(history, applied)
    return downgradePath(history, applied, target)
  }
}

function stateOf(history: MigrationHistory, applied: readonly AppliedRevision[]): CurrentState {
  const parents = new Set(applied.flatMap((each) => each.parents))
  const heads = applied.map(({ revision }) => revision).filter((revision) => !parents.has(revision))
  const pending = upgradePath(history, applied, 'heads').map(({ revision }) => revision)
  return { applied, heads, pending, unfinished: applied.find(({ state }) => state !== 'done') ?? null }
}

/** Applied is what the target comes after, and it, each as its file is now; everything else is not. */
function stampChange(history: MigrationHistory, applied: readonly AppliedRevision[], target: Target): StampChange {
  const wanted = ancestorsOf(history, stampedHeads(history, target))
  const isAsItsFile = ({ revision, checksum, state }: AppliedRevision): boolean =>
    state === 'done' && history.byId.get(revision)?.checksum === checksum
  const known = new Set(applied.filter(isAsItsFile).map(({ revision }) => revision))
  return {
    applied: history.revisions.filter(({ revision }) => wanted.has(revision) && !known.has(revision)),
    removed: applied.map(({ revision }) => revision).filter((revision) => !wanted.has(revision)),
  }
}

function stampedHeads(history: MigrationHistory, target: Target): readonly string[] {
  if (target === 'base') return []
  return target === 'heads' ? history.heads : [resolveRevision(history, target).revision]
}

/** Of the servers that an engine has, the one for which least differs: nobody has said which the folder was written for. */
function differencesFrom(history: MigrationHistory, graph: ModelGraph, dialect: Dialect): readonly string[] {
  if (history.heads.length > 1) throw headsError(history)
  const head: Snapshot = history.byId.get(history.heads[0] ?? '')?.snapshot ?? { tables: {} }
  const found = dialect.servers.map((server) => {
    const schema = dialect.schema(server)
    return snapshotDifferences(head, snapshotOf(graph, schema), schema)
  })
  return found.toSorted((a, b) => a.length - b.length)[0] ?? []
}
