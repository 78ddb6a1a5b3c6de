import type { Session } from '../database/index.ts'
import { errors, issueText, TerraceError } from '../errors/index.ts'
import type { ErrorKind, Issue } from '../errors/index.ts'

/** One item of many that was refused. */
export interface RefusedItem {
  /** Its place among the items, from 0. */
  readonly at: number
  readonly error: TerraceError
}

/** The cause of `BULK_REFUSED`: what stood against each item. */
export class RefusedItems extends Error {
  readonly items: readonly RefusedItem[]

  constructor(items: readonly RefusedItem[]) {
    super(items.map(({ at, error }) => `${at}: ${error.message}`).join('\n'))
    this.name = 'RefusedItems'
    this.items = items
  }
}

/**
 * Does the work of every item, in order, each in a savepoint of its own: one that is refused keeps no other from being tried, and
 * undoes them all in the end.
 */
export function eachItem<T, R>(
  session: Session,
  items: readonly T[],
  work: (item: T, session: Session) => Promise<R>,
): Promise<R[]> {
  return session.nested((all) => collected(items, (item) => all.nested((inner) => work(item, inner))))
}

/**
 * What the work gives for each item, in order; `BULK_REFUSED` with everything that stands against items. What is no item's fault is
 * thrown as it is, at once: a busy database, a defect.
 */
export async function collected<T, R>(items: readonly T[], work: (item: T) => R | Promise<R>): Promise<R[]> {
  const done: R[] = []
  const refused: RefusedItem[] = []
  for (const [at, item] of items.entries()) {
    try {
      done.push(await work(item))
    } catch (error) {
      if (!isOfItem(error)) throw error
      refused.push({ at, error })
      if (refused.length === mostRefused) break
    }
  }
  if (refused.length > 0) throw bulkRefused(items.length, refused)
  return done
}

/** Nobody reads on behind these; what would be tried for them is not. */
const mostRefused = 50

const itemKinds: ReadonlySet<ErrorKind> = new Set(['validation', 'notFound', 'conflict', 'permission'])

/** Whether an error says something of an item, rather than of the whole. */
export function isOfItem(error: unknown): error is TerraceError {
  return error instanceof TerraceError && itemKinds.has(error.kind) && error.code !== errors.SCOPE_NO_OWNER.code
}

export function bulkRefused(total: number, refused: readonly RefusedItem[]): TerraceError {
  const issues = refused.flatMap(({ at, error }) =>
    issuesOf(error).map((issue) => ({ ...issue, path: `/${at}${issue.path}` })),
  )
  return errors.BULK_REFUSED({
    values: { refused: refused.length, total },
    issues,
    cause: new RefusedItems(refused),
  })
}

/** The issues of an error, or the error itself as one. */
function issuesOf(error: TerraceError): readonly Issue[] {
  if (error.issues.length > 0) return error.issues
  if (error.code === errors.UNIQUE.code && error.fields.length > 0)
    return error.fields.map((field) => ({ in: 'row', path: `/${field}`, ...issueText('taken') }))
  return [{ in: 'row', path: '', code: error.code, message: error.messageIn('en'), zh: error.messageIn('zh') }]
}

/** `BULK_REFUSED` where a key is named more than once: whoever sends it means two things of one row. */
export function requireDistinct(keys: readonly unknown[]): void {
  const seen = new Map<string, number>()
  const refused: RefusedItem[] = []
  for (const [at, key] of keys.entries()) {
    const text = textOf(key)
    const first = seen.get(text)
    if (first === undefined) seen.set(text, at)
    else refused.push({ at, error: namedTwice(first) })
  }
  if (refused.length > 0) throw bulkRefused(keys.length, refused)
}

function namedTwice(first: number): TerraceError {
  return errors.VALIDATION({ issues: [{ in: 'row', path: '', ...issueText('sameRow', { first }) }] })
}

/** Equal for equal keys: of one column, or an object of several in any order. */
function textOf(key: unknown): string {
  if (key instanceof Date) return `date ${key.getTime()}`
  if (typeof key !== 'object' || key === null) return `${typeof key} ${String(key)}`
  const entries = Object.entries(key).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify(entries.map(([name, value]) => [name, textOf(value)]))
}
