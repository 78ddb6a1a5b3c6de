import type { Agent } from 'undici'
import { errors, TerraceError } from '../errors/index.ts'
import type { RemoteObserver, RemoteOrigin } from '../observe/index.ts'
import { AnswerCache } from './cache/answer-cache.ts'
import { cacheTimes } from './cache/cache-times.ts'
import { requestKey } from './cache/request-key.ts'
import { settledOrAborted, SingleFlight } from './cache/single-flight.ts'
import { requestOf } from './call/request-of.ts'
import { resultOf } from './call/result-of.ts'
import type { ConnectionHolder } from './connection-holder.ts'
import { exchange } from './exchange/exchange.ts'
import type { Answer, Outgoing } from './exchange/exchange.ts'
import { retryAfterMs } from './exchange/retry-after.ts'
import { statusFailure } from './exchange/status-failure.ts'
import { Failed } from './failed.ts'
import { deadline } from './guard/deadline.ts'
import type { Guard } from './guard/guard.ts'
import { repeated } from './guard/repeated.ts'
import { RetryBudget } from './guard/retry-budget.ts'
import type { Time } from './guard/time.ts'
import type { HostRules } from './network/host-rules.ts'
import type { CallOptions, Operation, RemoteCacheOptions, RemoteCredentials } from './operation-types.ts'
import type { Place } from './place.ts'
import type { RemoteCalls } from './remote-dao.ts'
import type { ResolvedOptions } from './resolved-options.ts'

export interface ClientParts {
  readonly options: ResolvedOptions
  readonly agent: Agent
  readonly guard: Guard
  readonly rules: HostRules
  readonly time: Time
  readonly observer: RemoteObserver | null
  readonly holder: ConnectionHolder | null
}

/** A call on its way: what is told of it at its end. */
interface Journey {
  readonly place: Place
  readonly operation: Operation
  readonly signal: AbortSignal
  readonly endsAtMs: number
  retries: number
  status: number | null
  from: RemoteOrigin
}

/** Makes the calls of one open source. */
export class RemoteClient implements RemoteCalls {
  readonly #parts: ClientParts
  readonly #budget: RetryBudget
  readonly #cache: AnswerCache
  readonly #flights = new SingleFlight<Answer>()

  constructor(parts: ClientParts) {
    const { answers, bytes } = parts.options.cache
    this.#parts = parts
    this.#budget = new RetryBudget(parts.options.retries?.budget ?? 0)
    this.#cache = new AnswerCache({ mostAnswers: answers, mostBytes: bytes })
  }

