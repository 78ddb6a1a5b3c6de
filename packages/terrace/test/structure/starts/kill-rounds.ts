import { setTimeout as sleep } from 'node:timers/promises'
import { inspect, isDeepStrictEqual } from 'node:util'
import type { SyncReport } from '../../../src/sync/index.ts'
import type { Random } from '../../../src/testing/structures/random.ts'
import { depotGraph } from '../depot/depot.ts'
import { withRows } from '../depot/depot-rows.ts'
import { copyOf, emptyDatabase, type LastingEngine, type ShortDatabase } from './database-copies.ts'
import { depotState, type DepotState } from './depot-state.ts'
import { killingDriver, type KillPoint } from './killing-driver.ts'
import { startDepot } from './start-depot.ts'
import { loadedStarter, type Starter } from './starter.ts'

/** What a start has left, and what the one after it finds to do and to say. */
export interface End {
  readonly state: DepotState
  readonly again: Pick<SyncReport, 'seeded' | 'notOwned' | 'orphaned' | 'leftAlone' | 'frozen'> & {
    readonly steps: readonly string[]
  }
}

/** A way from one state of the database to another, which kills interrupt. */
export interface Way {
  readonly name: string
  readonly release: 1 | 2
  /** What an unkilled start asked the driver, in order. */
  readonly calls: readonly string[]
  /** How long that took, in milliseconds. */
  readonly durationMs: number
  readonly goal: End
  /** A database at the beginning of the way. */
  begin(): Promise<ShortDatabase>
}

export interface Ways {
  /** Release 1 on an empty database. */
  readonly creation: Way
  /** Release 2 on a database of release 1 with rows in every table. */
  readonly change: Way
  drop(): Promise<void>
}

/** Goes both ways once without a kill, to know their statements and where they lead. */
export async function measuredWays(engine: LastingEngine): Promise<Ways> {
  const filled = await emptyDatabase(engine)
  await startDepot({ url: filled.url, release: 1, graph: await withRows(depotGraph(1)) })
  const creation = await measured({ name: 'an empty database', release: 1, begin: () => emptyDatabase(engine) })
  const change = await measured({ name: 'release 1 with rows', release: 2, begin: () => copyOf(engine, filled) })
  return { creation, change, drop: () => filled.drop() }
}

async function measured(way: Pick<Way, 'name' | 'release' | 'begin'>): Promise<Way> {
  const database = await way.begin()
  const calls: string[] = []
  const through: Parameters<typeof startDepot>[0]['through'] = (driver) =>
    killingDriver(driver, null, (call) => calls.push(call))
  const startedAt = performance.now()
  await startDepot({ url: database.url, release: way.release, through })
  const durationMs = performance.now() - startedAt
  const goal = await endOf(database, { release: way.release, anew: true })
  await database.drop()
  return { ...way, calls, durationMs, goal }
}

/** A kill at a statement, or from outside so many milliseconds after the order. */
export type Kill = KillPoint | { readonly afterMs: number }

export interface Killed {
  /** Where, in words. */
  readonly at: string
  /** Whether the process died before it was done. */
  readonly died: boolean
  readonly errorText: string
  /** The next start: how long until it was ready, in milliseconds. */
  readonly readyMs: number
  /** Why it was not; null where it was. */
  readonly failure: string | null
  /** The way's own goal where both are equal. */
  readonly end: End | null
}

interface Pace {
  /** Of the URLs. */
  readonly scheme: string
  /** How many kills are under way. */
  readonly atOnce: number
}

/** A process loads while the one before it is being killed. */
export async function killedOneByOne(
  way: Way,
  kills: readonly Kill[],
  { scheme, atOnce }: Pace,
): Promise<readonly Killed[]> {
  const left = [...kills]
  const killed: Killed[] = []
  const lane = async (): Promise<void> => {
    let next: Promise<Starter> | null = loadedStarter(scheme)
    for (let kill = left.shift(); kill !== undefined; kill = left.shift()) {
      const starter: Starter = await (next ?? loadedStarter(scheme))
      next = left.length > 0 ? loadedStarter(scheme) : null
      killed.push(await killedOnTheWay(way, kill, starter))
    }
    if (next !== null) (await next).kill()
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return killed
}

/** Kills a start on its way, starts once more, and looks at what is there. */
async function killedOnTheWay(way: Way, kill: Kill, starter: Starter): Promise<Killed> {
  const database = await way.begin()
  try {
    starter.start({ url: database.url, release: way.release, ...('at' in kill ? { kill } : {}) })
    if ('afterMs' in kill) {
      await sleep(kill.afterMs)
      starter.kill()
    }
    const { signal, errorText } = await starter.exit
    return { at: wordsOf(way, kill), died: signal === 'SIGKILL', errorText, ...(await startedAgain(way, database)) }
  } finally {
    await database.drop()
  }
}

function wordsOf({ calls }: Way, kill: Kill): string {
  return 'at' in kill ? `${kill.moment} ${kill.at}: ${calls[kill.at - 1]}` : `after ${kill.afterMs} ms`
}

async function startedAgain(
  { release, goal }: Way,
  database: ShortDatabase,
): Promise<Pick<Killed, 'readyMs' | 'failure' | 'end'>> {
  const startedAt = performance.now()
  try {
    await startDepot({ url: database.url, release })
    const readyMs = performance.now() - startedAt
    // Equal to a state that was compared anew; doing so each time would take longer than all the rest.
    const end = await endOf(database, { release, anew: false })
    // One object for all that end well: there are hundreds.
    return { readyMs, failure: null, end: isDeepStrictEqual(end, goal) ? goal : end }
  } catch (error) {
    return { readyMs: performance.now() - startedAt, failure: inspect(error), end: null }
  }
}

async function endOf({ url }: ShortDatabase, start: { readonly release: 1 | 2; readonly anew: boolean }): Promise<End> {
  const state = await depotState(url)
  const { steps, seeded, notOwned, orphaned, leftAlone, frozen } = await startDepot({ url, ...start })
  const again = { steps: steps.flatMap(({ statements }) => statements), seeded, notOwned, orphaned, leftAlone, frozen }
  return { state, again }
}

const changesStructure = /^\s*(?:create|alter|drop|rename)\b/i
const changesRows = /^\s*(?:insert|update|delete)\b/i

/** Every boundary between two statements, and the middle of every one that changes something: nobody hears its answer. */
export function everyPoint({ calls }: Pick<Way, 'calls'>): readonly KillPoint[] {
  return calls.flatMap((call, index) => {
    const at = index + 1
    const changes = changesStructure.test(call) || changesRows.test(call) || call === 'commit'
    return [
      { at, moment: 'before' as const },
      ...(changes ? [{ at, moment: 'sent' as const }] : []),
      ...(at === calls.length ? [{ at, moment: 'after' as const }] : []),
    ]
  })
}

/** A few points of different kinds, chosen by chance: after a change of the structure, at one of rows, anywhere. */
export function fewPoints({ calls }: Pick<Way, 'calls'>, random: Random): readonly KillPoint[] {
  const numbers = calls.map((_, at) => at + 1)
  const those = (pattern: RegExp): readonly number[] => numbers.filter((at) => pattern.test(calls[at - 1] ?? ''))
  return [
    { at: random.of(those(changesStructure)), moment: 'after' },
    { at: random.of(those(changesRows)), moment: 'before' },
    { at: random.of(numbers), moment: 'sent' },
  ]
}
