import { Dao } from '../dao/index.ts'
import { executorOf, frameworkReasons, unscoped } from '../database/index.ts'
import type { Database, Session } from '../database/index.ts'
import { errors, TerraceError } from '../errors/index.ts'
import type { BoundModel } from '../model/index.ts'
import type { IdempotencyKeyColumns } from './idempotency-keys.ts'

export type IdempotencyKeyModel = BoundModel<'idempotency_keys', IdempotencyKeyColumns>

/** The same model as if it were alone in its graph: the types of the others are of no concern here. */
type Alone = BoundModel<'idempotency_keys', IdempotencyKeyColumns, { readonly IdempotencyKey: IdempotencyKeyModel }>

/** A request that was carried out: what it asked, as a hash, and its sealed answer. */
export interface KeptRequest {
  readonly request: string
  readonly answer: Uint8Array
}

const outside = unscoped(frameworkReasons.idempotency)

/** How many rows whose time is over are cleared away by one unit of work. */
const clearedAtOnce = 500

/** Requests that were carried out, by the hash of their sender and key. Each method is a part of the caller's transaction. */
export class IdempotencyStore {
  readonly #Dao: ReturnType<typeof Dao<Alone>>
  readonly #keepMs: number

  constructor(model: IdempotencyKeyModel, { keepSeconds }: { readonly keepSeconds: number }) {
    this.#Dao = Dao(model as unknown as Alone)
    this.#keepMs = keepSeconds * 1_000
  }

  /**
   * What was kept under this id; null for nothing, and for what is kept no longer. From here until the session ends nobody else
   * is let in: `IDEMPOTENCY_KEY_IN_USE` at once where somebody is, so that no request waits for its double.
   */
  async enter(session: Session, id: string): Promise<KeptRequest | null> {
    const executor = executorOf(session)
    if (!(await executor.tryLock(`idempotency ${id}`))) throw errors.IDEMPOTENCY_KEY_IN_USE()
    return session.unscoped(frameworkReasons.idempotency, async (inner) => {
      const dao = inner.use(this.#Dao)
      const row = await dao.get(id)
      if (row === null || row.expiresAt > executor.now) return row
      await dao.delete(id)
      return null
    })
  }

  /** `IDEMPOTENCY_KEY_IN_USE` where somebody was let in all the same, and was faster: then all of this session is undone. */
  async keep(session: Session, id: string, kept: KeptRequest): Promise<void> {
    const expiresAt = new Date(executorOf(session).now.getTime() + this.#keepMs)
    try {
      await session.unscoped(frameworkReasons.idempotency, (inner) =>
        inner.use(this.#Dao).create({ id, ...kept, expiresAt }),
      )
    } catch (error) {
      if (error instanceof TerraceError && error.code === errors.UNIQUE.code)
        throw errors.IDEMPOTENCY_KEY_IN_USE({ cause: error })
      throw error
    }
  }

  /** Clears away what is kept no longer, 500 rows by each unit of work, at most `steps` of them; gives how many rows. */
  async clear(database: Database, steps = 20): Promise<number> {
    let cleared = 0
    for (let step = 0; step < steps; step += 1) {
      const changed = await database.session(outside, (session) => this.#clearSome(session), { repeatable: true })
      cleared += changed
      if (changed < clearedAtOnce) return cleared
    }
    return cleared
  }

  async #clearSome(session: Session): Promise<number> {
    const dao = session.use(this.#Dao)
    const isOver = { expiresAt: { lte: executorOf(session).now } }
    const { rows } = await dao.list({
      where: isOver,
      sort: ['expiresAt'],
      page: { limit: clearedAtOnce },
      fields: ['id'],
    })
    return rows.length === 0 ? 0 : dao.deleteWhere({ id: { in: rows.map(({ id }) => id) }, ...isOver })
  }
}
