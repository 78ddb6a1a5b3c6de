import type { Database } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { written } from './encode-answer.ts'
import type { Outgoing } from './encode-answer.ts'
import { checkDatabase } from './readiness.ts'
import type { ResponseStyle } from './response-style.ts'

/** A path that the server answers by itself, by GET: no route of the app's. Its errors are answered as those of routes. */
export interface OwnRoute {
  readonly path: string
  answer(): Outgoing | Promise<Outgoing>
}

export interface HealthParts {
  readonly style: ResponseStyle
  readonly database: Database
  readonly readinessTimeoutMs: number
  isStopping(): boolean
}

/** `/healthz`: the process answers. `/readyz`: the database answers too, and no stop has been asked for (`NOT_READY`). */
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
