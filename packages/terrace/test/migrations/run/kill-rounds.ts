import { inspect, isDeepStrictEqual } from 'node:util'
import { fileURLToPath } from 'node:url'
import {
  copyOf,
  emptyDatabase,
  type LastingEngine,
  type ShortDatabase,
} from '../../structure/starts/database-copies.ts'
import { runOn } from '../../structure/starts/depot-state.ts'
import { killingDriver, type KillPoint } from '../../structure/starts/killing-driver.ts'
import { loadedStarter, type Starter } from '../../structure/starts/starter.ts'
import { runUpgrade } from '../../../src/sync/index.ts'
import { goShop, type MigrationOrder } from './go-shop.ts'
import { migrationState, type MigrationState } from './migration-state.ts'
import { shopRows, withParts, type Shop } from './shop.ts'

type Direction = MigrationOrder['direction']

/** A way that kills interrupt, and how it is gone on with. */
export interface Way {
  readonly name: string
  readonly direction: Direction
  /** What the run after the kill is asked for. */
  readonly next: Direction
  /** What an unkilled run asked the driver, in order. */
  readonly calls: readonly string[]
  /** What is there after a kill and the run after it. */
  readonly goal: MigrationState
  begin(): Promise<ShortDatabase>
}

export interface Ways {
  /** From the first revision with rows to the last. */
  readonly up: Way
  /** Back, and those after which the next run goes the other way; none where only the way up was asked for. */
  readonly others: readonly Way[]
  drop(): Promise<void>
}

/** Goes up, and down where that is asked for, once without a kill: to know the statements and where they lead. */
export async function measuredWays(
  engine: LastingEngine,
  { planned, history, first }: Shop,
  { isDownToo }: { readonly isDownToo: boolean },
): Promise<Ways> {
  const low = await emptyDatabase(engine)
  await withParts(low.url, (parts) => runUpgrade(parts, { history, path: [first] }))
  for (const sql of shopRows) await runOn(low.url, sql)
  const high = await copyOf(engine, low)
  const calls = await recorded({ url: high.url, direction: 'upgrade', planned })
  const goal = await migrationState(high.url)
  const up: Way = { ...wayNamed('upgrade', 'upgrade'), calls, goal, begin: () => copyOf(engine, low) }
  const others = isDownToo ? await waysDown(engine, up, { high, planned }) : []
  return { up, others, drop: async () => void (await Promise.all([low.drop(), high.drop()])) }
}

async function waysDown(
  engine: LastingEngine,
  up: Way,
  { high, planned }: { readonly high: ShortDatabase; readonly planned: MigrationOrder['planned'] },
): Promise<readonly Way[]> {
  const back = await copyOf(engine, high)
  const calls = await recorded({ url: back.url, direction: 'downgrade', planned })
  const goal = await migrationState(back.url)
  await back.drop()
  const begin = (): Promise<ShortDatabase> => copyOf(engine, high)
  return [
    { ...wayNamed('downgrade', 'upgrade'), calls, goal: up.goal, begin },
    { ...wayNamed('downgrade', 'downgrade'), calls, goal, begin },
    { ...wayNamed('upgrade', 'downgrade'), calls: up.calls, goal, begin: up.begin },
  ]
}

function wayNamed(direction: Direction, next: Direction): Pick<Way, 'name' | 'direction' | 'next'> {
  return { name: `${direction}, then ${next}`, direction, next }
}

async function recorded(order: MigrationOrder): Promise<readonly string[]> {
  const calls: string[] = []
  await goShop(order, { through: (driver) => killingDriver(driver, null, (call) => calls.push(call)) })
  return calls
}

export interface Killed {
  /** Where, in words. */
  readonly at: string
  readonly died: boolean
  readonly errorText: string
  /** Why the run after it failed; null where it did not. */
  readonly failure: string | null
  /** The way's own goal where both are equal. */
  readonly end: MigrationState | null
}

interface Rounds {
  readonly scheme: string
  readonly planned: MigrationOrder['planned']
  readonly atOnce: number
}

/** Takes a `MigrationOrder`. */
export const migrationScript = fileURLToPath(new URL('./migration-process.ts', import.meta.url))

/** A process loads while the one before it is being killed. */
export async function killedOneByOne(
  way: Way,
  points: readonly KillPoint[],
  rounds: Rounds,
): Promise<readonly Killed[]> {
  const left = [...points]
  const killed: Killed[] = []
  const lane = async (): Promise<void> => {
    let next: Promise<Starter> | null = loadedStarter(rounds.scheme, migrationScript)
    for (let kill = left.shift(); kill !== undefined; kill = left.shift()) {
      const starter: Starter = await (next ?? loadedStarter(rounds.scheme, migrationScript))
      next = left.length > 0 ? loadedStarter(rounds.scheme, migrationScript) : null
      killed.push(await killedAt(way, kill, { starter, planned: rounds.planned }))
    }
    if (next !== null) (await next).kill()
  }
  await Promise.all(Array.from({ length: rounds.atOnce }, lane))
  return killed
}

async function killedAt(
  way: Way,
  kill: KillPoint,
  { starter, planned }: { readonly starter: Starter; readonly planned: MigrationOrder['planned'] },
): Promise<Killed> {
  const database = await way.begin()
  try {
    starter.start({ url: database.url, direction: way.direction, planned, kill } satisfies MigrationOrder)
    const { signal, errorText } = await starter.exit
    const at = `${kill.moment} ${kill.at}: ${way.calls[kill.at - 1]}`
    return { at, died: signal === 'SIGKILL', errorText, ...(await goneOn(way, database, planned)) }
  } finally {
    await database.drop()
  }
}

async function goneOn(
  { next, goal }: Way,
  { url }: ShortDatabase,
  planned: MigrationOrder['planned'],
): Promise<Pick<Killed, 'failure' | 'end'>> {
  try {
    await goShop({ url, direction: next, planned })
    const end = await migrationState(url)
    // One object for all that end well: there are hundreds.
    return { failure: null, end: isDeepStrictEqual(end, goal) ? goal : end }
  } catch (error) {
    return { failure: inspect(error), end: null }
  }
}
