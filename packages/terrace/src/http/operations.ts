/** What the routes of a resource do, in the order in which they are declared. */
export const operations = [
  'list',
  'get',
  'create',
  'patch',
  'put',
  'delete',
  'restore',
  'createMany',
  'patchMany',
  'deleteMany',
] as const

export type Operation = (typeof operations)[number]

/** Those of many rows at once. */
export type BulkOperation = 'createMany' | 'patchMany' | 'deleteMany'

/** Each as the operation on a single row, whose rules hold for it. */
const singles: Readonly<Record<BulkOperation, Operation>> = {
  createMany: 'create',
  patchMany: 'patch',
  deleteMany: 'delete',
}

export function isBulk(operation: Operation): operation is BulkOperation {
  return Object.hasOwn(singles, operation)
}

/** The operation on a single row that it is, or repeats. */
export function singleOf(operation: Operation): Operation {
  return isBulk(operation) ? singles[operation] : operation
}
