import { randomUUID } from 'node:crypto'
import { productCount } from './subject.ts'

/** One device and its products, and the source of further ids that all subjects share. */
export interface Ids {
  readonly deviceId: string
  readonly productIds: readonly string[]
  readonly newId: () => string
}

export function newIds(): Ids {
  const newId = uuidsInOrder()
  return { deviceId: randomUUID(), productIds: Array.from({ length: productCount }, newId), newId }
}

/** Rising, as the DAO's own are: random keys would slow the others' inserts down. */
function uuidsInOrder(): () => string {
  let last = Date.now() * 4096
  return () => {
    last += 1
    const hex = last.toString(16).padStart(16, '0').slice(-16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13)}-8000-${randomUUID().slice(-12)}`
  }
}
