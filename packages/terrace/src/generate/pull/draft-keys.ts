import { indexName, primaryKeyName, foreignKeyName, uniqueName, type ColumnType } from '../../model/index.ts'
import type { ModelDraft } from './model-draft.ts'
import type { Drafts } from './draft-references.ts'

/**
 * Unique rules and indexes that models can hold, so that another engine has them too. Those that are about part of the rows, over
 * expressions or ordered otherwise are the table's own, and stored with it.
 */
export function draftKeys(drafts: Drafts): Drafts {
  const taken = new Set([...drafts.keys()].map((table) => table.toLowerCase()))
  for (const { live, references, columns } of drafts.values()) {
    taken.add(primaryKeyName(live.name).toLowerCase())
    for (const { property, reference } of columns) {
      if (reference !== null) taken.add(foreignKeyName(live.name, [property], reference.table).toLowerCase())
    }
    for (const reference of references) {
      taken.add(foreignKeyName(live.name, reference.columns, reference.table).toLowerCase())
    }
  }
  return new Map([...drafts].map(([table, draft]) => [table, withKeys(draft, taken)]))
}

/** Names of rules are one space on some engines, so that each is given once. */
function withKeys(draft: ModelDraft, taken: Set<string>): ModelDraft {
  const isFree = (name: string): boolean => {
    if (taken.has(name.toLowerCase())) return false
    taken.add(name.toLowerCase())
    return true
  }
  const table = draft.live.name
  const key = draft.columns.filter(({ isKey }) => isKey).map(({ property }) => property)
  const uniques = distinct(plainUniques(draft)).filter(
    (columns) => !isSameSet(namesIn(columns), key) && isFree(uniqueName(table, namesIn(columns))),
  )
  const indexes = distinct(plainIndexes(draft)).filter((columns) => isFree(indexName(table, namesIn(columns))))
  const alone = (lists: readonly Parts[]): ReadonlySet<string> =>
    new Set(lists.flatMap(([only, ...rest]) => (only?.isDescending || rest.length > 0 ? [] : [only?.property ?? ''])))
  const [unique, indexed] = [alone(uniques), alone(indexes)]
  const several = (columns: Parts): boolean => columns.length > 1 || columns[0]?.isDescending === true
  return {
    ...draft,
    uniques: uniques.filter(several).map(namesIn),
    indexes: indexes.filter(several).map((columns) => columns.map(written)),
    columns: draft.columns.map((column) => ({
      ...column,
      isUnique: unique.has(column.property),
      isIndexed: indexed.has(column.property),
    })),
  }
}

interface Part {
  readonly property: string
  readonly isDescending: boolean
}

type Parts = readonly Part[]

function namesIn(parts: Parts): readonly string[] {
  return parts.map(({ property }) => property)
}

function written({ property, isDescending }: Part): string {
  return isDescending ? `-${property}` : property
}

function plainUniques(draft: ModelDraft): readonly Parts[] {
  const plain = draft.live.uniques.filter(({ where, enforced }) => where === null && enforced)
  return plain.flatMap(({ columns }) => partsOf(draft, columns.map(ascending)))
}

function ascending(name: string): NamedPart {
  return { name, isDescending: false }
}

function plainIndexes(draft: ModelDraft): readonly Parts[] {
  const plain = draft.live.indexes.filter(
    ({ where, method, columns }) =>
      where === null && method === 'btree' && columns.every(({ suffix }) => suffix === ''),
  )
  return plain.flatMap(({ columns }) =>
    partsOf(
      draft,
      columns.map(({ name, direction }) => ({ name, isDescending: direction === 'desc' })),
    ),
  )
}

interface NamedPart {
  readonly name: string
  readonly isDescending: boolean
}

/** None where one of them is no column, or one that no key may be over. */
function partsOf({ columns }: ModelDraft, named: readonly NamedPart[]): readonly Parts[] {
  const parts = named.flatMap(({ name, isDescending }): Parts => {
    const column = columns.find(({ live }) => live.name === name)
    return column === undefined || !isComparable(column.type) ? [] : [{ property: column.property, isDescending }]
  })
  return parts.length === named.length ? [parts] : []
}

const incomparable: readonly ColumnType['kind'][] = ['json', 'array', 'bytes', 'native', 'float']

export function isComparable({ kind }: ColumnType): boolean {
  return !incomparable.includes(kind)
}

/** Over the same columns only the first can be declared; directions do not count. */
function distinct(lists: readonly Parts[]): readonly Parts[] {
  const seen = new Set<string>()
  return lists.filter((columns) => {
    const key = namesIn(columns).join()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return new Set(some).symmetricDifference(new Set(others)).size === 0
}
