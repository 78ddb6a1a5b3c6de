import type { DatabaseObserver } from '../../database/index.ts'
import type {
  BreakerState,
  RemoteCallEvent,
  RemoteObserver,
  RequestEvent,
  RequestObserver,
} from '../../observe/index.ts'
import { Durations } from './durations.ts'

/** Durations under one set of labels. */
export interface LabelledDurations {
  readonly labels: Readonly<Record<string, string>>
  readonly durations: Durations
}

type Measuring = Required<Pick<DatabaseObserver, 'statement' | 'transaction' | 'refused'>>

/** What one app has done since its start, as numbers. Taking a measurement is a sum or two. */
export class Measurements {
  inFlight = 0
  readonly #requests = new Map<string, LabelledDurations>()
  readonly #statements = { ok: new Durations(), failed: new Durations() }
  readonly #transactions = { committed: new Durations(), rolledBack: new Durations(), unknown: new Durations() }
  /** By the code of the error. */
  readonly refusals = new Map<string, number>()

  readonly ofRequests: RequestObserver = {
    began: () => {
      this.inFlight += 1
    },
    ended: (event) => {
      this.inFlight -= 1
      this.#durationsOf(event).add(event.durationMs / 1_000)
    },
  }

  readonly ofDatabase: Measuring = {
    statement: ({ failed, durationMs }) => this.#statements[failed ? 'failed' : 'ok'].add(durationMs / 1_000),
    transaction: ({ outcome, durationMs }) => this.#transactions[outcome].add(durationMs / 1_000),
    refused: ({ code }) => void this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1),
  }

  /** How often calls of remote sources were sent again, by source and operation. */
  readonly remoteRetries = new Map<string, { readonly labels: Readonly<Record<string, string>>; retries: number }>()
  /** Of the sources whose breaker has ever opened. */
  readonly breakers = new Map<string, BreakerState>()
  readonly #remoteCalls = new Map<string, LabelledDurations>()

  readonly ofRemotes: RemoteObserver = {
    called: (event) => {
      this.#remoteDurationsOf(event).add(event.durationMs / 1_000)
      if (event.retries > 0) this.#addRetries(event)
    },
    breakerChanged: ({ source, state }) => void this.breakers.set(source, state),
  }

  get remoteCalls(): readonly LabelledDurations[] {
    return [...this.#remoteCalls.values()]
  }

  get requests(): readonly LabelledDurations[] {
    return [...this.#requests.values()]
  }

  get statements(): readonly LabelledDurations[] {
    return byOutcome(this.#statements)
  }

  get transactions(): readonly LabelledDurations[] {
    return byOutcome(this.#transactions)
  }

  /** As few as operations are declared, times their outcomes. */
  #remoteDurationsOf({ source, operation, outcome, from }: RemoteCallEvent): Durations {
    return durationsIn(this.#remoteCalls, { source, operation, outcome, from })
  }

  #addRetries({ source, operation, retries }: RemoteCallEvent): void {
    const key = `${source} ${operation}`
    const known = this.remoteRetries.get(key) ?? { labels: { source, operation }, retries: 0 }
    this.remoteRetries.set(key, known)
    known.retries += retries
  }

  /** Few: methods that Node knows, patterns of the app, statuses. */
  #durationsOf({ method, route, status }: RequestEvent): Durations {
    const key = `${method} ${status} ${route}`
    const known = this.#requests.get(key)
    if (known !== undefined) return known.durations
    const labels = { method, route: route ?? 'none', status: String(status) }
    const durations = new Durations()
    this.#requests.set(key, { labels, durations })
    return durations
  }
}

function durationsIn(all: Map<string, LabelledDurations>, labels: LabelledDurations['labels']): Durations {
  const key = Object.values(labels).join(' ')
  const known = all.get(key)
  if (known !== undefined) return known.durations
  const durations = new Durations()
  all.set(key, { labels, durations })
  return durations
}

function byOutcome(all: Readonly<Record<string, Durations>>): readonly LabelledDurations[] {
  return Object.entries(all).map(([outcome, durations]) => ({ labels: { outcome }, durations }))
}
