import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RuntimeDialect } from '../../database/index.ts'
import type { Query, SchemaDialect, TableShape } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { BatchSize } from './batch-size.ts'

/** A row by the database's names, each value as the driver gives it. */
export type RawRow = Readonly<Record<string, unknown>>

/** Both contracts of an engine, as far as reading rows asks for them. */
export interface RowsDialect {
  readonly schema: Pick<SchemaDialect, 'quoteName' | 'placeholder'>
  readonly runtime: Pick<RuntimeDialect, 'castTypes'>
}

export interface BatchedTable {
  readonly table: TableShape
  /** Columns to read, by their names in the database. */
  readonly columns: readonly string[]
  /** Rows of one batch, at the most. Default 1,000. Fewer where rows are wide. */
  readonly batchRows?: number
  /** Begin behind this place. Default at the beginning. */
  readonly after?: Place | null
}

/** How far a table was read. */
export interface Place {
  readonly rows: number
  /** Values of the last row's key, as read; null where rows are counted instead. */
  readonly key: readonly unknown[] | null
}

export interface Batch {
  readonly rows: readonly RawRow[]
  /** Behind the last of these rows. */
  readonly place: Place
}

/**
 * All rows of a table, in the order of its primary key, and no more of them in memory than one batch: each query begins behind the
 * last key. A key whose order and comparison an engine may see differently, as that of an enum, is ordered by and rows are counted;
 * a table without a key is ordered by all its columns. The transaction around it decides what is seen.
 */
export async function* readBatches(
  runner: StatementRunner,
  dialect: RowsDialect,
  source: BatchedTable,
): AsyncGenerator<Batch, void, undefined> {
  const size = new BatchSize(source.batchRows ?? defaultRows)
  const way = wayThrough(source.table)
  let place: Place = source.after ?? { rows: 0, key: null }
  for (;;) {
    const limit = size.rows
    const rows = await runner.rows(batchQuery(dialect, { source, way, place, limit }))
    if (rows.length === 0) return
    place = placeAfter(rows, { way, place })
    yield { rows, place }
    // An engine in this process answers at once: signals, timers and other connections get their turn here.
    await nextTurn()
    if (rows.length < limit) return
    size.learn(rows)
  }
}

const defaultRows = 1000

/** `seek`: behind the last key. `count`: behind so many rows. */
type Way =
  | { readonly kind: 'seek'; readonly key: readonly string[] }
  | { readonly kind: 'count'; readonly key: readonly string[] | null }

function wayThrough({ primaryKey, columns }: TableShape): Way {
  if (primaryKey === null) return { kind: 'count', key: null }
  const parts = primaryKey.columns.map((name) => columns.find((column) => column.name === name))
  // SQLite takes NULL into a key of another type than INTEGER, once per row; no comparison finds it.
  const isSeekable = parts.every(
    (column) => column !== undefined && !column.nullable && isOrderedAsCompared(column.type),
  )
  return { kind: isSeekable ? 'seek' : 'count', key: primaryKey.columns }
}

// Whole numbers, texts, bytes and times, by the words of any engine. Not among them: enums, which are ordered by position; decimals
// and floats, which a text or a double is not compared with exactly.
const ordered =
  /^(?:(?:tiny|small|medium|big)?int(?:eger)?\d?|(?:var|n|nvar)?char|character|text|(?:tiny|medium|long)text|clob|uuid|date|datetime|timestamp|time|bytea|blob|(?:var)?binary)\b/i

function isOrderedAsCompared(type: string): boolean {
  return ordered.test(type)
}

function placeAfter(rows: readonly RawRow[], { way, place }: { readonly way: Way; readonly place: Place }): Place {
  const last = rows.at(-1)
  const key = way.kind === 'count' || last === undefined ? null : way.key.map((name) => last[name])
  return { rows: place.rows + rows.length, key }
}

interface Asked {
  readonly source: BatchedTable
  readonly way: Way
  readonly place: Place
  readonly limit: number
}

function batchQuery(dialect: RowsDialect, { source, way, place, limit }: Asked): Query {
  const { schema, runtime } = dialect
  const names = (columns: readonly string[]): string => columns.map((name) => schema.quoteName(name)).join(', ')
  const from = `select ${names(source.columns)} from ${schema.quoteName(source.table.name)}`
  if (way.kind === 'count') {
    const textOf = (name: string): string => `cast(${schema.quoteName(name)} as ${runtime.castTypes.text})`
    const order = way.key === null ? source.table.columns.map(({ name }) => textOf(name)).join(', ') : names(way.key)
    return { sql: `${from} order by ${order} limit ${limit} offset ${place.rows}`, parameters: [] }
  }
  const tail = `order by ${names(way.key)} limit ${limit}`
  if (place.key === null) return { sql: `${from} ${tail}`, parameters: [] }
  const behind = behindKey(schema, way.key)
  const { key } = place
  return { sql: `${from} where ${behind.sql} ${tail}`, parameters: behind.at.map((at) => key[at]) }
}

interface Behind {
  readonly sql: string
  /** Which part of the key each placeholder stands for. */
  readonly at: readonly number[]
}

/**
 * Rows behind a key. Of several columns both as a row value, which PostgreSQL and SQLite find by the index, and spelled out, which is
 * the form that the MySQL family finds by it; they say the same.
 */
function behindKey({ quoteName, placeholder }: RowsDialect['schema'], key: readonly string[]): Behind {
  const at: number[] = []
  const value = (part: number): string => placeholder(at.push(part))
  const names = key.map((name) => quoteName(name))
  const asRow = `(${names.join(', ')}) > (${key.map((_, part) => value(part)).join(', ')})`
  if (key.length === 1) return { sql: asRow, at }
  const spelled = names.map((name, part) => {
    const equal = names.slice(0, part).map((before, index) => `${before} = ${value(index)}`)
    return `(${[...equal, `${name} > ${value(part)}`].join(' and ')})`
  })
  return { sql: `${asRow} and (${spelled.join(' or ')})`, at }
}
