import type { Operations, RemoteCredentials } from './operation-types.ts'
import { isOwnHeader } from './operation.ts'
import { remoteError } from './remote-error.ts'

/** A value that may come from the environment, which is read when the source is opened and never at import. */
export type Setting<T> = T | (() => T)

/** In milliseconds. */
export interface RemoteTimeouts {
  /** To a connection, encryption included. Default 2 s. */
  readonly connectMs?: number
  /** From the request, its connection included, to the headers of the answer. Default 5 s. */
  readonly headersMs?: number
  /** Between two pieces of the answer. Default 5 s. */
  readonly idleMs?: number
  /** The whole call, its queue and all its repetitions included. Default 10 s. */
  readonly wholeMs?: number
}

export interface RemoteRetries {
  /** How often a call may be sent again. Default 2. */
  readonly most?: number
  /** What the first pause is drawn below, in milliseconds; the next below twice that, and so on. Default 100. */
  readonly baseMs?: number
  /** What no pause is longer than. Default 2 s. */
  readonly capMs?: number
  /** The longest `retry-after` that is waited for; a longer one is passed on in the error. Default 5 s. */
  readonly retryAfterMs?: number
  /** Repetitions for each call that the source may be asked for in the long run; 10 may be made at once. Default 0.2. */
  readonly budget?: number
}

export interface RemoteBreaker {
  /** Failures in a row after which it opens. Default 5. */
  readonly failures?: number
  /** How long every call is refused then, before one is let through, in milliseconds. Default 10 s. */
  readonly openMs?: number
}

export interface RemoteLimits {
  /** Requests under way at once. Default 10. */
  readonly concurrency?: number
  /** Calls that wait for one of these; more are refused at once. Default 50. */
  readonly queue?: number
  /** Bytes of an answer, both as sent and unpacked. Default 1 MiB. */
  readonly responseBytes?: number
  /** Redirects that a GET follows, each hop checked as the first. Default 0: an answer 3xx is `REMOTE_REFUSED`. */
  readonly redirects?: number
  /** Levels of the JSON. Default 32. */
  readonly jsonDepth?: number
}

/** As `node:tls` takes them: texts or bytes of PEM. */
export interface RemoteTls {
  /** Authorities that are trusted in place of the system's. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** What proves who connects, where the source asks for it. */
  readonly cert?: string | Uint8Array
  readonly key?: string | Uint8Array
}

export interface RemoteOptions<O extends Operations = Operations> {
  /** Scheme, host and where needed a port and the beginning of all paths: `https://api.example.com/v2`. No credentials. */
  readonly baseUrl: Setting<string>
  readonly operations: O
  /** Asked before each request, so that what changes is taken up: `() => ({ headers: { 'x-api-key': key } })`. Default none. */
  readonly credentials?: () => RemoteCredentials | Promise<RemoteCredentials>
  /** Sent with every request; never a secret. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Hosts that may have an address within the own network: `127.0.0.1:4000`, `preview.internal`. Default none: private, loopback,
   * link-local and other addresses that are not the public internet's are refused when they are connected to.
   */
  readonly allowHosts?: Setting<readonly string[]>
  /** Certificates of one's own. Default the system's authorities; a certificate that they do not know is always refused. */
  readonly tls?: Setting<RemoteTls>
  /** Default 80 and 443. */
  readonly ports?: readonly number[]
  readonly timeouts?: RemoteTimeouts
  /** `false`: nothing is ever sent again. */
  readonly retries?: RemoteRetries | false
  /** `false`: every call is tried. */
  readonly breaker?: RemoteBreaker | false
  readonly limits?: RemoteLimits
  /** What the answers that are kept may take together. Default 1,000 answers and 16 MiB; what was used longest ago goes first. */
  readonly cache?: { readonly answers?: number; readonly bytes?: number }
}

/** An API of others, as a value: nothing is read and nothing connected before it is opened. */
export interface RemoteSource<O extends Operations = Operations> {
  readonly kind: 'remote'
  readonly name: string
  readonly options: RemoteOptions<O>
}

/**
 * Declares an API of others as a source.
 *
 * ```ts
 * export const rates = remote('rates', {
 *   baseUrl: () => loadSettings(appSettings).RATES_URL,
 *   credentials: () => ({ headers: { 'x-api-key': loadSettings(appSettings).RATES_KEY } }),
 *   operations: { latest: get('/latest/:base', { response: shape({ base: text(), rate: decimal(12, 6) }) }) },
 * })
 * ```
 *
 * `REMOTE_DECLARATION` for a name, a header or a number that cannot be.
 */
export function remote<const O extends Operations>(name: string, options: RemoteOptions<O>): RemoteSource<O> {
  const problems = problemsOf(name, options)
  if (problems.length > 0) throw remoteError(`remote('${name}')`, problems)
  const operations = Object.freeze({ ...options.operations })
  return Object.freeze({ kind: 'remote', name, options: Object.freeze({ ...options, operations }) })
}

const sourceName = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const operationName = /^[A-Za-z_][A-Za-z0-9_]*$/

function problemsOf(name: string, options: RemoteOptions): readonly string[] {
  const { operations, headers = {}, ports = [] } = options
  const names = Object.keys(operations)
  return [
    ...(sourceName.test(name) ? [] : ['its name is no word of letters, digits, - and _']),
    ...(names.length > 0 ? [] : ['it has no operations']),
    ...names.flatMap((operation) => operationProblems(operation)),
    ...Object.keys(headers).flatMap((header) =>
      isOwnHeader(header) ? [`the header ${header} is the transport's`] : [],
    ),
    ...ports.flatMap((port) => (isWhole(port, 1, 65_535) ? [] : [`${port} is no port`])),
    ...budgetProblems(options),
    ...numbersOf(options).flatMap(([path, value, least]) =>
      isWhole(value, least, 2_147_483_647) ? [] : [`${path} is ${value}, expected a whole number from ${least}`],
    ),
  ]
}

function operationProblems(operation: string): readonly string[] {
  if (operation in Object.prototype) return [`${operation} is a name of every JavaScript object`]
  if (operation === 'then') return ['then would make a promise of it']
  return operationName.test(operation) ? [] : [`${operation} cannot be the name of a method`]
}

type Numbers = readonly (readonly [path: string, value: number, least: number])[]

function budgetProblems({ retries = {} }: RemoteOptions): readonly string[] {
  const budget = retries === false ? 0 : (retries.budget ?? 0)
  return budget >= 0 && Number.isFinite(budget) ? [] : [`retries.budget is ${budget}, expected a number from 0`]
}

/** Options that may be 0. */
const fromZero: ReadonlySet<string> = new Set([
  'most',
  'queue',
  'redirects',
  'answers',
  'bytes',
  'baseMs',
  'capMs',
  'retryAfterMs',
])

function numbersOf({ timeouts = {}, retries = {}, breaker = {}, limits = {}, cache = {} }: RemoteOptions): Numbers {
  return Object.entries({ timeouts, retries, breaker, limits, cache }).flatMap(([group, values]) =>
    Object.entries(values === false ? {} : values).flatMap(([name, value]) =>
      name === 'budget' ? [] : [[`${group}.${name}`, value as number, fromZero.has(name) ? 0 : 1] as const],
    ),
  )
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
