import { wireTypeOf } from '../../dto/index.ts'
import { errors, issueText } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import { actorText } from '../actor-text.ts'
import type { PageRequest } from '../page-links.ts'
import { queryIssue } from '../query-values.ts'
import type { RequestFacts } from '../request-facts.ts'
import { seal, unseal } from './seal.ts'
import type { Sealing } from './seal.ts'

/** A cursor is a part of a URL, whose length servers limit. */
export const longestCursor = 4_096

/** A place in a list, as a DAO takes it: the values of the columns it is sorted by, and of the key. */
type Position = Readonly<Record<string, unknown>>

/** The list that a cursor belongs to. */
export interface CursorFacts {
  readonly model: ModelFact
  readonly sort: readonly string[]
  readonly request: PageRequest
  /** Who asks, where. */
  readonly call: Pick<RequestFacts, 'keyFor' | 'actor' | 'path'>
}

/** Writes and reads the cursors of one list: one question of one caller. */
export interface Cursors {
  /** Null for the beginning. `CURSOR_INVALID` for what is no cursor of this list. */
  read(text: string): Position | null
  /** `VALIDATION` of the sort where the values are too long for a URL. */
  write(position: Position): string
}

export function cursorsOf({ model, sort, request, call }: CursorFacts): Cursors {
  const columns = orderColumns(model, sort)
  const sealing: Sealing = { keyFor: call.keyFor, binding: bindingOf(sort, request, call) }
  return {
    read(text) {
      if (text === '') return null
      const opened = text.length > longestCursor ? null : unseal(text, sealing)
      const position = opened === null ? null : positionIn(opened, columns)
      if (position === null) throw errors.CURSOR_INVALID()
      return position
    },
    write(position) {
      const values = columns.map(({ name, type }) => wireValue(type, position[name]))
      const text = seal(JSON.stringify(values), sealing)
      if (text.length > longestCursor)
        throw errors.VALIDATION({ issues: [queryIssue('sort', issueText('longCursor'))] })
      return text
    },
  }
}

/** Of the sort, then of the key: a DAO's own order. */
function orderColumns(model: ModelFact, sort: readonly string[]): readonly ColumnFact[] {
  const names = new Set([...sort.map((term) => term.replace(/^-/, '')), ...model.primaryKey.columns])
  return [...names].flatMap((name) => model.column[name] ?? [])
}

/**
 * What a cursor is good for: the path, the order, the rows that are meant and whoever asks. How many rows are answered at once, and what
 * of them, may change from page to page.
 */
function bindingOf(sort: readonly string[], { texts, names }: PageRequest, call: CursorFacts['call']): string {
  const free: ReadonlySet<string> = new Set([...Object.values(names), 'sort', 'total', 'fields', 'include'])
  const asked = [...texts].filter(([name]) => !free.has(name)).toSorted(byName)
  return JSON.stringify([call.path, sort, asked, actorText(call.actor)])
}

function byName([one]: readonly [string, ...unknown[]], [other]: readonly [string, ...unknown[]]): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function wireValue(type: ColumnFact['type'], value: unknown): unknown {
  return value === null ? null : wireTypeOf(type).render(value)
}

/** Null where the columns are no longer what they were when it was written. */
function positionIn(text: string, columns: readonly ColumnFact[]): Position | null {
  const values: unknown = JSON.parse(text)
  if (!Array.isArray(values) || values.length !== columns.length) return null
  const read = columns.map(({ type }, at) => (values[at] === null ? null : wireTypeOf(type).parse(values[at])))
  if (read.includes(undefined)) return null
  return Object.fromEntries(columns.map(({ name }, at) => [name, read[at]]))
}
