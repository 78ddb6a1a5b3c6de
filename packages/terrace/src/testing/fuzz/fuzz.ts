import type { TestClient, TestResponse } from '../test-client.ts'
import { operationsOf } from './api-document.ts'
import type { ApiDocument } from './api-document.ts'
import { FuzzTable } from './fuzz-table.ts'
import { KnownBodies } from './known-bodies.ts'
import { requestPlans } from './request-plan.ts'
import type { RequestPlan } from './request-plan.ts'
import { RowPool } from './row-pool.ts'
import { SchemaValues } from './schema-values.ts'
import { isRestore, requestOf } from './send-plan.ts'
import type { SentRequest } from './send-plan.ts'

export interface FuzzOptions {
  /** The app's OpenAPI document. */
  readonly document: object
  /** A client over an empty database, made anew for each run. */
  readonly client: () => Promise<TestClient>
  /** Headers of each caller, none of whom may see what another one created: made at the beginning of each run. */
  readonly callers: (client: TestClient) => Promise<readonly Readonly<Record<string, string>>[]>
  /** Entities whose rows every caller may see, whoever created them. Default none. */
  readonly shared?: readonly string[]
  /** Default 1,000; sent in runs of `perRun`. */
  readonly requests?: number
  /** Requests over one database. Default 250. */
  readonly perRun?: number
  /** Repeats the same requests; default another one each time, which the report and a failure name. */
  readonly seed?: number
}

export interface FuzzReport {
  readonly seed: number
  /** Operations and statuses; `toString()` prints it. */
  readonly table: FuzzTable
}

/**
 * Calls an app in every way that its OpenAPI document allows, and in many that it does not: several callers, each working
 * with the rows that were answered before, also with those of another caller.
 *
 * Rejects with the shortest sequence of requests found that is answered by a status from 500, by something that the document does
 * not say, or with a row that another caller created. Needs the package `fast-check`.
 *
 * ```ts
 * const { table } = await fuzz({ document, client: () => testClient(app), callers: twoDevices, requests: 5_000 })
 * console.log(`${table}`)
 * ```
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const fc = await import('fast-check')
  const {
    client,
    callers,
    shared = [],
    requests = 1_000,
    perRun = 250,
    seed = Math.floor(Math.random() * 2 ** 31),
  } = options
  const document = options.document as ApiDocument
  const operations = operationsOf(document)
  const entities = new Set(operations.flatMap(({ tag }) => (tag === null ? [] : [tag])))
  const values = new SchemaValues(fc, document, entities)
  const plans = fc.array(requestPlans(fc, operations, values), { minLength: 1, maxLength: perRun, size: 'max' })
  const table = new FuzzTable(operations.map(({ operationId }) => operationId))
  const property = fc.asyncProperty(plans, async (sequence) => {
    const open = await client()
    try {
      await new FuzzRun({ client: open, callers: await callers(open), table, shared }).send(sequence)
    } finally {
      await open.close()
    }
  })
  // Sequences have any length up to the most, so how many make the number is not known before.
  for (let round = 0; table.requests < requests; round += 1) {
    const numRuns = Math.max(1, Math.ceil((requests - table.requests) / perRun))
    await fc.assert(property, { seed: seed + round, numRuns, includeErrorInReport: true })
  }
  return { seed, table }
}

type Callers = readonly Readonly<Record<string, string>>[]

interface RunParts {
  readonly client: TestClient
  readonly callers: Callers
  readonly table: FuzzTable
  readonly shared: readonly string[]
}

class FuzzRun {
  readonly #parts: RunParts
  readonly #callers: Callers
  /** What each caller knows of; each asks about rows of others too. */
  readonly #pools: readonly RowPool[]
  readonly #bodies = new KnownBodies()
  readonly #sent: string[] = []
  /** Who created the row of this key. */
  readonly #creators = new Map<string, number>()

  constructor(parts: RunParts) {
    this.#parts = parts
    this.#callers = parts.callers
    this.#pools = parts.callers.map(() => new RowPool())
  }

  /** Rejects at the first answer that may not be, with all requests up to it. */
  async send(sequence: readonly RequestPlan[]): Promise<void> {
    for (const plan of sequence) {
      try {
        await this.#sendOne(plan)
      } catch (cause) {
        throw new Error(`After\n${this.#sent.join('\n')}\n${(cause as Error).message}`, { cause })
      }
    }
  }

  async #sendOne(plan: RequestPlan): Promise<void> {
    const caller = plan.caller % this.#callers.length
    const curious = plan.caller % 7 === 0
    const pool = this.#pools[(caller + (curious ? 1 : 0)) % this.#pools.length] as RowPool
    const tried = this.#bodies.tried(plan)
    const request = requestOf(tried, pool, this.#callers[caller] as Callers[number])
    const response = await this.#answer(request)
    this.#parts.table.add(plan.operation.operationId, response.status)
    if (response.status >= 200 && response.status <= 299) this.#learn(tried, { caller, request, response })
  }

  async #answer(request: SentRequest): Promise<TestResponse> {
    this.#sent.push(lineOf(request))
    const response = await this.#parts.client.request(request.method, request.url, request)
    if (response.status >= 500) throw failure(request, response, 'a status from 500')
    return response
  }

  #learn(plan: RequestPlan, { caller, request, response }: Answered): void {
    const { operation } = plan
    const rows = rowsOf(response.json)
    this.#bodies.keep(plan)
    const pool = this.#pools[caller] as RowPool
    for (const row of rows) {
      if (operation.tag !== null) pool.add(operation.tag, row)
      if (response.status === 201 && !this.#parts.shared.includes(operation.tag ?? ''))
        this.#creators.set(String(row['id']), caller)
    }
    for (const id of keysWithin(response.json))
      if ((this.#creators.get(id) ?? caller) !== caller)
        throw failure(request, response, 'a row that another caller created')
    if (operation.method === 'DELETE' && operation.tag !== null) pool.remove(operation.tag, keyInPath(request.url))
    else if (isRestore(operation.path)) for (const row of rows) pool.add(operation.tag ?? '', row)
  }
}

interface Answered {
  readonly caller: number
  readonly request: SentRequest
  readonly response: TestResponse
}

function failure(request: SentRequest, response: TestResponse, what: string): Error {
  return new Error(`${lineOf(request)} was answered by ${what}: ${response.status} ${response.text.slice(0, 500)}`)
}

function lineOf({ method, url, body }: SentRequest): string {
  return `${method} ${url}${body === undefined ? '' : ` ${String(body).slice(0, 500)}`}`
}

type RowData = Readonly<Record<string, unknown>>

/** The rows of an answer: a value or a list, by itself or as `data`. */
function rowsOf(json: unknown): readonly RowData[] {
  const value = isObject(json) && 'data' in json ? json['data'] : json
  return (Array.isArray(value) ? value : [value]).filter((row) => isObject(row) && 'id' in row)
}

/** Every value of a property named `id`, at any depth. */
function keysWithin(json: unknown): readonly string[] {
  if (Array.isArray(json)) return json.flatMap(keysWithin)
  if (!isObject(json)) return []
  return Object.entries(json).flatMap(([name, value]) => (name === 'id' ? [String(value)] : keysWithin(value)))
}

function keyInPath(url: string): string {
  return decodeURIComponent(url.replace(/\?.*$/, '').split('/').at(-1) ?? '')
}

function isObject(value: unknown): value is RowData {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
