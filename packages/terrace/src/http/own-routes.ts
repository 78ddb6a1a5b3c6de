import type { IncomingHttpHeaders } from 'node:http'
import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { written } from './encode-answer.ts'
import type { Outgoing } from './outgoing.ts'
import { checkDatabase } from './readiness.ts'
import type { ResponseStyle } from './response-style.ts'

/** What a path of the server's own may look at. */
export interface OwnRequest {
  readonly headers: IncomingHttpHeaders
  /** Of whoever is connected, a proxy perhaps. */
  readonly remoteAddress: string
}

/**
 * A path that the server answers by itself, by GET: no route of the app's. Its errors are answered as those of routes; its
 * headers win over those of every answer, so that a page can give its own `content-security-policy`.
 */
export interface OwnRoute {
  readonly path: string
  /** What `www-authenticate` says where it answers `UNAUTHENTICATED`. */
  readonly challenge?: string
  answer(request: OwnRequest): Outgoing | Promise<Outgoing>
}

export interface HealthParts {
  readonly style: ResponseStyle
  readonly database: Database
  readonly readinessTimeoutMs: number
  isStopping(): boolean
}

/**
 * `/healthz`: the process answers. `/readyz`: the database answers too, and no stop has been asked for (`NOT_READY`).
 *
 * The structure needs no question: a server listens only after the start has brought it in line, and what the next release adds
 * to it during a rolling update is no reason to take this one out of service.
 */
export function healthRoutes({ style, database, readinessTimeoutMs, isStopping }: HealthParts): readonly OwnRoute[] {
  const status = (text: string): Outgoing =>
    written(style.success({ status: text }, { status: 200, page: null }), { 'cache-control': 'no-store' })
  const ready = async (): Promise<Outgoing> => {
    if (isStopping()) throw errors.NOT_READY({ values: { reason: 'the server is stopping' }, retryAfterSeconds: 1 })
    await checkDatabase(database, readinessTimeoutMs)
    return status('ready')
  }
  return [
    { path: '/healthz', answer: () => status('ok') },
    { path: '/readyz', answer: ready },
  ]
}
