import type { RemoteObserver } from '../observe/index.ts'
import type { ConnectionHolder } from './connection-holder.ts'
import { openRemote } from './open-remote.ts'
import type { Operations } from './operation-types.ts'
import type { RemoteDaoClass } from './remote-dao.ts'

/** What an app has for a source. */
export interface RemoteSurroundings {
  readonly database: ConnectionHolder
  readonly remoteObserver?: RemoteObserver
}

/** A dependency of the app, as `terrace/http` takes it under `use` and `needs`, and as `override` replaces it in tests. */
export interface RemoteDependency<T> {
  readonly kind: 'dependency'
  /** The source's own. */
  readonly name: string
  readonly lifetime: 'app'
  readonly needs: Readonly<Record<never, never>>
  readonly make: (
    given: { readonly onFinish: (work: () => unknown) => void },
    surroundings: RemoteSurroundings,
  ) => Promise<T>
}

/**
 * A source as a dependency: opened when the app starts, closed when it has stopped, one for all requests.
 *
 * ```ts
 * export const rateDao = remoteDependency(RateDao)
 * route('GET /rates/:currency', { use: { rates: rateDao }, … })
 * ```
 *
 * A call gives the connection of the request's unit of work back first; inside a transaction it is `REMOTE_HOLDS_CONNECTION`. What
 * keeps the source from opening keeps the app from starting.
 */
export function remoteDependency<T, O extends Operations>(Dao: RemoteDaoClass<T, O>): RemoteDependency<T> {
  return Object.freeze({
    kind: 'dependency',
    name: Dao.source.name,
    lifetime: 'app',
    needs: Object.freeze({}),
    make: async (
      { onFinish }: { readonly onFinish: (work: () => unknown) => void },
      { database, remoteObserver }: RemoteSurroundings,
    ) => {
      const { dao, close } = await openRemote(Dao, { database, observer: remoteObserver ?? null })
      onFinish(close)
      return dao
    },
  })
}
