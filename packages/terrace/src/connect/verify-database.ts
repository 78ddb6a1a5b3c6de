import { errors } from '../errors/index.ts'
import type { Driver, IntegrityProblem } from '../database/index.ts'
import { snapshotOf } from '../schema/index.ts'
import { structureOf, withSnapshot } from '../sync/index.ts'
import type { BackupManifest, Verification, VerifyOptions } from './backup/backup-types.ts'
import { isSameServer, manifestDifferences } from './backup/manifest-differences.ts'
import { findBroken } from './backup/find-broken.ts'
import { findOrphans } from './backup/find-orphans.ts'
import { manifestFileOf, readManifest } from './backup/read-manifest.ts'
import { readState, type DatabaseState } from './backup/read-state.ts'
import { dialectOf } from './dialect-of.ts'
import type { Dialect } from './dialects.ts'
import { graphOf } from './graph-of.ts'
import { requireDatabase } from './require-database.ts'
import { requireSupport } from './require-support.ts'
import { otherServer } from './restore-database.ts'
import { openWhole } from './row-security/every-row.ts'

const timeoutMs = 60_000

/**
 * Reads a whole database and lists what is wrong with it, and changes nothing: what the engine's own check finds, rows that refer to
 * no row, differences from the models and from a backup's manifest.
 *
 * ```ts
 * const { sound, problems, tables } = await verifyDatabase('sqlite:countonme.db', { models })
 * ```
 *
 * Errors: as opening a database; `BACKUP_FILE` where `against` has no manifest.
 */
export async function verifyDatabase(url: string, options: VerifyOptions = {}): Promise<Verification> {
  const dialect = await dialectOf(url)
  const place = dialect.backup.place(url)
  const { database } = place
  requireDatabase(dialect, url)
  const manifest = options.against === undefined ? null : manifestOf(options.against, place.extension)
  const driver = await openWhole(url, dialect)
  try {
    const { signal, progress } = options
    const reading = { dialect, database, signal, progress }
    const own = await problemsOf(driver, dialect)
    const found = await withSnapshot(driver, { timeoutMs }, async ({ connection }) => {
      const state = await readState(connection, reading)
      return {
        state,
        problems: [
          ...own,
          ...(await findOrphans(connection, state.live, dialect)),
          ...(await findBroken(connection, state.live, dialect)),
        ],
      }
    })
    const drift = options.models === undefined ? [] : await driftFrom(options.models, driver, dialect)
    return verification(database, manifest, { ...found, problems: [...found.problems, ...drift] })
  } finally {
    await driver.close()
  }
}

async function problemsOf(driver: Driver, { backup }: Dialect): Promise<readonly IntegrityProblem[]> {
  const connection = await driver.acquire({ access: 'write', timeoutMs })
  try {
    return await backup.problems(connection)
  } finally {
    await driver.release(connection)
  }
}

interface Found {
  readonly state: DatabaseState
  readonly problems: readonly IntegrityProblem[]
}

function verification(database: string, manifest: BackupManifest | null, { state, problems }: Found): Verification {
  const all = manifest === null ? problems : [...problems, ...manifestDifferences(manifest, state)]
  const notes = manifest === null || isSameServer(manifest, state) ? [] : [otherServer(manifest, state)]
  const { tables, structure } = state
  return { database, sound: all.length === 0, problems: all, tables, structure, notes }
}

function manifestOf(against: string, extension: string): BackupManifest {
  const file = against.endsWith('.json') ? against : manifestFileOf(against, extension)
  const manifest = readManifest(file)
  if (manifest !== null) return manifest
  throw errors.BACKUP_FILE({
    values: { file, problem: 'there is no such manifest', remedy: 'Name a backup whose manifest is beside it' },
  })
}

/** What the models want otherwise. */
async function driftFrom(
  models: NonNullable<VerifyOptions['models']>,
  driver: Driver,
  dialect: Dialect,
): Promise<readonly IntegrityProblem[]> {
  const graph = graphOf(models)
  requireSupport(dialect, graph)
  const structure = structureOf({ driver, schema: dialect.schema })
  const { steps, drift } = await structure.plan(snapshotOf(graph, structure.dialect))
  const changes = steps.flatMap((step) => step.changes)
  return [
    ...changes.map(({ object, live, wanted }) => difference(object, { live, wanted, remedy: planRemedy })),
    ...drift.map(({ object, live, wanted, reason, remedy }) => difference(object, { live, wanted, reason, remedy })),
  ]
}

const planRemedy = 'Plan the change from the models, or correct the models'

interface Differing {
  readonly live: string
  readonly wanted: string
  readonly remedy: string
  readonly reason?: string
}

function difference(object: string, { live, wanted, reason, remedy }: Differing): IntegrityProblem {
  const why = reason === undefined ? '' : `; ${reason}`
  return { object, what: `is ${live}, and the models want ${wanted}${why}`, remedy }
}
