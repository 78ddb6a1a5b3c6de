import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { Log, RequestObserver } from '../observe/index.ts'
import { allowedMethods } from './allowed-methods.ts'
import { checkHead, checkProtocol, checkUsage, refuseUnrouted } from './check-head.ts'
import { isPieces } from './content-payload.ts'
import { answered } from './answered.ts'
import type { AppDependencies } from './app-dependencies.ts'
import { answerClientError } from './client-error.ts'
import { clientSignal } from './client-signal.ts'
import { createCors } from './cors.ts'
import type { Cors } from './cors.ts'
import { createFastify, takeBodiesAsBytes } from './create-fastify.ts'
import type { Refusals } from './create-fastify.ts'
import { written } from './encode-answer.ts'
import type { Outgoing } from './outgoing.ts'
import { headersOf } from './headers-of.ts'
import { RepeatableRequests } from './idempotency/repeatable-requests.ts'
import { inject } from './injected.ts'
import type { InjectedRequest, InjectedResponse } from './injected.ts'
import type { KeyFor } from './key-for.ts'
import { languageOf } from './language-of.ts'
import { challengeOf, mountedKey, mountedOf, ownKey } from './mounted-of.ts'
import { OpenConnections } from './open-connections.ts'
import { registerPlugin, watchOutsideRoutes } from './outside-routes.ts'
import type { ServerPlugin } from './outside-routes.ts'
import { healthRoutes } from './own-routes.ts'
import type { OwnRoute } from './own-routes.ts'
import { memoryRates } from '../rate/index.ts'
import type { RateStore } from '../rate/index.ts'
import { tellLimit } from './limit-fields.ts'
import type { LimitFields } from './limit-fields.ts'
import { Quotas } from './quotas.ts'
import { rateChecks } from './rate-limits.ts'
import type { RateChecks, RatePlace } from './rate-limits.ts'
import { secretNames } from './redaction/secret-names.ts'
import type { IsSecretName } from './redaction/secret-names.ts'
import { refusalOf } from './refusal-of.ts'
import { refusedByFastify } from './refused-by-fastify.ts'
import { logProblem, logResponse } from './request-log.ts'
import type { ResponseStyle } from './response-style.ts'
import type { MountedRoute } from './route-facts.ts'
import { sendPieces } from './send-pieces.ts'
import { securityHeaders } from './security-headers.ts'
import { defaultLimits } from './server-limits.ts'
import type { ServerLimits } from './server-limits.ts'
import type { ServerOptions } from './server-options.ts'
import { splitUrl } from './split-url.ts'
import { statusOf } from './status-of.ts'
import { walk } from './walk.ts'
import type { WalkParts } from './walk.ts'
import { isPrivate, privateAnswer } from './with-tag.ts'
import { withVary } from './with-vary.ts'

export interface HttpServerParts extends ServerOptions {
  readonly routes: readonly MountedRoute[]
  readonly style: ResponseStyle
  readonly database: Database
  readonly dependencies: AppDependencies
  readonly log: Log
  /** The app's secret keys. */
  readonly keyFor: KeyFor
  /** Paths of the server's own beside `/healthz` and `/readyz`. */
  readonly ownRoutes?: readonly OwnRoute[]
  /** What stands outside the layers. */
  readonly plugin?: ServerPlugin | null
  readonly observer?: RequestObserver | null
}

export interface ListenOptions {
  /** `localhost` listens on both of its addresses. */
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
}

export interface StopOptions {
  /** How long requests under way may take; what is still there then is cut. */
  readonly drainMs: number
  /** How long new requests are still served after `/readyz` has begun to refuse. Default 0. */
  readonly unreadyMs?: number
}

/** How long the head of a request that has begun to arrive is waited for when the server stops. */
const headGraceMs = 500

/**
 * The routes of an app behind one socket, from `listen` to `stop`; `inject` needs no socket. It is what `serve` and
 * `testClient` work with; an app has no need of it.
 */
