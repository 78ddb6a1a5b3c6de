import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from './log.ts'

/** Only what is the server's own fault is worth more than the line that each response gets. */
export function logProblem(
  log: Log,
  request: FastifyRequest,
  { error, status }: { readonly error: unknown; readonly status: number },
): void {
  if (status !== 500 && status !== 503) return
  const facts = { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url }
  if (status === 500) log.error(facts, 'the request failed')
  else log.warn(facts, 'the request could not be served at present')
}

export function logResponse(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  const facts = {
    requestId: request.id,
    method: request.method,
    // The pattern, not the path: a path holds keys, which are personal.
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
  }
  log.info(facts, 'request')
}
