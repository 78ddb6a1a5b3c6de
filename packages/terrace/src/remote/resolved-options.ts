import { errors } from '../errors/index.ts'
import { allowedHosts, isAllowedHost, portOf, urlProblem } from './network/host-rules.ts'
import type { HostRules } from './network/host-rules.ts'
import type { Operations } from './operation-types.ts'
import type {
  RemoteBreaker,
  RemoteLimits,
  RemoteOptions,
  RemoteRetries,
  RemoteSource,
  RemoteTls,
  RemoteTimeouts,
  Setting,
} from './remote.ts'

/** The options of a source with everything that they leave open. */
export interface ResolvedOptions {
  readonly name: string
  readonly base: URL
  /** Over http, and to no host of `allowHosts`: whatever is sent, others can read. */
  readonly isPlain: boolean
  readonly tls: RemoteTls
  readonly operations: Operations
  readonly credentials: RemoteOptions['credentials']
  readonly headers: Readonly<Record<string, string>>
  readonly timeouts: Required<RemoteTimeouts>
  readonly retries: Required<RemoteRetries> | null
  readonly breaker: Required<RemoteBreaker> | null
  readonly limits: Required<RemoteLimits>
  readonly cache: { readonly answers: number; readonly bytes: number }
}

const timeoutsMs = { connectMs: 2_000, headersMs: 5_000, idleMs: 5_000, wholeMs: 10_000 }
const retryRules = { most: 2, baseMs: 100, capMs: 2_000, retryAfterMs: 5_000, budget: 0.2 }
const breakerRules = { failures: 5, openMs: 10_000 }
const limitsOfCalls = { concurrency: 10, queue: 50, responseBytes: 2 ** 20, redirects: 0, jsonDepth: 32 }
const cacheLimits = { answers: 1_000, bytes: 2 ** 24 }

/** Reads what comes from the environment. `REMOTE_SETTING` for a base URL that cannot be one. */
export function resolvedOptions({ name, options }: RemoteSource): {
  readonly options: ResolvedOptions
  readonly rules: HostRules
} {
  const rules = {
    allowed: allowedHosts(valueOf(options.allowHosts ?? [])),
    ports: new Set(options.ports ?? [80, 443]),
  }
  const base = baseOf(name, valueOf(options.baseUrl), rules)
  const isPlain = base.protocol === 'http:' && !isAllowedHost(rules, base.hostname, portOf(base))
  if (isPlain && options.credentials !== undefined)
    throw refused(
      name,
      'its baseUrl is plain http, which would show its credentials',
      'Give https, or name the host in allowHosts',
    )
  const resolved = {
    name,
    base,
    isPlain,
    tls: valueOf(options.tls ?? {}),
    operations: options.operations,
    credentials: options.credentials,
    headers: options.headers ?? {},
    timeouts: { ...timeoutsMs, ...options.timeouts },
    retries: options.retries === false ? null : { ...retryRules, ...options.retries },
    breaker: options.breaker === false ? null : { ...breakerRules, ...options.breaker },
    limits: { ...limitsOfCalls, ...options.limits },
    cache: { ...cacheLimits, ...options.cache },
  }
  return { options: resolved, rules }
}

function valueOf<T>(setting: Setting<T>): T {
  return typeof setting === 'function' ? (setting as () => T)() : setting
}

function baseOf(source: string, text: string, rules: HostRules): URL {
  if (!URL.canParse(text))
    throw refused(source, 'its baseUrl is no URL', 'Give scheme, host and path: https://api.example.com/v2')
  const url = new URL(text)
  const problem = urlProblem(url, rules)
  if (problem !== null) throw refused(source, `its baseUrl has ${problem}`, remedyFor(url))
  if (url.search !== '' || url.hash !== '')
    throw refused(
      source,
      'its baseUrl has a query or a fragment',
      'Declare the query with the operations; secrets belong to credentials',
    )
  return url
}

function remedyFor({ username, password }: URL): string {
  return username === '' && password === ''
    ? 'Give http or https, and name its port in ports or host and port in allowHosts'
    : 'Give what proves who asks by the option credentials'
}

function refused(source: string, problem: string, remedy: string): Error {
  return errors.REMOTE_SETTING({ values: { source, problem, remedy } })
}
