import type { FastifyRequest } from 'fastify'
import type { Log, RequestEvent } from '../observe/index.ts'
import type { IsSecretName } from './redaction/secret-names.ts'
import { secretsIn } from './redaction/secrets-in.ts'

export interface LoggedProblem {
  readonly error: unknown
  readonly status: number
  readonly isSecret: IsSecretName
}

/** Only what is the server's own fault is worth more than the line that each response gets. */
export function logProblem(log: Log, request: FastifyRequest, { error, status, isSecret }: LoggedProblem): void {
  if (status !== 500 && status !== 503) return
  const facts = { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url }
  const careful = log.hiding(secretsIn(request, isSecret))
  if (status === 500) careful.error(facts, 'the request failed')
  else careful.warn(facts, 'the request could not be served at present')
}

export function logResponse(log: Log, requestId: string, { method, route, status, durationMs }: RequestEvent): void {
  log.info({ requestId, method, route, status, durationMs: Math.round(durationMs * 10) / 10 }, 'request')
}
