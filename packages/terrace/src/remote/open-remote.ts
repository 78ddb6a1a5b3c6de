import type { RemoteObserver } from '../observe/index.ts'
import type { ConnectionHolder } from './connection-holder.ts'
import { createGuard } from './guard/guard.ts'
import { systemTime } from './guard/time.ts'
import type { Time } from './guard/time.ts'
import { loadPackage } from './load-package.ts'
import { guardedConnector } from './network/guarded-connector.ts'
import type { ResolveHost } from './network/resolve-host.ts'
import type { Operations } from './operation-types.ts'
import { RemoteClient } from './remote-client.ts'
import type { RemoteDaoClass } from './remote-dao.ts'
import { resolvedOptions } from './resolved-options.ts'

export interface OpenRemoteOptions {
  /** Told of each call and of the breaker. Default nobody. */
  readonly observer?: RemoteObserver | null
  /** The database whose connection no call holds meanwhile. Default none. */
  readonly database?: ConnectionHolder | null
  /** The addresses of a host. Default the system's resolver. */
  readonly resolve?: ResolveHost
  /** Clock, pauses and chance. Default the system's. */
  readonly time?: Time
}

/** An open source. */
export interface OpenRemote<T> extends AsyncDisposable {
  readonly dao: T
  /** Ends its connections; calls that are under way fail. */
  close(): Promise<void>
}

/**
 * Opens a source outside of an app: for scripts and jobs. Nothing is connected before the first call.
 *
 * ```ts
 * await using rates = await openRemote(RateDao)
 * console.log(await rates.dao.euroIn('CHF'))
 * ```
 *
 * `REMOTE_PACKAGE` where `undici` or `cockatiel` is not installed, `REMOTE_SETTING` for a base URL that cannot be one.
 */
export async function openRemote<T, O extends Operations>(
  Dao: RemoteDaoClass<T, O>,
  { observer = null, database = null, resolve, time = systemTime }: OpenRemoteOptions = {},
): Promise<OpenRemote<T>> {
  const { options, rules } = resolvedOptions(Dao.source)
  const { Agent, buildConnector } = await loadPackage('undici', () => import('undici'))
  const cockatiel = await loadPackage('cockatiel', () => import('cockatiel'))
  const { connectMs } = options.timeouts
  const guarding = { rules, connectMs, tls: options.tls, ...(resolve === undefined ? {} : { resolve }) }
  // Proxies of the environment are for others: an Agent asks nobody.
  const agent = new Agent({
    connect: guardedConnector(buildConnector, guarding),
    connections: options.limits.concurrency,
  })
  const { concurrency, queue } = options.limits
  const onChange = (state: 'closed' | 'open' | 'halfOpen'): void =>
    observer?.breakerChanged({ source: options.name, state })
  const guard = createGuard({ cockatiel, concurrency, queue, breaker: options.breaker, onChange })
  const client = new RemoteClient({ options, agent, guard, rules, time, observer, holder: database })
  const close = async (): Promise<void> => agent.destroy()
  return { dao: new Dao(client), close, [Symbol.asyncDispose]: close }
}
