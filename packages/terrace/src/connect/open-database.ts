import {
  checkedTimeout,
  createDatabase,
  type AllowOptions,
  type Database,
  type DatabaseObserver,
  type Driver,
  type PoolOptions,
  type RowIdentities,
} from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, ModelGraph } from '../model/index.ts'
import {
  refuseOptions,
  synchronize,
  type StructureOptions,
  type SyncObserver,
  type SyncPolicy,
  type SyncReport,
} from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'
import type { Dialect } from './dialects.ts'
import { graphOf } from './graph-of.ts'
import { requireSupport } from './require-support.ts'
import { seeingEveryRow } from './row-security/every-row.ts'
import { raiseWall, type RowLevelSecurity } from './row-security/raise-wall.ts'
import { requireRowSecurity } from './row-security/require-row-security.ts'

export interface OpenDatabaseOptions {
  /** What `graph({ … })` returned. */
  readonly models: Readonly<Record<string, BoundModel>>
  readonly pool?: PoolOptions & {
    /** How long a session waits for a connection, in milliseconds; then `POOL_TIMEOUT`. Default 2000. */
    readonly timeoutMs?: number
    /**
     * How long a session waits for the answer to one statement, BEGIN and COMMIT included, in milliseconds; 0: without end. Then
     * its connection is destroyed: `DATABASE_TIMEOUT`, or `COMMIT_UNKNOWN` while committing. Default 30000.
     */
    readonly statementTimeoutMs?: number
  }
  /**
   * What happens when the database and the models differ: `safe` (default) creates what is missing, aligns what differs where
   * nothing is lost and seeds empty tables, `check` refuses to open on any difference, `off` does not look. With more to say:
   * `{ policy, allow: ['drop-column products.kcal'], maintenance, seed, blockingLimitRows, lockTimeoutMs }`.
   */
  readonly structure?: SyncPolicy | StructureOptions
  /** Told while the structure is followed, and once what was done: also when there was nothing to do. */
  readonly structureObserver?: SyncObserver & { done?(report: SyncReport): void }
  readonly observer?: DatabaseObserver
  /**
   * Whether the database itself holds each row to its owner as well, by policies on rows: `true` for the role that connects,
   * `{ role }` for one that each transaction becomes. Ownership only, not deletion. Default false.
   */
  readonly rowLevelSecurity?: RowLevelSecurity
  /** Functions, casts, collations and operators that hand-written queries may use beyond Terrace's own list. */
  readonly allow?: AllowOptions
  /** Milliseconds since 1970, for `createdAt` and its like. Default `Date.now`. */
  readonly clock?: () => number
}

/**
 * Opens the database that a URL names: `sqlite:file.db`, `sqlite::memory:`, `postgres://…`, `pglite:folder`, `mysql://…`.
 *
 * ```ts
 * const db = await openDatabase('sqlite:countonme.db', { models })
 * await db.session(actingAs(models.Device, id), async (session) => { … })
 * await db.close()
 * ```
 *
 * Errors: `DATABASE_URL`, `DRIVER_MISSING`, `DATABASE_UNREACHABLE`, `DIALECT_UNSUPPORTED` with everything that the engine
 * cannot hold, `STRUCTURE_OPTION`, `TIMEOUT_OPTION`, and what the alignment of the structure reports. With `rowLevelSecurity` also
 * `RLS_UNSUPPORTED`, `RLS_MISSING`, `RLS_BYPASSED`, `RLS_ROLE`; `RLS_NOT_ASKED` without it where policies hold, `RLS_ROWS_HIDDEN`
 * where those of others would hide rows from work on the structure. None shows a password.
 */
export async function openDatabase(url: string, options: OpenDatabaseOptions): Promise<Database> {
  const graph = graphOf(options.models)
  refuseOptions(structureOptions(options))
  if (options.pool?.statementTimeoutMs !== undefined) checkedTimeout(options.pool.statementTimeoutMs)
  const dialect = await dialectOf(url)
  requireSupport(dialect, graph)
  if (isWalled(options)) requireRowSecurity(dialect)
  const { timeoutMs: acquireTimeoutMs, statementTimeoutMs, ...pool } = options.pool ?? {}
  const driver = await dialect.runtime.open({ url, pool })
  const rowIdentities = await followModels(driver, { dialect, graph, options })
  const { observer, allow, clock } = options
  return createDatabase({
    graph,
    dialect: dialect.runtime,
    driver,
    ...given({ observer, allow, clock, acquireTimeoutMs, statementTimeoutMs, rowIdentities }),
  })
}

interface Opening {
  readonly dialect: Dialect
  readonly graph: ModelGraph
  readonly options: OpenDatabaseOptions
}

function structureOptions({ structure = 'safe' }: Pick<OpenDatabaseOptions, 'structure'>): StructureOptions {
  return typeof structure === 'string' ? { policy: structure } : structure
}

/** A database that is refused is closed again. Gives what sessions tell the database, where they tell it anything. */
async function followModels(driver: Driver, opening: Opening): Promise<RowIdentities | undefined> {
  const { dialect, options } = opening
  const seeing = await seeingEveryRow(driver, dialect)
  try {
    if (seeing !== driver && !isWalled(options)) throw errors.RLS_NOT_ASKED()
    await followStructure(seeing, opening)
    return await walled(driver, opening)
  } catch (error) {
    await driver.close()
    throw error
  }
}

async function followStructure(driver: Driver, { dialect, graph, options }: Opening): Promise<void> {
  const { structureObserver: observer = {} } = options
  const parts = { driver, dialect: dialect.runtime, schema: dialect.schema, graph }
  // Not inside the optional call: without `done` its argument would never be evaluated.
  const report = await synchronize({
    ...parts,
    ...structureOptions(options),
    observer,
    ...given({ clock: options.clock }),
  })
  observer.done?.(report)
}

function isWalled({ rowLevelSecurity = false }: Pick<OpenDatabaseOptions, 'rowLevelSecurity'>): boolean {
  return rowLevelSecurity !== false
}

async function walled(driver: Driver, { dialect, graph, options }: Opening): Promise<RowIdentities | undefined> {
  const { rowLevelSecurity = false } = options
  if (rowLevelSecurity === false) return undefined
  const { policy = 'safe', lockTimeoutMs } = structureOptions(options)
  return raiseWall({ driver, dialect, graph, policy, lockTimeoutMs }, rowLevelSecurity)
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined: absent options have defaults. */
function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>
}
