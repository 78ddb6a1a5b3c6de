import { bigint, model, shared, text } from '../model/index.ts'
import type { Built, Model } from '../model/index.ts'

/** One count: by the hash of its name and key, when its bucket will be empty, in microseconds since 1970 by the database’s clock. */
export type RateCountColumns = {
  readonly id: ReturnType<Built<'text', string, never, null>['primaryKey']>
  readonly emptyAtMicros: ReturnType<typeof bigint>
}

/**
 * The model in which `databaseRates` counts. It stands in the app’s graph as any other; nobody writes it in a scope, and its rows are
 * of no use a window later, when they are cleared away.
 *
 * ```ts
 * const models = graph({ Device, Product, RateCount: rateCounts() })
 * const store = databaseRates(models.RateCount)
 * ```
 */
export function rateCounts(): Model<'rate_counts', RateCountColumns> {
  return model(
    'rate_counts',
    { id: text().length(43, 43).primaryKey(), emptyAtMicros: bigint() },
    { access: shared({ write: 'nobody' }), indexes: [['emptyAtMicros']] },
  )
}
