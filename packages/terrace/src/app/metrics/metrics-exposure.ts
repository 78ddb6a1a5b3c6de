import { inProduction } from '../in-production.ts'
import type { StartSettings } from '../start-settings.ts'

export interface MetricsOptions {
  /** A port of their own on the same host; 0 lets the system choose. Default the setting `METRICS_PORT`. */
  readonly port?: number
  /** Whoever reads them sends `authorization: Bearer <token>`. Default the setting `METRICS_TOKEN`. */
  readonly token?: string
}

/**
 * Where `/metrics` is. `loopback`: open beside the routes, for requests of this machine that no proxy has passed on. Nothing is
 * measured where it is nowhere.
 */
export type MetricsExposure =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'ownPort'; readonly port: number; readonly token: string | null }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'loopback' }

/**
 * A port or a token says where; without either they are open in development on loopback alone: `NODE_ENV` is not `production`,
 * `ENV_TYPE` not `prod`, and the app listens on this machine only.
 */
export function metricsExposure(
  given: MetricsOptions | false | undefined,
  { host, metricsPort, metricsToken }: Pick<StartSettings, 'host' | 'metricsPort' | 'metricsToken'>,
  environment: Readonly<Record<string, string | undefined>>,
): MetricsExposure {
  if (given === false) return { kind: 'nowhere' }
  const port = given?.port ?? metricsPort
  const token = given?.token ?? metricsToken
  if (port !== null) return { kind: 'ownPort', port, token }
  if (token !== null) return { kind: 'token', token }
  return isLoopback(host) && !inProduction(environment) ? { kind: 'loopback' } : { kind: 'nowhere' }
}

/** A host or an address of this machine alone; of a `Host` header without its port. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/i.test(host)
}
