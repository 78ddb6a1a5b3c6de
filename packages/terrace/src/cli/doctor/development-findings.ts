import { openDatabase, openStructure, shownUrl, unscoped } from '../../connect/index.ts'
import type { StructureOptions } from '../../connect/index.ts'
import { clockMicros, Dao } from '../../dao/index.ts'
import { TerraceError } from '../../errors/index.ts'
import type { BoundModel } from '../../model/index.ts'
import { counted } from '../print/counted.ts'
import { dependencyFindings, isBelow } from './dependency-findings.ts'
import { note, problem, type Finding } from './finding.ts'
import type { InstalledPackage } from './installed-packages.ts'

export interface Surroundings {
  readonly nodeVersion: string
  readonly url: string
  readonly models: Readonly<Record<string, BoundModel>> | null
  readonly installed: readonly InstalledPackage[]
  /** What a start here does about the structure. */
  readonly following: StructureOptions
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

async function reachedFindings({ url, models, following }: Surroundings): Promise<readonly Finding[]> {
  if (models === null) {
    const why = 'nothing says which models the app has, so the database was not looked at'
    return [note('MODELS_MISSING', 'terrace.config.ts', { why, remedy: 'Give app or models there, or --app <module>' })]
  }
  try {
    return [...(await structureFindings(url, { models, following })), ...(await clockFindings(url, models))]
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error
    return [problem(error.code, shownUrl(url), { why: error.message, remedy: error.remedy })]
  }
}

async function structureFindings(
  url: string,
  { models, following }: { readonly models: NonNullable<Surroundings['models']>; readonly following: StructureOptions },
): Promise<readonly Finding[]> {
  const structure = await openStructure(url, { models })
  try {
    const { policy = 'safe', allow = [], maintenance = false, blockingLimitRows } = following
    const limit = blockingLimitRows === undefined ? {} : { blockingLimitRows }
    const { steps, drift, frozen } = await structure.plan({ mode: 'startup', allow, maintenance, ...limit })
    const changes = steps.flatMap((step) => step.changes)
    const refused = policy === 'check' ? [...drift, ...frozen, ...changes] : policy === 'safe' ? drift : []
    if (refused.length > 0) return refused.map((each) => refusedFinding(each))
    const differences = drift.length + changes.length
    if (differences === 0) return []
    const offending = [...new Set(steps.flatMap((step) => step.prechecks.map((precheck) => precheck.offending)))]
    const unless = offending.length === 0 ? '' : `; a start is refused where there are ${offending.join(', or ')}`
    const why = `${counted(differences, 'difference')} between the models and the database${unless}`
    const remedy = 'terrace db plan shows them; a start, or terrace db sync, does what loses nothing'
    return [note('STRUCTURE_DIFFERS', shownUrl(url), { why, remedy })]
  } finally {
    await structure.close()
  }
}

/** A difference with which a start is refused: each with the way on that the start would say. */
function refusedFinding(difference: Difference): Finding {
  const { object, live, wanted } = difference
  const {
    reason = 'the policy is check, which changes nothing',
    remedy = 'Bring the database in line: terrace db sync',
  } = difference
  return problem('STRUCTURE_DRIFT', object, {
    why: `it is ${live}, and the models want ${wanted}: a start is refused, since ${reason}`,
    remedy,
  })
}

interface Difference {
  readonly object: string
  readonly live: string
  readonly wanted: string
  readonly reason?: string
  readonly remedy?: string
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
