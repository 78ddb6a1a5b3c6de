import { bytes, model, shared, text, timestamp } from '../model/index.ts'
import type { Built, Model } from '../model/index.ts'

/**
 * One request that was carried out: hashes of who sent it under which key and of what it asked, its answer as it was sealed, and
 * until when it is kept.
 */
export type IdempotencyKeyColumns = {
  readonly id: ReturnType<Built<'text', string, never, null>['primaryKey']>
  readonly request: Built<'text', string, 'hidden', null>
  readonly answer: Built<'plain', Uint8Array, 'hidden', null>
  readonly expiresAt: Built<'plain', Date, 'hidden', null>
}

/**
 * The model in which answers to requests with an `idempotency-key` are kept, in the same transaction as what the requests did. It
 * stands in the app's graph as any other; nobody writes it in a scope, and what its rows hold is sealed.
 *
 * ```ts
 * const models = graph({ Device, Product, IdempotencyKey: idempotencyKeys() })
 * const app = createApp({ models, idempotency: { keys: models.IdempotencyKey }, … })
 * ```
 */
export function idempotencyKeys(): Model<'idempotency_keys', IdempotencyKeyColumns> {
  return model(
    'idempotency_keys',
    {
      id: text().length(43, 43).primaryKey(),
      request: text().length(43, 43).hidden(),
      answer: bytes().hidden(),
      expiresAt: timestamp().hidden(),
    },
    { access: shared({ write: 'nobody' }), indexes: [['expiresAt']] },
  )
}
