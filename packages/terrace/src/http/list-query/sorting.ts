import { issueText } from '../../errors/index.ts'
import { queryIssue } from '../query-values.ts'
import type { QueryParameter } from '../query-values.ts'
import { namesPattern, single, unknownValue } from './query-reading.ts'
import type { QueryReading } from './query-reading.ts'
import { isSortable } from './readable-columns.ts'
import type { ReadableColumn } from './readable-columns.ts'

/** Names on the wire of what a list may be sorted by, each with its column. */
export type SortColumns = ReadonlyMap<string, string>

export function sortColumnsOf(columns: readonly ReadableColumn[]): SortColumns {
  return new Map(columns.filter(isSortable).map(({ key, column }) => [key, column.name]))
}

/** The terms of `sort` by column; null where it is not given. Hidden, unknown and unordered columns are refused alike. */
export function readSort(reading: QueryReading, columns: SortColumns): readonly string[] | null {
  const text = single(reading, 'sort')
  if (text === null) return null
  const terms = text.split(',').map((term) => termOf(term, columns))
  if (new Set(terms.map(({ column }) => column)).size < terms.length)
    reading.issues.push(queryIssue('sort', issueText('namedOnce', { what: 'column' })))
  return terms.map(({ column, sign }) => `${sign}${column}`)
}

function termOf(term: string, columns: SortColumns): { readonly column: string; readonly sign: string } {
  const sign = term.startsWith('-') ? '-' : ''
  const column = columns.get(term.slice(sign.length))
  if (column === undefined) throw unknownValue('sort', 'column', columns.keys())
  return { column, sign }
}

export function sortParameter(columns: SortColumns, fallback: readonly string[]): QueryParameter {
  const names = [...columns.keys()]
  const keys = new Map([...columns].map(([key, column]) => [column, key]))
  const first = fallback.map((term) => term.replace(/[^-]+$/, (column) => keys.get(column) ?? column)).join(',')
  return {
    name: 'sort',
    isRequired: false,
    schema: {
      type: 'string',
      pattern: namesPattern(names, { before: '-?' }),
      ...(first === '' ? {} : { default: first }),
      examples: [first === '' ? `-${names[0]}` : first],
    },
    describe: `Columns, joined by commas, each once, - for descending, the key last: ${names.join(', ')}`,
  }
}
