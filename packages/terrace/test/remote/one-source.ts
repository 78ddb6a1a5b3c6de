import { shape } from 'terrace/dto'
import { integer, text } from 'terrace/model'
import { get, openRemote, post, remote, RemoteDao } from 'terrace/remote'
import type { OpenRemoteOptions, RemoteOptions } from 'terrace/remote'
import type { BreakerEvent, RemoteCallEvent, RemoteObserver } from '../../src/observe/index.ts'

export const thing = shape({ id: integer(), name: text() })

const operations = {
  find: get('/things/:id', { response: thing }),
  look: get('/things/:id', { response: thing, notFound: null }),
  kept: get('/things/:id', { response: thing, cache: { ttlMs: 60_000, staleIfErrorMs: 60_000 } }),
  heeding: get('/things/:id', { response: thing, cache: { ttlMs: 60_000, heedsHeaders: true } }),
  add: post('/things', { body: shape({ name: text() }), response: thing }),
  addOnce: post('/things', { body: shape({ name: text() }), response: thing, idempotencyKey: 'Idempotency-Key' }),
  ping: get('/ping', { response: null }),
} as const

type Options = Partial<Omit<RemoteOptions, 'operations'>>

/** No pauses between repetitions, and limits that a machine under load keeps to. */
const quick: Options = {
  timeouts: { connectMs: 5_000, headersMs: 5_000, idleMs: 5_000, wholeMs: 10_000 },
  retries: { most: 2, baseMs: 0 },
  breaker: false,
}

/** What was told of a source. */
export interface Told {
  readonly calls: RemoteCallEvent[]
  readonly breaker: BreakerEvent['state'][]
}

export function recordingObserver(): { readonly told: Told; readonly observer: RemoteObserver } {
  const told: Told = { calls: [], breaker: [] }
  const observer = {
    called: (event: RemoteCallEvent) => void told.calls.push(event),
    breakerChanged: ({ state }: BreakerEvent) => void told.breaker.push(state),
  }
  return { told, observer }
}

/** A source at this host with every sort of operation, open. */
export async function openThings(host: string, options: Options = {}, opening: OpenRemoteOptions = {}) {
  const source = remote('things', { baseUrl: `http://${host}`, allowHosts: [host], ...quick, ...options, operations })
  const { told, observer } = recordingObserver()
  const open = await openRemote(RemoteDao(source), { observer, ...opening })
  return { ...open, told }
}

/** The code and the text of the error that a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return `${code}: ${message}`
  }
  return 'none'
}