export class HttpServer {
  readonly #parts: HttpServerParts
  readonly #limits: ServerLimits
  readonly #isSecret: IsSecretName
  readonly #rateStore: RateStore
  readonly #rates: RateChecks
  readonly #walkParts: WalkParts
  readonly #cors: Cors | null
  readonly #ownRoutes: readonly OwnRoute[]
  readonly #server: FastifyInstance
  readonly #connections = new OpenConnections()
  #isStopping = false
  #outside: readonly string[] = []

  constructor(parts: HttpServerParts) {
    this.#parts = parts
    this.#limits = { ...defaultLimits, ...parts.limits }
    this.#isSecret = secretNames(parts.database.graph)
    const { rateStore = memoryRates(), database } = parts
    const place = {
      store: rateStore,
      units: { session: (scope, work) => database.session(scope, work, { repeatable: true }) },
    } satisfies RatePlace
    rateStore.logTo?.(parts.log)
    this.#rateStore = rateStore
    this.#rates = rateChecks(parts.rateLimit, place)
    const { idempotency: options } = parts
    const repeatable = options === undefined ? null : new RepeatableRequests({ ...parts, options })
    this.#walkParts = { ...parts, quotas: new Quotas(place), repeatable }
    this.#cors = parts.cors === undefined ? null : createCors(parts.cors)
    const { readinessTimeoutMs } = this.#limits
    const health = healthRoutes({ ...parts, readinessTimeoutMs, isStopping: () => this.#isStopping })
    this.#ownRoutes = [...health, ...(parts.ownRoutes ?? [])]
    this.#server = this.#createServer()
    if (parts.plugin) registerPlugin(this.#server, parts.plugin)
    // In a scope of their own: a plugin's routes keep the parsers that Fastify comes with.
    this.#server.register(async (scope) => this.#mountAll(scope))
  }

  /** Routes that a plugin has added, as `GET /path`; known when the server is ready. */
  get outsideRoutes(): readonly string[] {
    return this.#outside
  }

  /** Runs the plugin and registers all routes. Rejects with what the plugin threw, or Fastify's error for two routes of one name. */
  async ready(): Promise<void> {
    await this.#server.ready()
  }

  /** Listens; gives the URL. Rejects with Node's own error when the address cannot be had. */
  async listen({ host, port }: ListenOptions): Promise<string> {
    await this.#server.listen({ host, port })
    const address = this.#server.server.address()
    const bound = typeof address === 'object' && address !== null ? address.port : port
    return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  }

  inject(request: InjectedRequest): Promise<InjectedResponse> {
    return inject(this.#server, request)
  }

  /**
   * Reports not ready, goes on for `unreadyMs`, then takes no new connection and lets requests under way finish; connections that
   * are still there after `drainMs` are cut.
   */
  async stop({ drainMs, unreadyMs = 0 }: StopOptions): Promise<void> {
    this.#isStopping = true
    if (unreadyMs > 0) await sleep(unreadyMs)
    const cut = setTimeout(() => {
      this.#parts.log.warn({ drainMs }, 'requests are still under way: their connections are cut')
      this.#server.server.closeAllConnections()
    }, drainMs)
    const cutUnasked = setTimeout(() => this.#connections.cutUnasked(), Math.min(headGraceMs, drainMs))
    try {
      const closed = this.#server.close()
      this.#connections.cutSilent()
      this.#connections.endAfterBegun()
      await closed
      await this.#rateStore.close?.()
    } finally {
      clearTimeout(cut)
      clearTimeout(cutUnasked)
    }
  }

  #createServer(): FastifyInstance {
    const server = createFastify({ ...this.#parts, limits: this.#limits }, this.#refusals())
    server.server.on('connection', (socket: Socket) => this.#connections.watch(socket))
    this.#addHooks(server)
    this.#outside = watchOutsideRoutes(server, this.#guardOutside())
    return server
  }

  #refusals(): Refusals {
    return {
      unread: (error, request, reply) => this.#refuseUnrouted(error, request, reply),
      socket: (error, socket) => this.#refuseSocket(error, socket),
    }
  }

  #addHooks(server: FastifyInstance): void {
    const { routes } = this.#parts
    const allowed = allowedMethods([...this.#ownRoutes.map(({ path }) => ({ method: 'GET', path })), ...routes])
    const cors = this.#cors
    server.setErrorHandler((error, request, reply) => this.#refuseUnread(error, request, reply))
    server.addHook('onRequest', (request, reply, done) => {
      this.#began(request, reply)
      if (cors !== null && this.#isPreflight(cors, request, reply)) return
      attempt(done, () => {
        checkProtocol(request)
        if (request.is404) refuseUnrouted(request, reply, allowed)
      })
    })
  }

  #began(request: FastifyRequest, reply: FastifyReply): void {
    this.#connections.add(reply.raw)
    this.#parts.observer?.began()
    const startedMs = performance.now()
    reply.raw.once('close', () => this.#ended(request, reply, startedMs))
  }

  /** On the end of the answer itself: Fastify's own hook knows nothing of those that break off. */
  #ended(request: FastifyRequest, reply: FastifyReply, startedMs: number): void {
    const { method, routeOptions, id } = request
    const route = routeOptions.url ?? null
    // Of what has no answer, the one that its client did not wait for.
    const status = reply.raw.headersSent ? reply.statusCode : statusOf(errors.CLIENT_GONE())
    const event = { method, route, status, durationMs: performance.now() - startedMs }
    logResponse(this.#parts.log, id, event)
    this.#parts.observer?.ended(event)
  }

  /** Answers a browser's question; adds what its page needs to read the answer to anything else. */
  #isPreflight(cors: Cors, request: FastifyRequest, reply: FastifyReply): boolean {
    reply.headers(cors.headersFor(request.headers.origin))
    const preflight = cors.preflight(request.method, request.headers)
    if (preflight === null) return false
    this.#send({ status: 204, headers: preflight, payload: null }, request, reply)
    return true
  }

  #mountAll(scope: FastifyInstance): void {
    takeBodiesAsBytes(scope)
    // Again, in case that a plugin has set its own.
    scope.setErrorHandler((error, request, reply) => this.#refuseUnread(error, request, reply))
    for (const route of this.#parts.routes) this.#mount(scope, route)
    for (const own of this.#ownRoutes) this.#mountOwn(scope, own)
  }

  #mount(scope: FastifyInstance, route: MountedRoute): void {
    const { method, path: url } = route
    const rules = { urlBytes: this.#limits.urlBytes, checkRate: this.#rates(`${method} ${url}`) }
    scope.route({
      method,
      url,
      config: { [mountedKey]: route },
      onRequest: (request, reply, done) => attempt(done, () => checkHead({ request, reply }, route, rules)),
      handler: (request, reply) => this.#answer(route, request, reply),
    })
  }

  #mountOwn(scope: FastifyInstance, own: OwnRoute): void {
    // Whoever asks for health or metrics asks often, and must not be told to wait.
    const rules = { urlBytes: this.#limits.urlBytes, checkRate: null }
    scope.route({
      method: 'GET',
      url: own.path,
      config: { [ownKey]: own },
      onRequest: (request, reply, done) => attempt(done, () => checkUsage({ request, reply }, rules)),
      handler: async (request, reply) => {
        const { headers, socket } = request
        const outgoing = await own.answer({ headers, remoteAddress: socket.remoteAddress ?? '' })
        return this.#send(outgoing, request, reply)
      },
    })
  }

  /** What every request meets, for routes that set their headers by themselves. */
  #guardOutside(): onRequestHookHandler {
    const rules = { urlBytes: this.#limits.urlBytes, checkRate: this.#rates('') }
    return (request, reply, done) =>
      attempt(done, () => {
        reply.headers({ ...securityHeaders, 'x-request-id': request.id })
        if (this.#isStopping) reply.header('connection', 'close')
        return checkUsage({ request, reply }, rules)
      })
  }

  async #answer(route: MountedRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { path, queryString } = splitUrl(request.url)
    const incoming = {
      path,
      queryString,
      pathTexts: request.params as Readonly<Record<string, string>>,
      headers: headersOf(request.headers),
      address: request.ip,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      isClientGone: () => reply.raw.destroyed,
      signal: clientSignal(reply.raw),
      answered: () => answered(reply.raw),
      tellLimit: (fields: LimitFields) => tellLimit(reply, fields),
    }
    try {
      return this.#send(await walk(route, incoming, this.#walkParts), request, reply)
    } catch (error) {
      // Not by way of Fastify: what a handler threw may have one of its codes, and is still no fault of the request.
      return this.#refuse(error, request, reply)
    }
  }

  /** What Fastify refuses before any hook has seen the request: a URL that it cannot read. */
  #refuseUnrouted(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    this.#began(request, reply)
    if (this.#cors !== null) reply.headers(this.#cors.headersFor(request.headers.origin))
    return this.#refuseUnread(error, request, reply)
  }

  /** What was thrown before a handler had the request. */
  #refuseUnread(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const refused = refusedByFastify(error, { limits: this.#limits, isComplete: request.raw.complete })
    return this.#refuse(refused ?? error, request, reply)
  }

  #refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { problem, headers } = refusalOf(error, languageOf(request.headers['accept-language']), mountedOf(request))
    logProblem(this.#parts.log, request, { error, status: problem.status, isSecret: this.#isSecret })
    const asked = problem.status === 401 ? { 'www-authenticate': challengeOf(request) } : {}
    const answer = this.#parts.style.failure({ ...problem, requestId: request.id })
    // A cache may keep a 404, and must not give one caller's language to another.
    const own = withVary({ ...headers, ...asked, vary: 'Accept-Language' }, answer.headers['vary'])
    return this.#send(written(answer, own), request, reply)
  }

  /** What never became a request has no line of its own in the log, so it gets one here. */
  #refuseSocket(error: Error & { readonly code?: string }, socket: Socket): void {
    if (this.#connections.endAfterLast(socket)) return
    const requestId = randomUUID()
    const status = answerClientError(error, socket, { style: this.#parts.style, requestId })
    if (status !== null) this.#parts.log.info({ requestId, status, code: error.code }, 'what came was no request')
  }

  #send({ status, headers: given, payload }: Outgoing, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const headers = withVary(given, reply.getHeader('vary'))
    reply.code(status)
    reply.headers(securityHeaders).header('x-request-id', request.id)
    // A connection that stays open would keep the server from ending.
    if (this.#isStopping) reply.header('connection', 'close')
    const mounted = mountedOf(request)
    if (mounted !== undefined && isPrivate(mounted)) reply.header('cache-control', privateAnswer)
    if (mounted !== undefined && mounted.headers !== null) reply.headers(mounted.headers)
    if (payload === null) return reply.headers(headers).send()
    if (isPieces(payload)) {
      void sendPieces(reply, { status, headers, pieces: payload }, this.#parts.log)
      return reply
    }
    // As bytes where the type is not ours: Fastify would add a charset to what looks like JSON.
    const body = headers['content-type'] === undefined ? payload : Buffer.from(payload as string)
    return reply.headers({ 'content-type': 'application/json; charset=utf-8', ...headers }).send(body)
  }
}

async function passOn(done: (error?: Error) => void, waiting: Promise<void>): Promise<void> {
  try {
    await waiting
  } catch (error) {
    return done(error as Error)
  }
  return done()
}

/** Passes on what is thrown, as Fastify's hooks want it: by their callback, without a promise for each request. */
function attempt(done: (error?: Error) => void, check: () => void | Promise<void>): void {
  try {
    const waiting = check()
    if (waiting !== undefined) {
      void passOn(done, waiting)
      return
    }
  } catch (error) {
    return done(error as Error)
  }
  return done()
}
