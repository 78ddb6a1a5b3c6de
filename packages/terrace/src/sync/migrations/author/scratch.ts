import type { Connection, Driver, RuntimeDialect, ScratchDialect } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import type { SchemaDialect, SchemaDialectFactory } from '../../../schema/index.ts'
import type { StructureParts } from '../../structure.ts'
import { withConnection } from '../../with-connection.ts'
import type { StatementRunner } from '../../statement-runner.ts'

/** How scratch databases come to be. */
export interface ScratchParts {
  readonly scratch: ScratchDialect
  readonly open: RuntimeDialect['open']
  readonly schema: SchemaDialectFactory
  /** The database that one is made beside. */
  readonly url: string
  /** An empty database to use instead; null: one is made. */
  readonly given: string | null
  /** Nothing may be made beside the database. */
  readonly production: boolean
  /** Ends the work where it next asks for the scratch database; that is gone all the same. */
  readonly signal?: AbortSignal | undefined
}

/** An empty database to try things out on. */
export interface Scratch {
  readonly parts: StructureParts
  readonly dialect: SchemaDialect
  /** As it was in the beginning. */
  clear(): Promise<void>
  /** Takes all rows out, whatever leads where. */
  removeRows(tables: readonly string[]): Promise<void>
  connected<T>(work: (runner: StatementRunner) => Promise<T>): Promise<T>
}

/**
 * Work on a scratch database, which is gone afterwards, or empty again where it was given. `SCRATCH_REFUSED` where there is none, or
 * where the one given is not empty. Rejects with an `AbortError`, whose cause is the signal's reason, where the work was stopped.
 */
export async function withScratch<T>(parts: ScratchParts, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  if (parts.given !== null) return onDatabase(parts, parts.given, work)
  if (parts.production) throw errors.SCRATCH_REFUSED({ values: ofProduction })
  const { url, drop } = await parts.scratch.make(parts.url)
  return finishing(
    () => onDatabase(parts, url, work),
    () => drop(),
  )
}

const ofProduction = {
  problem: 'nothing is tried out beside a database that is marked as production',
  remedy: 'Give an empty database elsewhere: --scratch <url>',
}

async function onDatabase<T>(parts: ScratchParts, url: string, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const driver = await parts.open({ url, pool: { size: 2, overflow: 2 } })
  return finishing(
    async () => {
      const kept = await refuseFull(parts, driver)
      const scratch = scratchOn(parts, stoppable(driver, parts.signal), kept)
      // One that was made is dropped as a whole.
      if (parts.given === null) return work(scratch)
      return finishing(
        () => work(scratch),
        () => scratchOn(parts, driver, kept).clear(),
      )
    },
    () => driver.close(),
  )
}

/** Work asks for a connection again and again: between two revisions, before and after each is gone. */
function stoppable(driver: Driver, signal: AbortSignal | undefined): Driver {
  if (signal === undefined) return driver
  const acquire: Driver['acquire'] = (options) => {
    if (signal.aborted)
      throw Object.assign(new Error('it was stopped', { cause: signal.reason }), { name: 'AbortError' })
    return driver.acquire(options)
  }
  return { ...driver, acquire }
}

/** Nothing that somebody needs is touched by mistake. Gives what may stay. */
async function refuseFull({ scratch }: ScratchParts, driver: Driver): Promise<ReadonlySet<string>> {
  const contents = await connected(driver, ({ connection }) => scratch.contents(connection))
  const own = contents.filter(({ mayStay }) => !mayStay).map(({ name }) => name)
  if (own.length === 0) return new Set(contents.map(({ name }) => name))
  const more = own.length > 5 ? ` and ${own.length - 5} more` : ''
  const problem = `the scratch database given is not empty: it has ${own.slice(0, 5).join(', ')}${more}`
  throw errors.SCRATCH_REFUSED({
    values: { problem, remedy: 'Give an empty one, or none, so that one is made and dropped' },
  })
}

function scratchOn({ scratch, schema }: ScratchParts, driver: Driver, kept: ReadonlySet<string>): Scratch {
  const on = (work: (connection: Connection) => Promise<void>): Promise<void> =>
    connected(driver, ({ connection }) => work(connection))
  return {
    parts: { driver, schema },
    dialect: schema(driver.capabilities),
    clear: () => on((connection) => scratch.clear(connection, kept)),
    removeRows: (tables) => on((connection) => scratch.removeRows(connection, tables)),
    connected: (work) => connected(driver, work),
  }
}

function connected<T>(driver: Driver, work: (runner: StatementRunner) => Promise<T>): Promise<T> {
  return withConnection(driver, { access: 'write', timeoutMs: 10_000 }, work)
}

/** What comes last is done in any case; of two errors the first says more. */
async function finishing<T>(work: () => Promise<T>, last: () => Promise<void>): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    await last().catch((second: unknown) => {
      throw new AggregateError([error, second], error instanceof Error ? error.message : String(error), {
        cause: error,
      })
    })
    throw error
  }
  await last()
  return result
}
