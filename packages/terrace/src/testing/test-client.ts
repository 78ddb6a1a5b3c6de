import { appKeys, documentRoutesOf } from '../app/index.ts'
import type { App } from '../app/index.ts'
import { memoryUrl, openDatabase } from '../connect/index.ts'
import { everyone } from '../database/index.ts'
import type { ActorKeys, Database, Scope } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import {
  AppDependencies,
  authentication,
  authenticationsOf,
  createLog,
  HttpServer,
  secretNames,
} from '../http/index.ts'
import type { Authentication, CredentialScheme, DependencyParts, MountedRoute, Override } from '../http/index.ts'
import type { LogLevel } from '../observe/index.ts'
import { conformance } from './conformance.ts'

export interface TestClientOptions {
  /**
   * Whoever calls, without a credential: the key of an owner where the app has one model of owners, or
   * `actingAs(models.Device, id)`. Default nobody: routes that need a credential are sent one, or answer 401.
   */
  readonly as?: string | number | bigint | Scope
  /** An open database of the app's models. Default an empty one in memory, closed with the client. */
  readonly database?: Database
  /** What stands in the place of dependencies, for this client alone: `[override(mailer, () => fake)]`. */
  readonly override?: readonly Override[]
  /**
   * Whether each answer is held against the app's own OpenAPI document, and one that is not as it says is thrown as
   * `ANSWER_UNDOCUMENTED`. Default true.
   */
  readonly conform?: boolean
  /**
   * From which its keys are made, as `APP_SECRET` of a start: at least 32 characters. Default one of this client's own, whose cursors
   * no other client takes.
   */
  readonly secret?: string
  /** Default `error`: the answer to a defect says nothing about it, the log does. */
  readonly log?: LogLevel
}

/** Names in lower case. */
export type TestHeaders = Readonly<Record<string, string>>

export interface TestRequest {
  readonly headers?: TestHeaders
  /** Sent as JSON; a string or bytes as they are. */
  readonly body?: unknown
}

export interface TestResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The JSON of the body; undefined where there is none, or another media type. */
  readonly json: unknown
}

/** Calls an app in this process: the whole way of a request, without port and network. */
export interface TestClient {
  readonly database: Database
  request(method: string, url: string, request?: TestRequest): Promise<TestResponse>
  get(url: string, headers?: TestHeaders): Promise<TestResponse>
  post(url: string, body?: unknown, headers?: TestHeaders): Promise<TestResponse>
  put(url: string, body: unknown, headers?: TestHeaders): Promise<TestResponse>
  patch(url: string, body: unknown, headers?: TestHeaders): Promise<TestResponse>
  delete(url: string, headers?: TestHeaders): Promise<TestResponse>
  close(): Promise<void>
}

/**
 * A client of an app, for its tests.
 *
 * ```ts
 * const client = await testClient(app, { as: deviceId })
 * expect((await client.get('/v1/products')).status).toBe(200)
 * await client.close()
 * ```
 */
export async function testClient(app: App, options: TestClientOptions = {}): Promise<TestClient> {
  const keyFor = appKeys(options.secret ?? null)
  const database = options.database ?? (await openDatabase(memoryUrl, { models: app.models }))
  const routes =
    options.as === undefined
      ? app.routes
      : app.routes.map((route) => calledAs(route, scopeOf(app, options.as ?? everyone)))
  const log = createLog({ level: options.log ?? 'error', isSecret: secretNames(app.graph) })
  const closeOwn = async (): Promise<void> => {
    if (options.database === undefined) await database.close()
  }
  const dependencies = await startedDependencies({ routes, database, log, overrides: options.override ?? [] }, closeOwn)
  const ownRoutes = documentRoutesOf(app, { database, log, docs: null })
  const parts = { routes, style: app.responses, database, dependencies, log, keyFor, plugin: app.fastify, ownRoutes }
  const server = new HttpServer({ ...app.server, ...parts })
  const check = options.conform === false ? null : conformance(app)
  const request: TestClient['request'] = async (method, url, { headers = {}, body } = {}) => {
    const response = await server.inject({ method, url, ...sent(headers, body) })
    check?.({ method, url, ...response })
    return { ...response, json: jsonOf(response) }
  }
  return {
    database,
    request,
    get: (url, headers = {}) => request('GET', url, { headers }),
    post: (url, body, headers = {}) => request('POST', url, { body, headers }),
    put: (url, body, headers = {}) => request('PUT', url, { body, headers }),
    patch: (url, body, headers = {}) => request('PATCH', url, { body, headers }),
    delete: (url, headers = {}) => request('DELETE', url, { headers }),
    close: async () => {
      await server.stop({ drainMs: 1_000 })
      await dependencies.finish()
      await closeOwn()
    },
  }
}

async function startedDependencies(parts: DependencyParts, undo: () => Promise<void>): Promise<AppDependencies> {
  try {
    return await AppDependencies.start(parts)
  } catch (error) {
    await undo()
    throw error
  }
}

function jsonOf({ headers, text }: Pick<TestResponse, 'headers' | 'text'>): unknown {
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(headers['content-type'] ?? '')
  return isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined
}

function sent(
  given: Readonly<Record<string, string>>,
  body: unknown,
): { readonly headers: Readonly<Record<string, string>>; readonly body?: string | Uint8Array } {
  if (body === undefined) return { headers: given }
  const headers = { 'content-type': 'application/json', ...given }
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  return { headers, body: isRaw ? body : JSON.stringify(body) }
}

type ActorScope = Extract<Scope, { readonly kind: 'actor' }>

function scopeOf({ graph }: App, as: NonNullable<TestClientOptions['as']>): ActorScope {
  if (typeof as === 'object') return requireActor(as)
  const owners = Object.values(graph.models).filter(({ access }) => access.kind === 'actor')
  if (owners.length !== 1)
    throw declared('a bare key needs exactly one model of owners', 'Give actingAs(models.X, key)')
  const actor: ActorKeys = { [(owners[0] as (typeof owners)[number]).name]: as }
  return { kind: 'actor', actor, roles: [] }
}

function requireActor(scope: Scope): ActorScope {
  if (scope.kind === 'actor') return scope
  throw declared('a request never acts outside every scope', 'Give actingAs(models.X, key)')
}

function declared(problem: string, remedy: string): Error {
  return errors.APP_DECLARATION({ values: { problems: `testClient: ${problem}. ${remedy}` } })
}

const anyCredential: CredentialScheme = { kind: 'bearer', challenge: 'Bearer', read: () => 'assumed' }

/** The same route for a caller who is taken at their word: routes are data, so the server knows no way around its checks. */
function calledAs(route: MountedRoute, { actor, roles }: ActorScope): MountedRoute {
  if (route.auth.kind === 'public') return route
  const { name } = authenticationsOf(route.auth)[0] as Authentication
  const auth = authentication(name, {
    scheme: anyCredential,
    verify: async () => actor,
    actor: () => actor,
    roles: () => roles,
  })
  return { ...route, auth }
}
