import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Database } from '../../database/index.ts'
import type { Metrics } from '../../observe/index.ts'
import { histogramOf } from './histogram-of.ts'
import type { Measurements } from './measurements.ts'

export interface Measured {
  readonly measurements: Measurements
  readonly database: Database
  /** Whether the start brought the structure in line with the models; null: it did not look. */
  readonly isInSync: boolean | null
}

/** Codes of a connection that could not be had or got lost. */
const connectionErrors = ['COMMIT_UNKNOWN', 'DATABASE_CLOSED', 'DATABASE_UNAVAILABLE', 'POOL_TIMEOUT'] as const

/** What was measured in the text format of Prometheus, with the process's own metrics. */
export function createPrometheus(measured: Measured): Metrics {
  const registry = new Registry()
  addRequests(registry, measured.measurements)
  addStatements(registry, measured.measurements)
  addDatabase(registry, measured)
  addRemotes(registry, measured.measurements)
  const process = processMetrics()
  const read = async (): Promise<string> => `${await registry.metrics()}\n${await process.metrics()}`
  return { read: async () => ({ contentType: registry.contentType, text: await read() }) }
}

const breakerStates = ['closed', 'open', 'halfOpen'] as const

let ofProcess: Registry | null = null

/** Of the process there is one, whatever apps run in it, and prom-client cannot end its observers: made once, when first asked for. */
function processMetrics(): Registry {
  if (ofProcess !== null) return ofProcess
  const register = new Registry()
  collectDefaultMetrics({ register })
  ofProcess = register
  return register
}

interface Reading<M> {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
  readonly read: (metric: M) => void
}

/** A number that is looked at when the metrics are read. */
function addReading(registry: Registry, { name, help, labelNames = [], read }: Reading<Gauge>): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames,
    registers: [],
    collect() {
      read(this)
    },
  })
  registry.registerMetric(gauge)
}

/** A sum that is kept elsewhere. */
function addSum(registry: Registry, { name, help, labelNames = [], read }: Reading<Counter>): void {
  const counter = new Counter({
    name,
    help,
    labelNames,
    registers: [],
    collect() {
      this.reset()
      read(this)
    },
  })
  registry.registerMetric(counter)
}

function addRequests(registry: Registry, measurements: Measurements): void {
  const help = 'From the head of a request to the end of its answer, by the pattern of its route'
  registry.registerMetric(
    histogramOf({ name: 'http_request_duration_seconds', help, read: () => measurements.requests }),
  )
  addReading(registry, {
    name: 'http_requests_in_flight',
    help: 'Requests that wait for their answer',
    read: (gauge) => gauge.set(measurements.inFlight),
  })
}

function addStatements(registry: Registry, measurements: Measurements): void {
  const statement = { name: 'terrace_statement_duration_seconds', help: 'One statement, from its sending to its rows' }
  const transaction = {
    name: 'terrace_transaction_duration_seconds',
    help: 'From BEGIN to the end of COMMIT or ROLLBACK',
  }
  registry.registerMetric(histogramOf({ ...statement, read: () => measurements.statements }))
  registry.registerMetric(histogramOf({ ...transaction, read: () => measurements.transactions }))
  addSum(registry, {
    name: 'terrace_database_refusals_total',
    help: 'What the database, or the way to it, refused, by the code of the error',
    labelNames: ['code'],
    read: (counter) => {
      for (const [code, count] of measurements.refusals) counter.inc({ code }, count)
    },
  })
  addSum(registry, {
    name: 'terrace_connection_errors_total',
    help: 'Connections of the database that could not be had in time, or got lost',
    read: (counter) =>
      counter.inc(connectionErrors.reduce((sum, code) => sum + (measurements.refusals.get(code) ?? 0), 0)),
  })
}

function addRemotes(registry: Registry, measurements: Measurements): void {
  const help = 'One call of a remote source, its repetitions included; from: where its answer came from'
  registry.registerMetric(
    histogramOf({ name: 'terrace_remote_call_duration_seconds', help, read: () => measurements.remoteCalls }),
  )
  addSum(registry, {
    name: 'terrace_remote_retries_total',
    help: 'How often calls of a remote source were sent again',
    labelNames: ['source', 'operation'],
    read: (counter) => {
      for (const { labels, retries } of measurements.remoteRetries.values()) counter.inc(labels, retries)
    },
  })
  addReading(registry, {
    name: 'terrace_remote_breaker_state',
    help: '1 at the state in which the breaker of a remote source is; absent: it has never opened',
    labelNames: ['source', 'state'],
    read: (gauge) => {
      for (const [source, now] of measurements.breakers)
        for (const state of breakerStates) gauge.set({ source, state }, state === now ? 1 : 0)
    },
  })
}

function addDatabase(registry: Registry, { database, isInSync }: Measured): void {
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
  addSum(registry, {
    name: 'terrace_units_total',
    help: 'Units of work by their end',
    labelNames: ['outcome'],
    read: (counter) => {
      const { committed, rolledBack, retried, commitUnknown } = database.counts()
      for (const [outcome, count] of Object.entries({ committed, rolledBack, retried, commitUnknown }))
        counter.inc({ outcome }, count)
    },
  })
  if (isInSync === null) return
  addReading(registry, {
    name: 'terrace_schema_in_sync',
    help: '1: the start brought the structure in line with the models; absent: it did not look',
    read: (gauge) => gauge.set(isInSync ? 1 : 0),
  })
}
