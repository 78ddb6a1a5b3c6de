import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Database, DatabaseObserver } from '../../database/index.ts'
import type { MetricsText, RequestObserver } from '../../observe/index.ts'

/** Who measures, and what comes of it in the format of Prometheus. */
export interface Prometheus extends MetricsText {
  readonly requests: RequestObserver
  readonly database: Required<Pick<DatabaseObserver, 'statement' | 'transaction' | 'refused'>>
  /** Looks at the pool and the counts of a database whenever the metrics are read. */
  watch(database: Database, structure: { readonly isInSync: boolean | null }): void
}

/** From a read of one row to a request that nobody waits for any more. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Codes of a connection that could not be had or got lost. */
const connectionErrors: ReadonlySet<string> = new Set([
  'COMMIT_UNKNOWN',
  'DATABASE_CLOSED',
  'DATABASE_UNAVAILABLE',
  'POOL_TIMEOUT',
])

/** Measures one app. Loads `prom-client`, which is the reason why it is called only where metrics are shown. */
export function createPrometheus(): Prometheus {
  const registry = new Registry()
  const processRegistry = processMetrics()
  return {
    requests: requestMetrics(registry),
    database: databaseMetrics(registry),
    watch: (database, structure) => watchDatabase(registry, database, structure),
    contentType: registry.contentType,
    text: async () => `${await registry.metrics()}\n${await processRegistry.metrics()}`,
  }
}

let ofProcess: Registry | null = null

/** Of the process there is one, whatever apps run in it, and prom-client cannot end its observers: made once, when first asked for. */
function processMetrics(): Registry {
  if (ofProcess !== null) return ofProcess
  const register = new Registry()
  collectDefaultMetrics({ register })
  ofProcess = register
  return register
}

type Observed = Pick<Histogram.Internal<string>, 'observe'>

function requestMetrics(registry: Registry): RequestObserver {
  const registers = [registry]
  const labelNames = ['method', 'route', 'status']
  const help = 'From the head of a request to the end of its answer, by the pattern of its route'
  const durations = new Histogram({ name: 'http_request_duration_seconds', help, labelNames, buckets, registers })
  let inFlight = 0
  addReading(registry, {
    name: 'http_requests_in_flight',
    help: 'Requests that wait for their answer',
    read: (gauge) => gauge.set(inFlight),
  })
  const known = new Map<string, Observed>()
  return {
    began: () => (inFlight += 1),
    ended: ({ method, route, status, durationMs }) => {
      inFlight -= 1
      const key = `${method} ${route} ${status}`
      let observed = known.get(key)
      if (observed === undefined) {
        // Few: methods that Node knows, patterns of the app, statuses.
        observed = durations.labels({ method, route: route ?? 'none', status: String(status) })
        known.set(key, observed)
      }
      observed.observe(durationMs / 1_000)
    },
  }
}

function databaseMetrics(registry: Registry): Prometheus['database'] {
  const registers = [registry]
  const labelNames = ['outcome']
  const statements = new Histogram({
    name: 'terrace_statement_duration_seconds',
    help: 'One statement, from its sending to its rows',
    labelNames,
    buckets,
    registers,
  })
  const transactions = new Histogram({
    name: 'terrace_transaction_duration_seconds',
    help: 'From BEGIN to the end of COMMIT or ROLLBACK',
    labelNames,
    buckets,
    registers,
  })
  const failures = new Counter({
    name: 'terrace_database_refusals_total',
    help: 'What the database, or the way to it, refused, by the code of the error',
    labelNames: ['code'],
    registers,
  })
  const lost = new Counter({
    name: 'terrace_connection_errors_total',
    help: 'Connections of the database that could not be had in time, or got lost',
    registers,
  })
  const ok = statements.labels({ outcome: 'ok' })
  const failed = statements.labels({ outcome: 'failed' })
  return {
    statement: (event) => (event.failed ? failed : ok).observe(event.durationMs / 1_000),
    transaction: ({ outcome, durationMs }) => transactions.observe({ outcome }, durationMs / 1_000),
    refused: ({ code }) => {
      failures.inc({ code })
      if (connectionErrors.has(code)) lost.inc()
    },
  }
}

interface Reading {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
  readonly read: (gauge: Gauge) => void
}

/** A number that is looked at when the metrics are read, and costs nothing before. */
function addReading(registry: Registry, { name, help, labelNames = [], read }: Reading): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      read(this)
    },
  })
}

function watchDatabase(
  registry: Registry,
  database: Database,
  { isInSync }: { readonly isInSync: boolean | null },
): void {
  addReading(registry, {
    name: 'terrace_pool_connections',
    help: 'Connections of the pool',
    labelNames: ['state'],
    read: (gauge) => {
      const { size, idle } = database.stats()
      gauge.set({ state: 'idle' }, idle)
      gauge.set({ state: 'busy' }, size - idle)
    },
  })
  addReading(registry, {
    name: 'terrace_pool_waiting',
    help: 'Sessions that wait for a connection',
    read: (gauge) => gauge.set(database.stats().waiting),
  })
  addReading(registry, {
    name: 'terrace_units',
    help: 'Units of work since the start, by their end',
    labelNames: ['outcome'],
    read: (gauge) => {
      const { committed, rolledBack, retried, commitUnknown } = database.counts()
      for (const [outcome, count] of Object.entries({ committed, rolledBack, retried, commitUnknown }))
        gauge.set({ outcome }, count)
    },
  })
  if (isInSync === null) return
  addReading(registry, {
    name: 'terrace_schema_in_sync',
    help: '1: the start brought the structure in line with the models; absent: it did not look',
    read: (gauge) => gauge.set(isInSync ? 1 : 0),
  })
}
