import { read } from '../dto/index.ts'
import { columnFields } from './column-fields.ts'
import { errors } from '../errors/index.ts'
import type { Issue } from '../errors/index.ts'
import type { BoundModel, ColumnKind } from '../model/index.ts'
import type { PageRequest } from './page-links.ts'
import type { QueryTexts } from './query-string.ts'
import { queryIssue, refuseUnknownNames, repeated } from './query-values.ts'
import type { QueryParameter, QuerySource } from './query-values.ts'

/** How a list answers where its query does not say. */
export interface ListDefaults {
  /** Rows at once. Default 20. */
  readonly limit?: number
  /** Rows at once, at the most. Default 100. */
  readonly maxLimit?: number
  /** Columns, `-` before one for descending; the key is always the last term. Default the key alone. */
  readonly sort?: readonly string[]
}

export interface ListRequest {
  readonly page: PageRequest
  readonly sort: readonly string[]
  /** False where the client does not want the rows counted: `?total=false`. */
  readonly total: boolean
}

/** Far beyond any list that is read by offset, and a number that every engine takes. */
const largestOffset = 2 ** 31 - 1

/**
 * Reads `limit` and `offset`, or `page` and `pageSize`, `sort` and `total` of a list. Names that are not known and columns
 * that may not be read are `UNKNOWN_QUERY`; values out of range, and both ways of paging at once, `VALIDATION`.
 */
export function listQuery(
  model: BoundModel,
  { limit = 20, maxLimit = 100, sort = [] }: ListDefaults = {},
): QuerySource {
  const sortable = sortableColumns(model)
  const size: WholeNumber = { fallback: limit, min: 1, max: maxLimit }
  const numbers = {
    limit: size,
    offset: { fallback: 0, min: 0, max: largestOffset },
    page: { fallback: 1, min: 1, max: largestOffset },
    pageSize: size,
  }
  const names = new Set([...Object.keys(numbers), 'sort', 'total'])
  const readList = (texts: QueryTexts): ListRequest => {
    refuseUnknownNames(texts, names)
    const reading = { texts, issues: [] as Issue[] }
    const page = pageOf(reading, numbers)
    const request = { page, sort: sortOf(reading, sortable) ?? sort, total: totalOf(reading) }
    if (reading.issues.length > 0) throw errors.VALIDATION({ issues: reading.issues })
    return request
  }
  return () => ({ parameters: parametersOf(numbers, sortable), selection: null, read: readList })
}

/** Columns that leave and that have an order. */
export function sortableColumns(model: BoundModel): ReadonlySet<string> {
  const unordered: readonly ColumnKind[] = ['json', 'array', 'bytes', 'native']
  return new Set(
    columnFields(read(model))
      .filter(({ column }) => !unordered.includes(column.type.kind))
      .map(({ name }) => name),
  )
}

interface WholeNumber {
  readonly fallback: number
  readonly min: number
  readonly max: number
}

type PageNumbers = Readonly<Record<'limit' | 'offset' | 'page' | 'pageSize', WholeNumber>>

interface Reading {
  readonly texts: QueryTexts
  readonly issues: Issue[]
}

function pageOf(reading: Reading, numbers: PageNumbers): PageRequest {
  const byPage = reading.texts.has('page') || reading.texts.has('pageSize')
  for (const name of byPage ? (['limit', 'offset'] as const) : [])
    if (reading.texts.has(name))
      reading.issues.push(queryIssue(name, 'EXCLUSIVE', 'may not be given with page or pageSize'))
  const of = (name: keyof PageNumbers): number => wholeNumber(reading, name, numbers[name])
  const limit = byPage ? of('pageSize') : of('limit')
  const offset = byPage ? Math.min((of('page') - 1) * limit, largestOffset) : of('offset')
  return { limit, offset, byPage, texts: reading.texts }
}

/** The only value of a name; null where there is none, or more than one, which is an issue. */
function single({ texts, issues }: Reading, name: string): string | null {
  const values = texts.get(name) ?? []
  if (values.length > 1) issues.push(repeated(name))
  return values.length === 1 ? (values[0] as string) : null
}

function wholeNumber(reading: Reading, name: string, { fallback, min, max }: WholeNumber): number {
  const text = single(reading, name)
  if (text === null) return fallback
  const value = /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : null
  if (value !== null && value >= min && value <= max) return value
  const [code, problem] = value === null ? ['TYPE', 'must be a whole number'] : ['RANGE', `must be ${min} to ${max}`]
  reading.issues.push(queryIssue(name, code as string, problem as string))
  return fallback
}

function totalOf(reading: Reading): boolean {
  const text = single(reading, 'total')
  if (text !== null && text !== 'true' && text !== 'false')
    reading.issues.push(queryIssue('total', 'TYPE', 'must be true or false'))
  return text !== 'false'
}

/** The terms of `sort`; null where it is not given. A hidden, an unknown and an unordered column are refused alike. */
function sortOf(reading: Reading, sortable: ReadonlySet<string>): readonly string[] | null {
  const text = single(reading, 'sort')
  if (text === null) return null
  const terms = text.split(',')
  const columns = terms.map((term) => term.replace(/^-/, ''))
  if (!columns.every((column) => sortable.has(column)))
    throw errors.UNKNOWN_QUERY({ issues: [queryIssue('sort', 'UNKNOWN', 'names a column that is not known here')] })
  if (new Set(columns).size < columns.length)
    reading.issues.push(queryIssue('sort', 'REPEATED', 'may name each column once'))
  return terms
}

function parametersOf(numbers: PageNumbers, sortable: ReadonlySet<string>): readonly QueryParameter[] {
  const whole = Object.entries(numbers).map(([name, { fallback, min, max }]) => ({
    name,
    schema: { type: 'integer', minimum: min, maximum: max, default: fallback } as const,
    describe: null,
  }))
  const sort = {
    name: 'sort',
    schema: { type: 'string' } as const,
    describe: `Columns, joined by commas, - for descending: ${[...sortable].join(', ')}`,
  }
  const total = {
    name: 'total',
    schema: { type: 'boolean', default: true } as const,
    describe: 'Whether all rows are counted',
  }
  return [...whole, sort, total].map((parameter) => ({ ...parameter, isRequired: false }))
}
