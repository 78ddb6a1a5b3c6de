import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { fastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { originForm } from './origin-form.ts'
import { requestIds } from './request-id.ts'
import { connectionsCheckingIntervalMs } from './server-limits.ts'
import type { ServerLimits } from './server-limits.ts'
import type { ServerOptions } from './server-options.ts'

/** Answers what no route was reached by. */
export interface Refusals {
  /** What was thrown before a handler had the request. */
  unread(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply
  /** What never became a request. */
  socket(error: Error & { readonly code?: string }, socket: Socket): void
}

type FastifyOptions = Pick<ServerOptions, 'trustProxy' | 'acceptRequestIds'> & { readonly limits: ServerLimits }

/** Fastify with each of its defaults that would break a rule of ours set, and without routes. */
export function createFastify(options: FastifyOptions, refuse: Refusals): FastifyInstance {
  const { limits, trustProxy = false, acceptRequestIds = false } = options
  const server = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    // Fastify's default is none at all, and Node requires the one for headers to be the shorter.
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: connectionsCheckingIntervalMs,
      // Node's own refusal has no body.
      requireHostHeader: false,
    },
    trustProxy: trusted(trustProxy),
    rewriteUrl: ({ url = '/' }) => originForm(url),
    genReqId: requestIds({ isAccepted: acceptRequestIds }),
    requestIdHeader: false,
    // Requests on connections that are open already are answered while the server drains.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => refuse.unread(error, request, reply),
    clientErrorHandler: (error, socket) => refuse.socket(error, socket),
    routerOptions: { querystringParser: () => ({}), maxParamLength: limits.urlBytes },
  })
  // Without a listener Node answers 417 by itself.
  server.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    server.server.emit('request', request, response),
  )
  return server
}

/** Fastify's types have no number any more: so many proxies, counted from the one that is connected. */
function trusted(given: NonNullable<ServerOptions['trustProxy']>): NonNullable<FastifyServerOptions['trustProxy']> {
  if (typeof given === 'number') return (_address, hop) => hop < given
  return typeof given === 'object' ? [...given] : given
}

/** The body of a request of the app's own routes as it came: what it says is for the route to read. */
export function takeBodiesAsBytes(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}
