import { createHash, timingSafeEqual } from 'node:crypto'
import { errors } from '../../errors/index.ts'
import type { OwnRequest, OwnRoute } from '../../http/index.ts'
import type { Metrics } from '../../observe/index.ts'
import { isLoopback } from './metrics-exposure.ts'
import type { MetricsExposure } from './metrics-exposure.ts'

/** `GET /metrics` for whoever the exposure lets read it. `UNAUTHENTICATED`, or `ROUTE_NOT_FOUND` for what came by a proxy. */
export function metricsRoute(metrics: Metrics, exposure: MetricsExposure): OwnRoute {
  return {
    path: '/metrics',
    challenge: 'Bearer',
    answer: async (request) => {
      requireReader(request, exposure)
      const { contentType, text } = await metrics.read()
      return { status: 200, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, payload: text }
    },
  }
}

function requireReader(request: OwnRequest, exposure: MetricsExposure): void {
  if (exposure.kind === 'loopback') return requireNeighbour(request)
  if (exposure.kind === 'nowhere' || exposure.token === null) return
  const token = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined || !isSame(token, exposure.token)) throw errors.UNAUTHENTICATED()
}

/** In equal time, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a as Buffer, b as Buffer)
}

const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const

/** A proxy on this machine connects from loopback too, and a page in a browser by a name that was made to point here. */
function requireNeighbour({ headers, remoteAddress }: OwnRequest): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  const isPassedOn = passedOn.some((name) => headers[name] !== undefined)
  if (isPassedOn || !isLoopback(host) || !isLoopback(remoteAddress)) throw errors.ROUTE_NOT_FOUND()
}
