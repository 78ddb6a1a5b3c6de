import { errors } from '../../errors/index.ts'

/**
 * How far a move has come, in the target's `terrace_meta`. `tables`: they are being made; `rows`: these are being copied; `rules`:
 * keys, unique rules and indexes are being made, and all is compared; `done`.
 */
export interface MoveMark {
  /** Hash of the source's structure. */
  readonly source: string
  /** Hash of what the models, and what is left behind, make of both sides. */
  readonly models: string
  readonly stage: 'tables' | 'rows' | 'rules' | 'done'
}

/** Its key in `terrace_meta`. */
export const markKey = 'move'

/** The mark in what was read of `terrace_meta`; null where nothing was ever moved into the database. */
export function markIn(meta: ReadonlyMap<string, string>): MoveMark | null {
  const text = meta.get(markKey)
  return text === undefined ? null : (JSON.parse(text) as MoveMark)
}

/** `MOVE_UNFINISHED` while a move into this database has not ended: seeds and other writers would come between its rows. */
export function refuseUnfinishedMove(meta: ReadonlyMap<string, string>): void {
  if (hasUnfinishedMove(meta)) throw errors.MOVE_UNFINISHED()
}

/** Whether the journal tells of a move that has not ended. */
export function hasUnfinishedMove(meta: ReadonlyMap<string, string>): boolean {
  const mark = markIn(meta)
  return mark !== null && mark.stage !== 'done'
}
