import { openDatabase } from '../connect/index.ts'
import type { SyncReport } from '../connect/index.ts'
import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { AppDependencies, createLog, HttpServer } from '../http/index.ts'
import type { Log, LogLevel, ServerLimits } from '../http/index.ts'
import type { App } from './create-app.ts'
import { databaseObserver } from './database-observer.ts'
import { describeStructure } from './describe-structure.ts'
import { readAddress } from './read-address.ts'
import type { Address } from './read-address.ts'
import { shownUrl } from './shown-url.ts'
import { withinMs } from './within-ms.ts'

export interface StartOptions extends Partial<Address> {
  /** Default `info`. */
  readonly log?: LogLevel
  readonly limits?: Partial<ServerLimits>
  /** How long requests under way may take to end when the app stops, in milliseconds. Default 10 s. */
  readonly drainMs?: number
}

/** An app that answers. */
export interface RunningApp {
  readonly url: string
  readonly database: Database
  /** As it may be shown. */
  readonly databaseUrl: string
  /** What was done to the structure, in a few words. */
  readonly structure: string
  readonly log: Log
  /** Not ready, drained, connections closed. Calling it again waits for the same end. */
  stop(): Promise<void>
}

/**
 * Opens the database, brings its structure in line, and listens. Rejects with what stands against it: `SETTINGS_INVALID`,
 * `DATABASE_*`, a refused structure, `ADDRESS_UNAVAILABLE`; nothing stays open then.
 */
export async function startApp(app: App, options: StartOptions = {}): Promise<RunningApp> {
  const { databaseUrl, ...address } = readAddress(app, options)
  const log = createLog(options.log)
  let structure = ''
  const structureObserver = {
    waiting: () => log.info({}, 'another process follows the models: waiting for it'),
    done: (report: SyncReport) => (structure = describeStructure(report)),
  }
  const observer = databaseObserver(log)
  const database = await openDatabase(databaseUrl, { models: app.models, observer, structureObserver })
  const { limits = {}, drainMs = 10_000 } = options
  const undo: (() => Promise<unknown>)[] = [() => database.close()]
  try {
    const dependencies = await AppDependencies.start({ routes: app.routes, database, log })
    undo.unshift(() => dependencies.finish())
    const server = new HttpServer({ routes: app.routes, style: app.responses, database, dependencies, log, limits })
    const url = await listen(server, address)
    return {
      url,
      database,
      databaseUrl: shownUrl(databaseUrl),
      structure,
      log,
      stop: once(() => stop({ server, dependencies, database, drainMs })),
    }
  } catch (error) {
    for (const close of undo) await close()
    throw error
  }
}

async function listen(server: HttpServer, { host, port }: Pick<Address, 'host' | 'port'>): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (cause) {
    throw errors.ADDRESS_UNAVAILABLE({ values: { host, port, reason: reasonOf(cause) }, cause })
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the address is in use',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the name of the host is unknown',
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return reasons[code] ?? (code === '' ? 'it failed' : code)
}

interface Stopping {
  readonly server: HttpServer
  readonly dependencies: AppDependencies
  readonly database: Database
  readonly drainMs: number
}

async function stop({ server, dependencies, database, drainMs }: Stopping): Promise<void> {
  await server.stop({ drainMs })
  await withinMs(drainMs, dependencies.finish())
  // A unit of work whose connection was cut may still wait for its database.
  await withinMs(drainMs, database.close())
}

function once<R>(work: () => Promise<R>): () => Promise<R> {
  let running: Promise<R> | null = null
  return () => (running ??= work())
}
