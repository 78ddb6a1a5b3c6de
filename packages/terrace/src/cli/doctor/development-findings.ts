import { openDatabase, openStructure, shownUrl, unscoped } from '../../connect/index.ts'
import { clockMicros, Dao } from '../../dao/index.ts'
import { TerraceError } from '../../errors/index.ts'
import type { BoundModel } from '../../model/index.ts'
import { dependencyFindings, isBelow } from './dependency-findings.ts'
import { note, problem, type Finding } from './finding.ts'
import type { InstalledPackage } from './installed-packages.ts'

export interface Surroundings {
  readonly nodeVersion: string
  readonly url: string
  readonly models: Readonly<Record<string, BoundModel>> | null
  readonly installed: readonly InstalledPackage[]
}

const oldestNode = '22.18.0'

/** By how much the clocks of this machine and of the database may differ. */
const skewMs = 2_000

/** What an app needs in order to start here. */
export async function developmentFindings(surroundings: Surroundings): Promise<readonly Finding[]> {
  const { nodeVersion, installed } = surroundings
  return [...nodeFindings(nodeVersion), ...dependencyFindings(installed), ...(await reachedFindings(surroundings))]
}

function nodeFindings(version: string): readonly Finding[] {
  if (!isBelow(version, oldestNode)) return []
  const why = `Node ${version} is older than ${oldestNode}`
  return [problem('NODE_OLD', 'node', { why, remedy: `Install Node ${oldestNode} or newer` })]
}

async function reachedFindings({ url, models }: Surroundings): Promise<readonly Finding[]> {
  if (models === null) {
    const why = 'nothing says which models the app has, so the database was not looked at'
    return [note('MODELS_MISSING', 'terrace.config.ts', { why, remedy: 'Give app or models there, or --app <module>' })]
  }
  try {
    return [...(await structureFindings(url, models)), ...(await clockFindings(url, models))]
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error
    return [problem(error.code, shownUrl(url), { why: error.message, remedy: error.remedy })]
  }
}

async function structureFindings(
  url: string,
  models: NonNullable<Surroundings['models']>,
): Promise<readonly Finding[]> {
  const structure = await openStructure(url, { models })
  try {
    const { steps, drift } = await structure.plan()
    const differences = drift.length + steps.length
    if (differences === 0) return []
    const why = `${differences} differences between the models and the database`
    const remedy = 'terrace db plan shows them; a start, or terrace db sync, does what loses nothing'
    return [note('STRUCTURE_DIFFERS', shownUrl(url), { why, remedy })]
  } finally {
    await structure.close()
  }
}

async function clockFindings(url: string, models: NonNullable<Surroundings['models']>): Promise<readonly Finding[]> {
  const [model] = Object.values(models)
  if (model === undefined) return []
  const database = await openDatabase(url, { models, structure: 'off' })
  try {
    const [row] = await database.session(unscoped('terrace doctor'), (session) =>
      session.use(Dao(model)).query((db) => db.selectNoFrom(clockMicros().as('now'))),
    )
    const apartMs = Math.abs(Number(row?.now ?? 0n) / 1_000 - Date.now())
    if (apartMs < skewMs) return []
    const why = `the clock of the database and the one of this machine are ${Math.round(apartMs / 1_000)} seconds apart`
    return [problem('CLOCK_APART', shownUrl(url), { why, remedy: 'Let both follow a time server (NTP)' })]
  } finally {
    await database.close()
  }
}
