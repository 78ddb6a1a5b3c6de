import { secretValues } from '../config/index.ts'
import { openDatabase, shownUrl } from '../connect/index.ts'
import type { OpenDatabaseOptions, SyncReport } from '../connect/index.ts'
import type { Database } from '../database/index.ts'
import { AppDependencies, createLog, HttpServer, livingServices, secretNames } from '../http/index.ts'
import type { LogTarget, ServerOptions } from '../http/index.ts'
import type { Log, LogLevel } from '../observe/index.ts'
import { appKeys } from './app-secret.ts'
import type { App } from './create-app.ts'
import { databaseObserver } from './database-observer.ts'
import { describeStructure } from './describe-structure.ts'
import { documentRoutesOf } from './document-routes-of.ts'
import { inProduction } from './in-production.ts'
import { listenOn } from './listen-on.ts'
import { logStructure } from './log-structure.ts'
import type { MetricsOptions } from './metrics/metrics-exposure.ts'
import { measuringFor } from './metrics/measuring.ts'
import type { Measuring } from './metrics/measuring.ts'
import { listenApart, metricsPlace } from './metrics/metrics-place.ts'
import { serverOptionsOf } from './server-options-of.ts'
import { readStartSettings } from './start-settings.ts'
import type { Address, StartSettings } from './start-settings.ts'
import { stopInOrder } from './stop-in-order.ts'

/** `idempotency` is the app's alone: which of its routes take a key follows from it. */
export interface StartOptions extends Partial<Address>, Omit<ServerOptions, 'idempotency'> {
  /** Default `debug` where `debug` is true, else `info`. */
  readonly log?: LogLevel
  /** Takes the lines of the log. Default standard output. */
  readonly logTo?: LogTarget
  /**
   * Logs every statement: its text, which has no values. Answers say no more than before. Default the setting `DEBUG`, or false.
   */
  readonly debug?: boolean
  /** Connections of the database. Default 5 and up to 10 more under load. */
  readonly pool?: NonNullable<OpenDatabaseOptions['pool']>
  /**
   * What happens when the database and the models differ: a policy, or what is allowed besides by name. Default `safe`. What is
   * allowed and was not needed is told in the log, and so is what was changed by hand and left.
   */
  readonly structure?: NonNullable<OpenDatabaseOptions['structure']>
  /** Where `/metrics` is. Default in development on loopback beside the routes, else nowhere; `false`: nowhere. */
  readonly metrics?: MetricsOptions | false
  /**
   * Whether `/docs` is there, for people who read and try the API. It needs the package `@scalar/fastify-api-reference`. Default in
   * development where that is installed and anybody may read `/openapi.json`.
   */
  readonly docs?: boolean
  /** How long requests under way may take to end when the app stops, in milliseconds. Default 8 s. */
  readonly drainMs?: number
  /**
   * How long new requests are still served after `/readyz` has begun to refuse, so that a balancer has the time to notice, in
   * milliseconds. Default 0.
   */
  readonly unreadyMs?: number
}

/** An app that answers. */
export interface RunningApp {
  readonly url: string
  /** Where the metrics are read; null: nowhere. */
  readonly metricsUrl: string | null
  /** The page of the API's documentation; null: there is none. */
  readonly docsUrl: string | null
  /** Routes that its plugin has added, `GET /path`: outside the layers. */
  readonly outsideRoutes: readonly string[]
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
 * `TOKEN_KEYS`, `DATABASE_*`, a refused structure, `ADDRESS_UNAVAILABLE`, what the app's `fastify` threw; nothing stays open then.
 */
export async function startApp(app: App, options: StartOptions = {}): Promise<RunningApp> {
  const settings = readStartSettings(app, options)
  for (const service of livingServices(app.routes)) await service.ready()
  const log = logOf(app, options, settings)
  const keyFor = appKeys(settings.appSecret)
  const measuring = measuringFor(options.metrics, settings)
  const opened = await openedDatabase({ app, options, settings, log, measuring })
  const { database } = opened
  const undo: (() => Promise<unknown>)[] = [() => database.close()]
  try {
    const remoteObserver = measuring?.measurements.ofRemotes ?? null
    const dependencies = await AppDependencies.start({ routes: app.routes, database, log, remoteObserver })
    undo.unshift(() => dependencies.finish())
    const common = {
      style: app.responses,
      database,
      dependencies,
      log,
      keyFor,
      ...serverOptionsOf(app, options, settings),
    }
    const metrics = measuring === null ? null : metricsPlace(measuring, opened)
    const observer = measuring?.measurements.ofRequests ?? null
    const docs = options.docs ?? (inProduction(process.env) ? false : null)
    const ownRoutes = [...(metrics?.beside ?? []), ...documentRoutesOf(app, { database, log, docs })]
    const server = new HttpServer({ ...common, routes: app.routes, plugin: app.fastify, ownRoutes, observer })
    await server.ready()
    if (server.outsideRoutes.length > 0) log.warn({ routes: server.outsideRoutes }, 'routes outside the layers')
    const apart = metrics?.apart ? await listenApart(metrics.apart, settings, common) : null
    if (apart !== null) undo.unshift(() => apart.server.stop({ drainMs: 0 }))
    const url = await listenOn(server, settings)
    const { drainMs = 8_000, unreadyMs = 0 } = options
    const stopping = { server, metrics: apart?.server ?? null, dependencies, database, drainMs, unreadyMs }
    return {
      url,
      metricsUrl: metrics === null ? null : `${apart?.url ?? url}${metrics.path}`,
      docsUrl: ownRoutes.some(({ path }) => path === '/docs') ? `${url}/docs` : null,
      outsideRoutes: server.outsideRoutes,
      database,
      databaseUrl: shownUrl(settings.databaseUrl),
      structure: opened.structure,
      log,
      stop: once(() => stopInOrder(stopping)),
    }
  } catch (error) {
    for (const close of undo) await close()
    throw error
  }
}

function logOf(app: App, { log, logTo }: StartOptions, { debug }: StartSettings): Log {
  const level = log ?? (debug ? 'debug' : 'info')
  const all = createLog({ level, isSecret: secretNames(app.graph), ...(logTo === undefined ? {} : { target: logTo }) })
  return app.settings === null ? all : all.hiding(secretValues(app.settings))
}

interface Opening {
  readonly app: App
  readonly options: StartOptions
  readonly settings: StartSettings
  readonly log: Log
  readonly measuring: Measuring | null
}

interface Opened {
  readonly database: Database
  readonly structure: string
  readonly isInSync: boolean | null
}

async function openedDatabase(opening: Opening): Promise<Opened> {
  const { app, options, settings, log, measuring } = opening
  const { pool, structure: following } = options
  let structure = ''
  const structureObserver = {
    waiting: () => log.info({}, 'another process follows the models: waiting for it'),
    done: (report: SyncReport) => {
      structure = describeStructure(report)
      logStructure(report, log)
    },
  }
  const database = await openDatabase(settings.databaseUrl, {
    models: app.models,
    observer: databaseObserver({ log, echo: settings.debug, measuring: measuring?.measurements.ofDatabase ?? null }),
    structureObserver,
    ...(pool === undefined ? {} : { pool }),
    ...(following === undefined ? {} : { structure: following }),
  })
  const policy = typeof following === 'object' ? following.policy : following
  return { database, structure, isInSync: policy === 'off' ? null : true }
}

function once<R>(work: () => Promise<R>): () => Promise<R> {
  let running: Promise<R> | null = null
  return () => (running ??= work())
}
