import type { OperationNode } from 'kysely'
import type { ColumnKind } from '../../model/index.ts'
import type { CarriedKind, HelperRenderings } from '../helper-renderings.ts'
import { decodeOf, type Decode } from './decodings.ts'
import type { ColumnMeaning, Meaning, PlainMeaning, RowsMeaning } from './meaning.ts'
import { listCut } from './parsed-rows.ts'
import type { Output, Pass } from './pass.ts'
import { refused } from './refuse.ts'

const carriedByColumn: { readonly [K in Exclude<ColumnKind, 'timestamp' | 'native'>]: CarriedKind } = {
  uuid: 'text',
  text: 'text',
  oneOf: 'text',
  integer: 'integer',
  smallint: 'integer',
  bigint: 'whole',
  identity: 'whole',
  decimal: 'decimal',
  float: 'float',
  boolean: 'boolean',
  date: 'day',
  time: 'time',
  json: 'json',
  array: 'json',
  bytes: 'bytes',
}

const carriedByPlain: { readonly [K in Exclude<PlainMeaning['kind'], 'unknown'>]: CarriedKind } = {
  boolean: 'boolean',
  integer: 'whole',
  bigint: 'whole',
  number: 'float',
  text: 'text',
  json: 'json',
  null: 'text',
}

function carriedKind(name: string, meaning: Meaning): CarriedKind {
  if (meaning.kind === 'rows') return 'rows'
  if (meaning.kind === 'column') return carriedOfColumn(name, meaning)
  if (meaning.kind !== 'unknown' && meaning.kind !== 'tuple') return carriedByPlain[meaning.kind]
  throw notCarried(name, 'what it gives is not known')
}

function carriedOfColumn(name: string, { column: { type } }: ColumnMeaning): CarriedKind {
  if (type.kind === 'timestamp') return type.precision === 3 ? 'instant' : 'microseconds'
  if (type.kind === 'native') throw notCarried(name, 'its type is the database’s own')
  return carriedByColumn[type.kind]
}

function notCarried(name: string, why: string): Error {
  return refused(`"${name}" in a nested list`, why, 'Leave it out: name the columns that are selected')
}

/** An output as a value of a JSON array, from which nothing is lost. */
export function nestedValue({ helpers }: Pass, { name, node, meaning }: Output): OperationNode {
  const { write } = helpers.carried[carriedKind(name, meaning)]
  return write === null ? node : write(node)
}

interface NestedColumn {
  readonly name: string
  readonly decode: Decode | null
  readonly isList: boolean
}

/** What a nested query gives: its rows, each value decoded as it would be in a row of its own. */
export function nestedMeaning(pass: Pass, outputs: readonly Output[], isMany: boolean): RowsMeaning {
  const columns = outputs.map((output) => nestedColumn(pass, output))
  const rowFrom = rowReader(columns)
  const { rowsIn } = pass.helpers
  return {
    kind: 'rows',
    signature: JSON.stringify([isMany, outputs.map(({ name, meaning }) => [name, signatureOf(meaning)])]),
    decode: isMany
      ? (json, output) => (itemsOf(rowsIn, json, output) as unknown[][]).map((row) => rowFrom(row, output))
      : (json, output) => rowFrom(json as unknown[], output),
    isMany,
  }
}

function signatureOf(meaning: Meaning): unknown {
  if (meaning.kind === 'rows') return meaning.signature
  return meaning.kind === 'column' ? meaning.column.type : meaning.kind
}

function nestedColumn({ coders, helpers }: Pass, { name, meaning, isNeverNull }: Output): NestedColumn {
  if (meaning.kind === 'rows') {
    const decode: Decode = (json) => meaning.decode(json, name)
    return { name, decode, isList: isNeverNull && meaning.isMany }
  }
  const read = helpers.carried[carriedKind(name, meaning)].read as Decode | null
  return { name, decode: chained(read, decodeOf(coders, meaning, name)), isList: false }
}

function chained(first: Decode | null, second: Decode | null): Decode | null {
  if (first === null || second === null) return first ?? second
  return (value) => second(first(value))
}

type RowReader = (values: readonly unknown[], output: string) => Record<string, unknown>

// Runs for each row of each list: what is decided once stands outside.
function rowReader(columns: readonly NestedColumn[]): RowReader {
  return (values, output) => {
    const all = values.length < columns.length ? values.flat() : values
    const row: Record<string, unknown> = {}
    for (let at = 0; at < columns.length; at += 1) {
      const { name, decode, isList } = columns[at] as NestedColumn
      const value = all[at]
      if (value === null && isList) throw listCut(output)
      row[name] = value === null || decode === null ? value : decode(value)
    }
    return row
  }
}

function itemsOf(rowsIn: HelperRenderings['rowsIn'], json: unknown, output: string): readonly unknown[] {
  const found = Array.isArray(json) ? rowsIn(json) : null
  if (found !== null) return found
  throw listCut(output)
}
