import { clockMicros, Dao, greatest } from '../dao/index.ts'
import type { SessionUser } from '../database/index.ts'
import type { BoundModel } from '../model/index.ts'
import type { RateCountColumns } from './rate-counts.ts'

export type RateCountModel = BoundModel<'rate_counts', RateCountColumns>

/** The same model as if it were alone in its graph: the types of the others are of no concern here. */
type Alone = BoundModel<'rate_counts', RateCountColumns, { readonly RateCount: RateCountModel }>

/** What one takes of a bucket, and how much goes into it. */
export interface Share {
  readonly id: string
  readonly intervalMicros: bigint
  readonly windowMicros: bigint
}

export interface Swept {
  readonly swept: number
  readonly isFull: boolean
}

/** How many rows that are of no use any more are cleared away at once. */
const sweptAtOnce = 1_000

/** The statements of a count. Each that changes one is atomic by itself: no row is read first and written then. */
export interface RateCountStatements {
  /** Takes a share where there is one left in a bucket that is there: whether it did. */
  takeShare(share: Share): Promise<boolean>
  /** How long until the bucket is empty; null where there is none. */
  emptyInMicros(id: string): Promise<bigint | null>
  /** The first of a key. `UNIQUE` where another unit has made it meanwhile. */
  begin(share: Share): Promise<void>
  giveBackShare(share: Share): Promise<void>
  clear(id: string): Promise<void>
  /** Clears away rows whose bucket is empty, up to a thousand: how many, and whether there may be more. */
  sweep(): Promise<Swept>
}

export function RateCountDao(model: RateCountModel): SessionUser<RateCountStatements> {
  return class extends Dao(model as unknown as Alone) implements RateCountStatements {
    async takeShare({ id, intervalMicros, windowMicros }: Share): Promise<boolean> {
      const { changed } = await this.query((db) =>
        db
          .updateTable('rate_counts')
          .set((eb) => ({ emptyAtMicros: eb(greatest(eb.ref('emptyAtMicros'), clockMicros()), '+', intervalMicros) }))
          .where('id', '=', id)
          .where((eb) => eb(eb('emptyAtMicros', '-', clockMicros()), '<=', windowMicros - intervalMicros)),
      )
      return changed > 0
    }

    async emptyInMicros(id: string): Promise<bigint | null> {
      const [row] = await this.query((db) =>
        db
          .selectFrom('rate_counts')
          .select((eb) => eb('emptyAtMicros', '-', clockMicros()).as('emptyInMicros'))
          .where('id', '=', id),
      )
      return row?.emptyInMicros ?? null
    }

    async begin({ id, intervalMicros }: Share): Promise<void> {
      await this.query((db) =>
        db.insertInto('rate_counts').values((eb) => ({ id, emptyAtMicros: eb(clockMicros(), '+', intervalMicros) })),
      )
    }

    async giveBackShare({ id, intervalMicros }: Share): Promise<void> {
      await this.query((db) =>
        db
          .updateTable('rate_counts')
          .set((eb) => ({ emptyAtMicros: eb('emptyAtMicros', '-', intervalMicros) }))
          .where('id', '=', id),
      )
    }

    async clear(id: string): Promise<void> {
      await this.query((db) => db.deleteFrom('rate_counts').where('id', '=', id))
    }

    async sweep(): Promise<Swept> {
      const [clock] = await this.query((db) => db.selectNoFrom(clockMicros().as('now')))
      // As a value, by which an index is read no further than needed.
      const now = clock?.now ?? 0n
      const old = await this.query((db) =>
        db
          .selectFrom('rate_counts')
          .select('id')
          .where('emptyAtMicros', '<', now)
          .orderBy('emptyAtMicros')
          .limit(sweptAtOnce),
      )
      if (old.length === 0) return { swept: 0, isFull: false }
      const ids = old.map(({ id }) => id)
      const { changed } = await this.query((db) =>
        db.deleteFrom('rate_counts').where('id', 'in', ids).where('emptyAtMicros', '<', now),
      )
      return { swept: changed, isFull: old.length === sweptAtOnce }
    }
  }
}