  async call(name: string, input: unknown, callOptions: CallOptions = {}): Promise<unknown> {
    const { options, time, holder } = this.#parts
    const operation = options.operations[name]
    if (operation === undefined) throw new TypeError(`${options.name} has no operation ${name}`)
    const place = { source: options.name, operation: name }
    const { inTransaction = false } = callOptions
    if (!inTransaction && holder !== null && !(await holder.releaseConnection()))
      throw errors.REMOTE_HOLDS_CONNECTION({ values: place })
    const request = await requestOf(input, { base: options.base, headers: options.headers, operation, place })
    using limit = deadline({ place, wholeMs: options.timeouts.wholeMs, signal: callOptions.signal })
    const endsAtMs = time.now() + options.timeouts.wholeMs
    const journey: Journey = {
      place,
      operation,
      signal: limit.signal,
      endsAtMs,
      retries: 0,
      status: null,
      from: 'source',
    }
    // Awaited, so that the limit holds to the end.
    return await this.#observed(journey, async () => {
      const outgoing = await this.#completed(request, journey, callOptions)
      const answer = await this.#answer(outgoing, journey)
      journey.status = answer.status
      return resultOf(answer, { operation, place, jsonDepth: options.limits.jsonDepth })
    })
  }

  async #observed(journey: Journey, work: () => Promise<unknown>): Promise<unknown> {
    const startedMs = performance.now()
    let outcome = 'ok'
    try {
      return await work()
    } catch (error) {
      const told = error instanceof Failed ? error.error : error
      if (error instanceof Failed) journey.status = error.status ?? journey.status
      outcome = told instanceof TerraceError ? told.code : 'INTERNAL'
      throw told
    } finally {
      const { place, retries, status, from } = journey
      const durationMs = performance.now() - startedMs
      this.#parts.observer?.called({ ...place, outcome, status, retries, from, durationMs })
    }
  }

  /** The request with whoever asks, and the key by which its repetitions are the same one. */
  async #completed(
    request: Omit<Outgoing, 'credentials'>,
    { place, operation, signal }: Journey,
    call: CallOptions,
  ): Promise<Outgoing> {
    const { credentials: ask, isPlain } = this.#parts.options
    const own = ask === undefined ? {} : await settledOrAborted(Promise.resolve(ask()), signal)
    const header = operation.declaration.idempotencyKey?.toLowerCase()
    const key = header === undefined ? {} : { [header]: call.idempotencyKey ?? crypto.randomUUID() }
    const credentials = { headers: merged('headers', own, call), query: merged('query', own, call) }
    if (isPlain && Object.keys({ ...credentials.headers, ...credentials.query }).length > 0)
      throw errors.REMOTE_ADDRESS({ values: { ...place, reason: 'plain http, which would show the credentials' } })
    return { ...request, headers: { ...request.headers, ...key }, credentials }
  }

  #answer(outgoing: Outgoing, journey: Journey): Promise<Answer> {
    const { cache } = journey.operation.declaration
    return cache === undefined ? this.#fetched(outgoing, journey, journey.signal) : this.#kept(outgoing, journey, cache)
  }

  async #kept(outgoing: Outgoing, journey: Journey, cache: RemoteCacheOptions): Promise<Answer> {
    const key = requestKey(journey.place.operation, outgoing)
    const found = this.#cache.find(key, this.#parts.time.now())
    if (found?.isFresh === true) {
      journey.from = 'cache'
      return found.answer
    }
    try {
      const { value, isShared } = await this.#flights.run(key, journey.signal, async (signal) => {
        const answer = await this.#fetched(outgoing, journey, signal)
        this.#keep(key, answer, cache)
        return answer
      })
      if (isShared) journey.from = 'shared'
      return value
    } catch (error) {
      if (found === null || !isSourceFault(error)) throw error
      journey.from = 'stale'
      return found.answer
    }
  }

  #keep(key: string, answer: Answer, cache: RemoteCacheOptions): void {
    const times = cacheTimes(cache, answer.headers)
    if (times === null) this.#cache.forget(key)
    else this.#cache.keep(key, { ...answer, headers: {} }, { times, nowMs: this.#parts.time.now() })
  }

  /** An answer of the source itself, with a status that the operation takes. */
  async #fetched(outgoing: Outgoing, journey: Journey, signal: AbortSignal): Promise<Answer> {
    const { guard, time, options } = this.#parts
    this.#budget.called()
    const { place, endsAtMs, operation } = journey
    const onRetry = (): void => void (journey.retries += 1)
    const rules = isRepeatable(operation) ? options.retries : null
    const once = () => guard(() => this.#sent(outgoing, journey, signal), { place, signal })
    return repeated(once, { rules, budget: this.#budget, time, endsAtMs, signal, onRetry })
  }

  async #sent(outgoing: Outgoing, { place, operation }: Journey, signal: AbortSignal): Promise<Answer> {
    const { agent, rules, options, time } = this.#parts
    const { responseBytes: mostBytes, redirects } = options.limits
    const parts = { agent, rules, timeouts: options.timeouts, mostBytes, redirects }
    const answer = await exchange(outgoing, { parts, place, signal })
    const { status, headers } = answer
    if (status >= 200 && status <= 299) return answer
    if (status === 404 && operation.declaration.notFound === null) return answer
    throw statusFailure({ status, retryAfterMs: retryAfterMs(headers['retry-after'], time.now()) }, place)
  }
}

function merged(
  part: keyof RemoteCredentials,
  own: RemoteCredentials,
  { credentials = {} }: CallOptions,
): Readonly<Record<string, string>> {
  return { ...own[part], ...credentials[part] }
}

function isRepeatable({ method, declaration: { repeatable, idempotencyKey } }: Operation): boolean {
  return repeatable ?? (idempotencyKey !== undefined || ['GET', 'PUT', 'DELETE'].includes(method))
}

/** What a kept answer may stand in for: the source does not answer, whatever the request is. */
function isSourceFault(error: unknown): boolean {
  return error instanceof Failed && ['REMOTE_UNAVAILABLE', 'REMOTE_TIMEOUT'].includes(error.error.code)
}
