import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/index.ts'
import { allowedMethods } from './allowed-methods.ts'
import { checkHead } from './check-head.ts'
import type { HeadRules } from './check-head.ts'
import { clientSignal } from './client-signal.ts'
import { answerClientError } from './client-error.ts'
import { createFastify } from './create-fastify.ts'
import { written } from './encode-answer.ts'
import type { Outgoing } from './encode-answer.ts'
import { inject } from './injected.ts'
import type { InjectedRequest, InjectedResponse } from './injected.ts'
import { languageOf } from './language-of.ts'
import type { Log } from './log.ts'
import { mountedOf } from './mounted-of.ts'
import { OpenConnections } from './open-connections.ts'
import { healthRoutes } from './own-routes.ts'
import type { OwnRoute } from './own-routes.ts'
import { refusalOf } from './refusal-of.ts'
import { refusedByFastify } from './refused-by-fastify.ts'
import { logProblem, logResponse } from './request-log.ts'
import type { ResponseStyle } from './response-style.ts'
import type { MountedRoute } from './route-facts.ts'
import { defaultLimits } from './server-limits.ts'
import type { ServerLimits } from './server-limits.ts'
import { splitUrl } from './split-url.ts'
import { walk } from './walk.ts'

export interface HttpServerParts {
  readonly routes: readonly MountedRoute[]
  readonly style: ResponseStyle
  readonly database: Database
  readonly log: Log
  readonly limits?: Partial<ServerLimits>
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
  readonly #server: FastifyInstance
  readonly #connections = new OpenConnections()
  #isStopping = false

  constructor(parts: HttpServerParts) {
    this.#parts = parts
    this.#limits = { ...defaultLimits, ...parts.limits }
    this.#server = this.#createServer()
    for (const route of parts.routes) this.#mount(route)
    const { readinessTimeoutMs } = this.#limits
    const isStopping = (): boolean => this.#isStopping
    for (const own of healthRoutes({ ...parts, readinessTimeoutMs, isStopping })) this.#mountOwn(own)
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
    const { log, routes } = this.#parts
    const rules: HeadRules = { allowed: allowedMethods(routes), urlBytes: this.#limits.urlBytes }
    const server = createFastify(this.#limits, {
      unread: (error, request, reply) => this.#refuseUnread(error, request, reply),
      socket: (error, socket) => this.#refuseSocket(error, socket),
    })
    server.server.on('connection', (socket: Socket) => this.#connections.watch(socket))
    server.addHook('onRequest', (request, reply, done) => {
      this.#connections.add(reply.raw)
      try {
        checkHead(request, reply, rules)
      } catch (error) {
        return done(error as Error)
      }
      return done()
    })
    server.addHook('onResponse', (request, reply, done) => {
      logResponse(log, request, reply)
      done()
    })
    return server
  }

  #mount(route: MountedRoute): void {
    const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      this.#answer(route, request, reply)
    this.#server.route({ method: route.method, url: route.path, config: { mounted: route }, handler })
  }

  #mountOwn({ path, answer }: OwnRoute): void {
    this.#server.get(path, async (request, reply) => this.#send(await answer(), request, reply))
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
      signal: clientSignal(reply.raw),
    }
    try {
      return this.#send(await walk(route, incoming, this.#parts), request, reply)
    } catch (error) {
      // Not by way of Fastify: what a handler threw may have one of its codes, and is still no fault of the request.
      return this.#refuse(error, request, reply)
    }
  }

  /** What was thrown before a handler had the request. */
  #refuseUnread(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return this.#refuse(refusedByFastify(error, this.#limits) ?? error, request, reply)
  }

  #refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { problem, headers } = refusalOf(error, languageOf(request.headers['accept-language']))
    logProblem(this.#parts.log, request, { error, status: problem.status })
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

  #send({ status, headers, payload }: Outgoing, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    reply.code(status)
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    // A connection that stays open would keep the server from ending.
    if (this.#isStopping) reply.header('connection', 'close')
    if (payload === null) return reply.headers(headers).send()
    return reply.headers({ 'content-type': 'application/json; charset=utf-8', ...headers }).send(payload)
  }
}
