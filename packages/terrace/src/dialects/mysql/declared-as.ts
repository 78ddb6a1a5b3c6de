import type { ColumnType } from '../../model/index.ts'
import {
  declaredNumber,
  declaredValue,
  type ColumnShape,
  type DeclaredAs,
  type DeclaredDefault,
  type TableShape,
} from '../../schema/index.ts'
import { invisibleSuffix } from './catalogue/read-column.ts'
import { columnTypeOf } from './conversions/column-type.ts'
import { quoteName } from './schema-flavour.ts'

interface Read {
  readonly type: ColumnType
  readonly offending?: string
  readonly note?: string
}

/** By the type that the catalogue prints; a truth value by its CHECK. MySQL 8.4 is untested. */
export function declaredAs(column: ColumnShape, table: TableShape): DeclaredAs {
  const printed = column.type.endsWith(invisibleSuffix) ? column.type.slice(0, -invisibleSuffix.length) : column.type
  if (column.generated !== null) return { kind: 'native', name: printed, note: 'computed by the database' }
  const read = isNumberedKey(column, table) ? { type: { kind: 'identity' } as const } : readOf(printed, column, table)
  if (read === null) return { kind: 'native', name: printed, note: `${printed} can be read only` }
  const { type, offending = null, note = null } = read
  return { kind: 'column', type, default: declaredDefault(type, column.default), offending, note }
}

function isNumberedKey({ name, identity }: ColumnShape, { primaryKey }: TableShape): boolean {
  return identity !== null && primaryKey?.columns.length === 1 && primaryKey.columns[0] === name
}

function readOf(printed: string, column: ColumnShape, table: TableShape): Read | null {
  const name = quoteName(column.name)
  const type = columnTypeOf(printed)
  switch (type.family) {
    case 'integer':
      return printed.startsWith('tinyint(1)') && isTruthValue(table, column.name)
        ? { type: { kind: 'boolean' } }
        : wholeOf(type, name)
    case 'decimal':
      return { type: { kind: 'decimal', precision: type.precision, scale: type.scale } }
    case 'float':
      return type.isDouble
        ? { type: { kind: 'float' } }
        : { type: { kind: 'float' }, note: `${printed} rounds what is written to seven digits` }
    case 'text':
      return type.isFixed
        ? { type: { kind: 'text', maxLength: type.length }, note: `${printed} drops spaces at the end` }
        : { type: { kind: 'text', maxLength: type.length } }
    case 'bytes':
      return type.isFixed
        ? { type: { kind: 'bytes' }, note: `${printed} fills what is shorter with zeros` }
        : { type: { kind: 'bytes' } }
    case 'choice':
      return type.isSet ? null : { type: { kind: 'oneOf', values: type.values }, offending: `${name} = ''` }
    case 'instant':
      return instantOf(type, name, printed)
    case 'date':
      return { type: { kind: 'date' }, offending: noDay(name) }
    case 'time':
      return timeOf(type.precision, name, printed)
    case 'json':
      return { type: { kind: 'json' } }
    case 'other':
      return otherOf(printed)
  }
}

const ranges = [
  ['smallint', 2n ** 15n],
  ['integer', 2n ** 31n],
  ['bigint', 2n ** 63n],
] as const

/** The narrowest that has all its values. Of unsigned ones of 64 bits, half cannot be written. */
function wholeOf({ min, max }: { readonly min: bigint; readonly max: bigint }, name: string): Read {
  const [kind] = ranges.find(([, end]) => -end <= min && max < end) ?? [null]
  if (kind !== null) return { type: { kind } }
  const most = 2n ** 63n - 1n
  return {
    type: { kind: 'bigint' },
    offending: `${name} > ${most}`,
    note: `numbers above ${most} are read and not written`,
  }
}

function isTruthValue({ checks }: TableShape, column: string): boolean {
  const name = quoteName(column).toLowerCase()
  return checks.some(({ expression }) => {
    const text = expression
      .toLowerCase()
      .replaceAll(/\s+/g, '')
      .replace(/^\((.*)\)$/, '$1')
    return text === `${name}in(0,1)`
  })
}

/** A datetime says no zone; Terrace's own are in UTC, and those of others are taken for that. */
function instantOf(
  { precision, isZoned }: { readonly precision: number; readonly isZoned: boolean },
  name: string,
  printed: string,
): Read {
  const notes = [
    ...(isZoned ? [] : [`${printed} has no zone and is read as UTC`]),
    ...(precision === 3 || precision === 6 ? [] : [`rounds what is written to ${precision} digits of a second`]),
  ]
  return {
    type: { kind: 'timestamp', precision: precision <= 3 ? 3 : 6 },
    offending: noDay(name),
    ...(notes.length === 0 ? {} : { note: notes.join(', and ') }),
  }
}

/** `0000-00-00`, and days that no month has; what is compared with is valid in every mode. */
function noDay(name: string): string {
  return `year(${name}) = 0 or month(${name}) = 0 or dayofmonth(${name}) = 0 or dayofmonth(${name}) > dayofmonth(last_day(${name}))`
}

/** A time of day as long as it has no fraction: with one it is printed otherwise. */
function timeOf(precision: number, name: string, printed: string): Read {
  const offending = `${name} not between '00:00:00' and '23:59:59'`
  if (precision === 0) return { type: { kind: 'time' }, offending }
  return { type: { kind: 'text', maxLength: longestTime }, note: `${printed} kept as text: times have whole seconds` }
}

/** `-838:59:59.000000` */
const longestTime = 17

const others: Readonly<Record<string, Read>> = {
  year: {
    type: { kind: 'smallint' },
    note: 'year kept as a number: 1 to 99 would be written as years of 2000 or 1900',
  },
  uuid: { type: { kind: 'uuid' } },
  inet4: { type: { kind: 'text', maxLength: 15 } },
  inet6: { type: { kind: 'text', maxLength: 45 } },
}

function otherOf(printed: string): Read | null {
  return others[printed] ?? null
}

function declaredDefault(type: ColumnType, expression: string | null): DeclaredDefault | null {
  if (expression === null) return null
  if (type.kind === 'timestamp' && /^current_timestamp(?:\(\d*\))?(?: on update |$)/i.test(expression))
    return { kind: 'now' }
  const [, text] = /^'((?:[^'\\]|'')*)'$/.exec(expression) ?? []
  return text === undefined ? declaredNumber(type, expression) : declaredValue(type, text.replaceAll("''", "'"))
}
