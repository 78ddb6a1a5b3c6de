import type { Capabilities } from '../../../src/database/index.ts'
import type { AnyDb } from '../shop.ts'

interface Runnable {
  execute(): Promise<unknown>
}

/** One way to write a query, run inside a scope and against an erased copy. */
export interface QueryShape {
  readonly title: string
  readonly query: (db: AnyDb) => Runnable
  /** Rows are compared in their order; otherwise as a set. */
  readonly isOrdered?: true
  /** Every row is visible to everybody, so that the scope changes nothing. */
  readonly isOpen?: true
  readonly needs?: keyof Capabilities
  /** Nothing is found inside the scope. */
  readonly isEmpty?: true
}

export const shape = (title: string, query: QueryShape['query'], marks: Partial<QueryShape> = {}): QueryShape => ({
  title,
  query,
  ...marks,
})
export const ordered = { isOrdered: true } as const
