import type { DaoClass, UniqueWhere } from '../dao/index.ts'
import { executorOf, frameworkReasons } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import { errors, TerraceError } from '../errors/index.ts'
import type { BoundModel, Insert, KeyOf, Row, Update } from '../model/index.ts'
import { equalHashes, hashToken, issueToken, isTokenText } from './token.ts'

/** The columns of a device that are about its token. */
export interface TokenColumns {
  readonly tokenHash: string
  readonly lastSeenAt: Date | null
}

/**
 * Anonymous devices: each registers once under an id of its own and gets a token, of which only the hash is kept.
 *
 * It works on rows that belong to nobody yet, or are not known to belong to the caller, so it leaves the session's scope, in
 * the same transaction, under the framework's own reason.
 */
export class Devices<M extends BoundModel> {
  protected readonly session: Session
  readonly #dao: DaoClass<M>
  readonly #key: string

  constructor(session: Session, dao: DaoClass<M>) {
    this.session = session
    this.#dao = dao
    this.#key = dao.model.fact.primaryKey.columns[0] as string
  }

  /**
   * The token of a new device, shown this once; `own`: what else its row has, such as whose it is. `DEVICE_REGISTERED` when the id
   * is taken, by a deleted device too.
   */
  async register(deviceId: KeyOf<M>, own: Partial<Insert<M>> = {}): Promise<{ readonly token: string }> {
    const token = issueToken()
    const values = { ...own, [this.#key]: deviceId, tokenHash: hashToken(token) } as unknown as Insert<M>
    try {
      await this.#unscoped((dao) => dao.create(values))
    } catch (error) {
      if (this.#isTaken(error)) throw errors.DEVICE_REGISTERED({ fields: [this.#key], cause: error })
      throw error
    }
    return { token }
  }

  /** A new token for a device that is there, so that the former one is refused from now on; `NOT_FOUND` without it. */
  async renewToken(deviceId: KeyOf<M>): Promise<{ readonly token: string }> {
    const token = issueToken()
    const patch = { tokenHash: hashToken(token) } as unknown as Update<M>
    const row = await this.#unscoped((dao) => dao.update(deviceId, patch))
    if (row === null) throw errors.NOT_FOUND({ values: { model: this.#dao.model.name } })
    return { token }
  }

  /** The device that holds a token, by one indexed query; null for no device, a deleted one, or a text that is no token. */
  async verify(token: string): Promise<Row<M> | null> {
    if (!isTokenText(token)) return null
    const tokenHash = hashToken(token)
    const row = (await this.#unscoped((dao) => dao.find({ tokenHash } as unknown as UniqueWhere<M>))) as Row<M> | null
    return row !== null && equalHashes(tokenColumns(row).tokenHash, tokenHash) ? row : null
  }

  /** Notes that the device is here now, at the time that the database's clock gives to this unit of work. */
  async recordSeen(row: Row<M>): Promise<void> {
    const id = (row as Readonly<Record<string, unknown>>)[this.#key] as KeyOf<M>
    const patch = { lastSeenAt: executorOf(this.session).now } as unknown as Update<M>
    await this.#unscoped((dao) => dao.update(id, patch))
  }

  #unscoped<R>(work: (dao: InstanceType<DaoClass<M>>) => Promise<R>): Promise<R> {
    // A credential is looked up outside every scope already.
    if (this.session.scope.kind === 'unscoped') return work(this.session.use(this.#dao))
    return this.session.unscoped(frameworkReasons.authentication, (session) => work(session.use(this.#dao)))
  }

  #isTaken(error: unknown): boolean {
    return error instanceof TerraceError && error.code === 'UNIQUE' && error.fields.includes(this.#key)
  }
}

function tokenColumns(row: unknown): TokenColumns {
  return row as TokenColumns
}
