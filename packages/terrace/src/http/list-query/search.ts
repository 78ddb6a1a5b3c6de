import { parseText } from '../../dto/index.ts'
import { issueText } from '../../errors/index.ts'
import type { ColumnFact } from '../../model/index.ts'
import { queryIssue } from '../query-values.ts'
import type { QueryParameter } from '../query-values.ts'
import { textField } from './filters.ts'
import { single } from './query-reading.ts'
import type { QueryReading } from './query-reading.ts'
import type { ReadableColumn } from './readable-columns.ts'

/** The parameter of lists that can be searched. */
export const searchName = 'q'

const mostWords = 10
/** In code points. */
const longestSearch = 200

type Where = Readonly<Record<string, unknown>>

/** The columns that a list is searched in, in the order in which they were declared; only what is answered can be. */
export function searchedColumns(
  columns: readonly ReadableColumn[],
  names: readonly string[],
): readonly ReadableColumn[] {
  return names.flatMap((name) => columns.find(({ column }) => column.name === name) ?? [])
}

/** Whether a column can be searched for words. */
export function isSearchable({ type }: ColumnFact): boolean {
  return type.kind === 'text'
}

/**
 * Each word stands in one of the columns, each time another may do: without case where the column is declared so, else letter for
 * letter. Null where nothing is searched for, as with blanks alone.
 */
export function readSearch(reading: QueryReading, columns: readonly ReadableColumn[]): Where | null {
  const text = single(reading, searchName)
  if (text === null || !isFit(reading, text)) return null
  const words = [...new Set(text.split(/\s+/u))].filter((word) => word !== '')
  if (words.length > mostWords)
    reading.issues.push(queryIssue(searchName, issueText('searchWords', { most: mostWords })))
  const found = words.map((word) => anyOf(columns.map(({ column }) => ({ [column.name]: { contains: word } }))))
  return found.length > 1 ? { and: found } : (found[0] ?? null)
}

function anyOf(conditions: readonly Where[]): Where {
  return conditions.length === 1 ? (conditions[0] as Where) : { or: conditions }
}

function isFit(reading: QueryReading, text: string): boolean {
  const parsed = parseText({ ...textField, key: searchName }, text, 'query')
  if (!parsed.ok) reading.issues.push(...parsed.issues)
  const isLong = text.length > longestSearch && [...text].length > longestSearch
  if (isLong) reading.issues.push(queryIssue(searchName, issueText('lengthAtMost', { max: longestSearch })))
  return parsed.ok && !isLong
}

export function searchParameter(columns: readonly ReadableColumn[]): QueryParameter {
  const keysOf = (all: readonly ReadableColumn[]): string => all.map(({ key }) => key).join(', ')
  const folded = columns.filter(({ column }) => column.foldedInto !== null)
  const withoutCase = folded.length === 0 ? '' : `; without case in ${keysOf(folded)}`
  return {
    name: searchName,
    isRequired: false,
    schema: { type: 'string', maxLength: longestSearch, examples: ['word'] },
    describe: `Words, separated by blanks, at most ${mostWords}: each stands in one of ${keysOf(columns)}${withoutCase}`,
  }
}
