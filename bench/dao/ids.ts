import { randomUUID } from 'node:crypto'
// The DAO's own: ids of another form, or in another order, would be cheaper or dearer to insert.
import { createUuidV7 } from '../../packages/terrace/src/database/uuid-v7.ts'
import { productCount } from './subject.ts'

/** One device and its products, and the source of further ids that all subjects share. */
export interface Ids {
  readonly deviceId: string
  readonly productIds: readonly string[]
  readonly newId: () => string
}

export function newIds(): Ids {
  const newId = createUuidV7(Date.now)
  return { deviceId: randomUUID(), productIds: Array.from({ length: productCount }, newId), newId }
}
