import type { CallOptions, OperationCall, Operations } from './operation-types.ts'
import type { RemoteSource } from './remote.ts'

/** What carries the calls of a source: an open one, or in tests what stands in its place. */
export interface RemoteCalls {
  call(operation: string, input: unknown, options?: CallOptions): Promise<unknown>
}

/** The operations of a source as methods, under their names. */
export type RemoteOperations<O extends Operations> = { readonly [K in keyof O]: OperationCall<O[K]> }

/** A class made by `RemoteDao`, or one that extends it. */
export interface RemoteDaoClass<T, O extends Operations = Operations> {
  new (calls: RemoteCalls): T
  readonly source: RemoteSource<O>
}

/**
 * A class over the operations of a source, to be extended, as `Dao(model)` is over the rows of a model:
 *
 * ```ts
 * export class RateDao extends RemoteDao(rates) {
 *   async euroIn(currency: string) {
 *     const { rate } = await this.latest({ params: { base: 'EUR' }, query: { currency } })
 *     return rate
 *   }
 * }
 * ```
 *
 * A handler or a service gets one by `remoteDependency(RateDao)`, a script by `openRemote(RateDao)`.
 */
export function RemoteDao<O extends Operations>(source: RemoteSource<O>): RemoteDaoClass<RemoteOperations<O>, O> {
  class DerivedRemoteDao {
    static readonly source = source
    readonly #calls: RemoteCalls

    constructor(calls: RemoteCalls) {
      this.#calls = calls
    }

    static calls(dao: DerivedRemoteDao): RemoteCalls {
      return dao.#calls
    }
  }
  for (const name of Object.keys(source.options.operations))
    Object.defineProperty(DerivedRemoteDao.prototype, name, {
      configurable: true,
      writable: true,
      value(this: DerivedRemoteDao, input: unknown, options?: CallOptions) {
        return DerivedRemoteDao.calls(this).call(name, input, options)
      },
    })
  return DerivedRemoteDao as unknown as RemoteDaoClass<RemoteOperations<O>, O>
}
