import type { ApiDocument } from '../api-document.ts'

/** Requests come from a client, answers go to it: what may be wider for the one may be narrower for the other. */
export type Direction = 'request' | 'answer'

/** What a comparison of two schemas needs besides them. */
export interface Comparing {
  readonly before: ApiDocument
  readonly now: ApiDocument
  readonly direction: Direction
  /** Of an answer that is an error: its codes may become more. */
  readonly isError: boolean
  /** Pairs of references that are being compared: schemas may hold themselves. */
  readonly open: ReadonlySet<string>
}

export type Documents = Pick<Comparing, 'before' | 'now'>

export function comparingFor(documents: Documents, direction: Direction, isError = false): Comparing {
  return { before: documents.before, now: documents.now, direction, isError, open: new Set() }
}
