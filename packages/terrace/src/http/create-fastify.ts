import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { fastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { originForm } from './origin-form.ts'
import { connectionsCheckingIntervalMs } from './server-limits.ts'
import type { ServerLimits } from './server-limits.ts'

/** Answers what no route was reached by. */
export interface Refusals {
  /** What was thrown before a handler had the request. */
  unread(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply
  /** What never became a request. */
  socket(error: Error & { readonly code?: string }, socket: Socket): void
}

/** Fastify with each of its defaults that would break a rule of ours set, and without routes. */
export function createFastify(limits: ServerLimits, refuse: Refusals): FastifyInstance {
  const { bodyBytes, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, urlBytes } = limits
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
    frameworkErrors: (error, request, reply) => refuse.unread(error, request, reply),
    clientErrorHandler: (error, socket) => refuse.socket(error, socket),
    routerOptions: { querystringParser: () => ({}), maxParamLength: urlBytes },
  })
  server.setErrorHandler((error, request, reply) => refuse.unread(error, request, reply))
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  return server
}
