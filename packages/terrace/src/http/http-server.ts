import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { fastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { allowedMethods, noRouteError } from './allowed-methods.ts'
import type { AllowedMethods } from './allowed-methods.ts'
import { answerClientError } from './client-error.ts'
import { written } from './encode-answer.ts'
import type { Outgoing } from './encode-answer.ts'
import { readCredential } from './identify.ts'
import { languageOf } from './language-of.ts'
import type { Log } from './log.ts'
import { checkMediaType } from './media-type.ts'
import { checkDatabase } from './readiness.ts'
import { refusalOf } from './refusal-of.ts'
import { refusedByFastify } from './refused-by-fastify.ts'
import type { ResponseStyle } from './response-style.ts'
import { OpenConnections } from './open-connections.ts'
import { originForm } from './origin-form.ts'
import type { MountedRoute } from './route-facts.ts'
import { connectionsCheckingIntervalMs, defaultLimits } from './server-limits.ts'
import type { ServerLimits } from './server-limits.ts'
import { walk } from './walk.ts'

export interface HttpServerParts {
  readonly routes: readonly MountedRoute[]
  readonly style: ResponseStyle
  readonly database: Database
  readonly log: Log
  readonly limits?: Partial<ServerLimits>
}

/** A request that needs no socket. */
export interface InjectedRequest {
  readonly method: string
  /** The path with its query. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface InjectedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export interface ListenOptions {
  /** `localhost` listens on both of its addresses. */
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
}

/**
 * The routes of an app behind one socket, from `listen` to `stop`; `inject` needs no socket. It is what `serve` and
 * `testClient` work with; an app has no need of it.
 */
export class HttpServer {
  readonly #parts: HttpServerParts
  readonly #limits: ServerLimits
  readonly #allowed: AllowedMethods
  readonly #server: FastifyInstance
  readonly #connections = new OpenConnections()
  #isStopping = false

  constructor(parts: HttpServerParts) {
    this.#parts = parts
    this.#limits = { ...defaultLimits, ...parts.limits }
    this.#allowed = allowedMethods(parts.routes)
    this.#server = this.#createServer()
    this.#registerRoutes()
  }

  /** Listens; gives the URL. Rejects with Node's own error when the address cannot be had. */
  async listen({ host, port }: ListenOptions): Promise<string> {
    await this.#server.listen({ host, port })
    const address = this.#server.server.address()
    const bound = typeof address === 'object' && address !== null ? address.port : port
    return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  }

  async inject({ method, url, headers = {}, body }: InjectedRequest): Promise<InjectedResponse> {
    const payload = typeof body === 'string' || body === undefined ? body : Buffer.from(body)
    const response = await this.#server.inject({
      method: method as 'GET',
      url,
      headers,
      ...(payload === undefined ? {} : { payload }),
    })
    const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return { status: response.statusCode, headers: Object.fromEntries(received), text: response.payload }
  }

  /**
   * Reports not ready, takes no new connection, and lets requests under way finish; connections that are still there after
   * `drainMs` are cut. Calling it again waits for the same end.
   */
  async stop({ drainMs }: { readonly drainMs: number }): Promise<void> {
    this.#isStopping = true
    const cut = setTimeout(() => {
      this.#parts.log.warn({ drainMs }, 'requests are still under way: their connections are cut')
      this.#server.server.closeAllConnections()
    }, drainMs)
    try {
      const closed = this.#server.close()
      this.#connections.cutSilent()
      await closed
    } finally {
      clearTimeout(cut)
    }
  }

  #createServer(): FastifyInstance {
    const { bodyBytes, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, urlBytes } = this.#limits
    const server = fastify({
      logger: false,
      bodyLimit: bodyBytes,
      // Fastify's default is none at all, and Node requires the one for headers to be the shorter.
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      http: {
        headersTimeout: headersTimeoutMs,
        requestTimeout: requestTimeoutMs,
        connectionsCheckingInterval: connectionsCheckingIntervalMs,
      },
      rewriteUrl: ({ url = '/' }) => originForm(url),
      genReqId: () => randomUUID(),
      requestIdHeader: false,
      // Requests on connections that are open already are answered while the server drains.
      return503OnClosing: false,
      forceCloseConnections: 'idle',
      frameworkErrors: (error, request, reply) => this.#refuseUnread(error, request, reply),
      clientErrorHandler: (error, socket) => this.#refuseSocket(error, socket),
      routerOptions: { querystringParser: () => ({}), maxParamLength: urlBytes },
    })
    server.server.on('connection', (socket: Socket) => this.#connections.watch(socket))
    server.setErrorHandler((error, request, reply) => this.#refuseUnread(error, request, reply))
    server.addHook('onRequest', (request, reply, done) => {
      this.#connections.add(reply.raw)
      this.#checkHead(request, reply, done)
    })
    server.addHook('onResponse', (request, reply, done) => this.#logResponse(request, reply, done))
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    return server
  }

  #registerRoutes(): void {
    for (const route of this.#parts.routes) {
      const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
        this.#answer(route, request, reply)
      this.#server.route({ method: route.method, url: route.path, config: { mounted: route }, handler })
    }
    this.#server.get('/healthz', (request, reply) => this.#sendStatus('ok', request, reply))
    this.#server.get('/readyz', async (request, reply) => {
      if (this.#isStopping)
        throw errors.NOT_READY({ values: { reason: 'the server is stopping' }, retryAfterSeconds: 1 })
      await checkDatabase(this.#parts.database, this.#limits.readinessTimeoutMs)
      return this.#sendStatus('ready', request, reply)
    })
  }

  async #answer(route: MountedRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { path, queryString } = splitUrl(request.url)
    const incoming = {
      path,
      queryString,
      pathTexts: request.params as Readonly<Record<string, string>>,
      authorization: request.headers.authorization,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      isClientGone: () => reply.raw.destroyed,
    }
    try {
      return this.#send(await walk(route, incoming, this.#parts), request, reply)
    } catch (error) {
      // Not by way of Fastify: what a handler threw may have one of its codes, and is still no fault of the request.
      return this.#refuse(error, request, reply)
    }
  }

  /** Everything that can be refused by the head of a request, before a byte of its body is read. */
  #checkHead(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
    try {
      this.#requireRoute(request, reply)
      const { path, queryString } = splitUrl(request.url)
      const { urlBytes } = this.#limits
      if (path.length > urlBytes || queryString.length > urlBytes)
        throw errors.URL_TOO_LONG({ values: { limit: urlBytes } })
      const route = mountedOf(request)
      if (route !== undefined) readCredential(route.auth, request.headers.authorization)
      if (route !== undefined && route.body !== null) checkMediaType(request.headers, route.method)
      done()
    } catch (error) {
      done(error as Error)
    }
  }

  #requireRoute(request: FastifyRequest, reply: FastifyReply): void {
    if (!request.is404) return
    const allowed = this.#allowed(splitUrl(request.url).path)
    if (allowed.length > 0) reply.header('allow', allowed.join(', '))
    throw noRouteError(request.method, allowed)
  }

  /** What was thrown before a handler had the request. */
  #refuseUnread(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return this.#refuse(refusedByFastify(error, this.#limits) ?? error, request, reply)
  }

  #refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { problem, headers } = refusalOf(error, languageOf(request.headers['accept-language']))
    this.#logProblem(error, problem.status, request)
    const auth = mountedOf(request)?.auth
    const challenge =
      problem.status === 401 && auth?.kind === 'authentication' ? { 'www-authenticate': auth.scheme.challenge } : {}
    return this.#send(written(this.#parts.style.failure(problem), { ...headers, ...challenge }), request, reply)
  }

  /** What never became a request has no line of its own in the log, so it gets one here. */
  #refuseSocket(error: Error & { readonly code?: string }, socket: Socket): void {
    if (this.#connections.endAfterLast(socket)) return
    const requestId = randomUUID()
    const status = answerClientError(error, socket, { style: this.#parts.style, requestId })
    if (status !== null) this.#parts.log.info({ requestId, status, code: error.code }, 'what came was no request')
  }

  #sendStatus(status: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const answer = this.#parts.style.success({ status }, { status: 200, page: null })
    return this.#send(written(answer, { 'cache-control': 'no-store' }), request, reply)
  }

  #send({ status, headers, payload }: Outgoing, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    reply.code(status)
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    // A connection that stays open would keep the server from ending.
    if (this.#isStopping) reply.header('connection', 'close')
    if (payload === null) return reply.headers(headers).send()
    return reply.headers({ 'content-type': 'application/json; charset=utf-8', ...headers }).send(payload)
  }

  /** Only what is the server's own fault is worth more than the line that each response gets. */
  #logProblem(error: unknown, status: number, request: FastifyRequest): void {
    const facts = { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url }
    if (status === 500) this.#parts.log.error(facts, 'the request failed')
    else if (status === 503) this.#parts.log.warn(facts, 'the request could not be served at present')
  }

  #logResponse(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const facts = {
      requestId: request.id,
      method: request.method,
      // The pattern, not the path: a path holds keys, which are personal.
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    }
    this.#parts.log.info(facts, 'request')
    done()
  }
}

/** Null on the server's own routes and where no route was found. */
function mountedOf(request: FastifyRequest): MountedRoute | undefined {
  return (request.routeOptions.config as { readonly mounted?: MountedRoute } | undefined)?.mounted
}

function splitUrl(url: string): { readonly path: string; readonly queryString: string } {
  const at = url.indexOf('?')
  return at === -1 ? { path: url, queryString: '' } : { path: url.slice(0, at), queryString: url.slice(at + 1) }
}
