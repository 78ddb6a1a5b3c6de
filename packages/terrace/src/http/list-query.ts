import type { ObjectShape, Shape } from '../dto/index.ts'
import { errors, issueText } from '../errors/index.ts'
import type { BoundModel, Include } from '../model/index.ts'
import { readFilterConditions } from './list-query/filter-conditions.ts'
import { conditionParameters, namedTerms, refuseDeepTerms } from './list-query/filter-language.ts'
import { FilterLevel } from './list-query/filter-level.ts'
import { filtersOf } from './list-query/filters.ts'
import type { IncludePaths } from './list-query/includable.ts'
import { cursorName, pageParameters, pagingOf, readPage } from './list-query/paging.ts'
import { single } from './list-query/query-reading.ts'
import type { QueryReading } from './list-query/query-reading.ts'
import { readableColumns } from './list-query/readable-columns.ts'
import { rowChoiceReader } from './list-query/row-choice.ts'
import type { RowChoice } from './list-query/row-choice.ts'
import { readSearch, searchedColumns, searchName, searchParameter } from './list-query/search.ts'
import { readSort, sortColumnsOf, sortParameter } from './list-query/sorting.ts'
import type { PageRequest } from './page-links.ts'
import type { QueryTexts } from './query-string.ts'
import { queryIssue, refuseUnknownNames } from './query-values.ts'
import type { QueryParameter, QueryReader, QuerySource } from './query-values.ts'
import type { WireContext } from './wire-context.ts'

/** How a list answers where its query does not say. */
export interface ListDefaults {
  /** Rows at once. Default 20. */
  readonly limit?: number
  /** Rows at once, at the most. Default 100. */
  readonly maxLimit?: number
  /** Columns, `-` before one for descending; the key is always the last term. Default the key alone. */
  readonly sort?: readonly string[]
}

/** A list as a client asked for it, in the terms of a service. */
export interface ListRequest {
  readonly page: PageRequest
  readonly sort: readonly string[]
  /** Null where every row is meant. */
  readonly where: Readonly<Record<string, unknown>> | null
  readonly include: Include | null
  /** False where the client does not want the rows counted: `?total=false`. */
  readonly total: boolean
  /** The projection of the whole list; null for the declared one. */
  readonly projection: Shape | null
}

/** What the queries of one resource are about. */
export interface RowQueryFacts {
  readonly model: BoundModel
  /** The declared projection of one row, with its names in process. */
  readonly shape: ObjectShape
  /** Other shapes in which a client may read the same rows: what they show may be asked for as well. */
  readonly alsoShown?: readonly ObjectShape[]
  /** Paths that may be included; null for every readable one. */
  readonly include: IncludePaths
  /** Columns in which lists are searched for words: `?q=`. Default none, and no such parameter. */
  readonly search?: readonly string[]
}

/**
 * Reads the query of a list: `limit` and `offset`, `page` and `pageSize` or `cursor`, `sort`, `total`, `fields`, `include`, `q` and
 * conditions (`readTerm`).
 *
 * Names that are not known and columns that may not be read are `UNKNOWN_QUERY`; values of a wrong type, out of range or
 * beyond a budget `VALIDATION`.
 */
export function listQuery(
  facts: RowQueryFacts,
  { limit = 20, maxLimit = 100, sort = [] }: ListDefaults = {},
): QuerySource {
  return (wire) => {
    const columns = readableColumns(facts.model.fact, [facts.shape, ...(facts.alsoShown ?? [])], wire.names)
    const paging = pagingOf({ limit, maxLimit }, wire.names)
    const sortable = sortColumnsOf(columns)
    const choice = rowChoiceReader(facts, wire)
    const searched = searchedColumns(columns, facts.search ?? [])
    const level = new FilterLevel(facts.model.fact, filtersOf(columns), {
      sources: { includable: choice.includable, wire },
    })
    const paged = [...Object.values(paging).map(({ name }) => name), cursorName]
    const own = new Set([...paged, 'sort', 'total', ...choice.names, ...(searched.length === 0 ? [] : [searchName])])
    const read = (texts: QueryTexts): ListRequest => {
      const named = namedTerms(texts, own, level)
      return checked(texts, (reading) => {
        refuseDeepTerms(reading, named)
        return {
          page: readPage(reading, paging),
          sort: readSort(reading, sortable) ?? sort,
          total: readTotal(reading),
          where: both(readFilterConditions(reading, named.terms), readSearch(reading, searched)),
          ...listed(choice.read(reading)),
        }
      })
    }
    const parameters = [
      ...pageParameters(paging),
      sortParameter(sortable, sort),
      totalParameter,
      ...choice.parameters,
      ...(searched.length === 0 ? [] : [searchParameter(searched)]),
      ...conditionParameters(level, own),
    ]
    return { parameters, selection: choice.selection, read }
  }
}

/** Reads the query of a single row: `fields` and `include`. */
export function rowQuery(facts: RowQueryFacts): QuerySource {
  return (wire: WireContext): QueryReader => {
    const { names, parameters, selection, read } = rowChoiceReader(facts, wire)
    const known = new Set(names)
    const readRow = (texts: QueryTexts): RowChoice => {
      refuseUnknownNames(texts, known)
      return checked(texts, read)
    }
    return { parameters, selection, read: readRow }
  }
}

/** A value as it was read, or everything that is wrong with what was sent. */
function checked<R>(texts: QueryTexts, read: (reading: QueryReading) => R): R {
  const reading: QueryReading = { texts, issues: [] }
  const value = read(reading)
  if (reading.issues.length > 0) throw errors.VALIDATION({ issues: reading.issues })
  return value
}

function listed({ include, projections }: RowChoice): Pick<ListRequest, 'include' | 'projection'> {
  return { include, projection: projections }
}

type Condition = ListRequest['where']

function both(one: Condition, other: Condition): Condition {
  return one === null || other === null ? (one ?? other) : { and: [one, other] }
}

function readTotal(reading: QueryReading): boolean {
  const text = single(reading, 'total')
  if (text !== null && text !== 'true' && text !== 'false')
    reading.issues.push(queryIssue('total', issueText('boolean')))
  // Whoever reads on does not ask how much there was at each step.
  return text === null ? !reading.texts.has(cursorName) : text !== 'false'
}

const totalParameter: QueryParameter = {
  name: 'total',
  isRequired: false,
  schema: { type: 'boolean', examples: [false] },
  describe: 'Whether all rows are counted; default true, by cursor false',
}
