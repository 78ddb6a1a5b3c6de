import type { App, StartOptions } from '../../app/index.ts'
import type { MountedRoute, RateLimitOptions } from '../../http/index.ts'
import { note, problem, type Finding } from './finding.ts'

/** Routes that anybody may call, and how often. */
export function routeFindings(app: App, start: StartOptions): readonly Finding[] {
  const limits = start.rateLimit ?? app.server.rateLimit
  const store = start.rateStore ?? app.server.rateStore
  const isCounting = limits !== undefined || app.routes.some((route) => logsIn(route))
  return [
    ...app.routes.flatMap((route) => [...publicFindings(route, limits), ...loginFindings(route, limits)]),
    ...(isCounting && store === undefined ? [perProcess] : []),
  ]
}

const perProcess = note('RATE_STORE_PER_PROCESS', 'rateStore', {
  why: 'requests are counted in each process: of several instances each allows as much',
  remedy: 'With more than one instance give redisRates({ … }) or databaseRates(models.RateCount)',
})

function publicFindings(route: MountedRoute, limits: RateLimitOptions | undefined): readonly Finding[] {
  const { auth, method } = route
  if (auth.kind !== 'public') return []
  const findings: Finding[] = []
  if (!/\p{L}{3}/u.test(auth.reason)) {
    const why = 'anybody may call it, and nobody has said why'
    findings.push(
      problem('ROUTE_UNGUARDED', nameOf(route), { why, remedy: "Give it an authentication, or publicAccess('why')" }),
    )
  }
  if (method !== 'GET' && limits === undefined) {
    const why = 'anybody may call it as often as they like, and it writes'
    const remedy = 'Set rateLimit: { max, windowMs, routes } in createApp'
    findings.push(problem('ROUTE_UNLIMITED', nameOf(route), { why, remedy }))
  }
  return findings
}

function loginFindings(route: MountedRoute, limits: RateLimitOptions | undefined): readonly Finding[] {
  const unlimited = Object.values(route.use ?? {}).some(hasNoAttempts)
  if (!logsIn(route) || !unlimited || limits?.routes?.[nameOf(route)] !== undefined) return []
  return [
    problem('LOGIN_UNLIMITED', nameOf(route), {
      why: 'passwords can be tried here as often as somebody likes',
      remedy:
        'UserAccess(models.User, { attempts: limitAttempts({ store }), … }), or a limit of its own in rateLimit.routes',
    }),
  ]
}

function logsIn({ auth, method, use }: MountedRoute): boolean {
  return auth.kind === 'public' && method === 'POST' && Object.values(use ?? {}).some(isUserService)
}

const isUserService = (usable: unknown): boolean => typeof usable === 'function' && 'attempts' in usable

const hasNoAttempts = (usable: unknown): boolean =>
  isUserService(usable) && (usable as { readonly attempts: unknown }).attempts === null

function nameOf({ method, path }: MountedRoute): string {
  return `${method} ${path}`
}
