import { issueText } from '../../errors/index.ts'
import { nameInWire } from '../../dto/index.ts'
import type { WireNames } from '../../dto/index.ts'
import type { PageNames, PageRequest } from '../page-links.ts'
import { queryIssue } from '../query-values.ts'
import type { QueryParameter } from '../query-values.ts'
import { single } from './query-reading.ts'
import type { QueryReading } from './query-reading.ts'
import { longestCursor } from './cursor.ts'

/** How many rows a list gives at once: where nothing is said, and at the most. */
export interface PageLimits {
  readonly limit: number
  readonly maxLimit: number
}

interface WholeNumber {
  readonly name: string
  readonly fallback: number
  readonly min: number
  readonly max: number
  readonly describe: string
}

/** The parameters that say which part of a list is meant, by their meaning. */
export type Paging = Readonly<Record<Exclude<keyof PageNames, 'cursor'>, WholeNumber>>

/** The parameter that says behind which row a list goes on. */
export const cursorName = 'cursor'

/** Far beyond any list that is read by offset, and a number that every engine takes. */
const largestOffset = 2 ** 31 - 1

export function pagingOf({ limit, maxLimit }: PageLimits, names: WireNames): Paging {
  const size = { fallback: limit, min: 1, max: maxLimit }
  return {
    limit: { name: 'limit', ...size, describe: 'Rows at once' },
    offset: { name: 'offset', fallback: 0, min: 0, max: largestOffset, describe: 'Rows left out at the beginning' },
    page: { name: 'page', fallback: 1, min: 1, max: largestOffset, describe: 'The page, from 1; instead of offset' },
    pageSize: { name: nameInWire('pageSize', names), ...size, describe: 'Rows on a page; instead of limit' },
  }
}

/** The part that is asked for, by limit and offset, by page and its size, or by cursor and either size; two at once is an issue. */
export function readPage(reading: QueryReading, paging: Paging): PageRequest {
  const { texts } = reading
  const names = namesOf(paging)
  if (texts.has(cursorName)) return readCursorPage(reading, paging)
  if (!texts.has(names.page) && !texts.has(names.pageSize)) {
    const limit = wholeNumber(reading, paging.limit)
    return { limit, offset: wholeNumber(reading, paging.offset), byPage: false, cursor: null, texts, names }
  }
  for (const name of [names.limit, names.offset])
    if (texts.has(name))
      reading.issues.push(queryIssue(name, issueText('notTogether', { others: `${names.page} or ${names.pageSize}` })))
  const limit = wholeNumber(reading, paging.pageSize)
  const offset = (wholeNumber(reading, paging.page) - 1) * limit
  if (offset > largestOffset)
    reading.issues.push(queryIssue(names.page, issueText('beyondRow', { row: largestOffset })))
  return { limit, offset, byPage: true, cursor: null, texts, names }
}

function readCursorPage(reading: QueryReading, paging: Paging): PageRequest {
  const { texts } = reading
  const names = namesOf(paging)
  const besides = texts.has(names.limit) ? [names.offset, names.page, names.pageSize] : [names.offset, names.page]
  for (const name of besides)
    if (texts.has(name)) reading.issues.push(queryIssue(name, issueText('notTogether', { others: cursorName })))
  const limit = wholeNumber(reading, texts.has(names.pageSize) ? paging.pageSize : paging.limit)
  return { limit, offset: 0, byPage: false, cursor: single(reading, cursorName) ?? '', texts, names }
}

function namesOf({ limit, offset, page, pageSize }: Paging): PageNames {
  return { limit: limit.name, offset: offset.name, page: page.name, pageSize: pageSize.name, cursor: cursorName }
}

function wholeNumber(reading: QueryReading, { name, fallback, min, max }: WholeNumber): number {
  const text = single(reading, name)
  if (text === null) return fallback
  const value = /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : null
  if (value !== null && value >= min && value <= max) return value
  if (value === null) reading.issues.push(queryIssue(name, issueText('wholeNumber')))
  else reading.issues.push(queryIssue(name, issueText('between', { min, max })))
  return fallback
}

export function pageParameters(paging: Paging): readonly QueryParameter[] {
  const sizes = Object.values(paging).map(({ name, fallback, min, max, describe }) => ({
    name,
    isRequired: false,
    // No default for one way of paging where the other is chosen.
    schema: { type: 'integer', minimum: min, maximum: max, examples: [fallback] } as const,
    describe: `${describe}; default ${fallback}`,
  }))
  return [...sizes, cursorParameter]
}

const cursorParameter: QueryParameter = {
  name: cursorName,
  isRequired: false,
  schema: { type: 'string', maxLength: longestCursor, examples: [''] },
  describe:
    'Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone',
}
