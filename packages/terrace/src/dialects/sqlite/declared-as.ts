import {
  declaredNumber,
  declaredValue,
  doubleQuoteName,
  type ColumnShape,
  type DeclaredAs,
  type DeclaredDefault,
  type TableShape,
} from '../../schema/index.ts'
import type { ColumnType } from '../../model/index.ts'
import { affinityOf, type Affinity } from './affinity.ts'
import { rowidAlias } from './settle-table.ts'
import { decimalTypeOf, holdsJson, isTruthValue, wholeTypeOf } from './stored-meaning.ts'

interface Read {
  readonly type: ColumnType
  /** Of the kinds of values that SQLite has, those that the type reads; a column that is not strict can have any. */
  readonly kinds: readonly string[]
  readonly offending?: string
  readonly note?: string
}

/** By what the engine makes of a type's name, and by the CHECKs that say what a number or a text means. */
export function declaredAs(column: ColumnShape, table: TableShape): DeclaredAs {
  if (column.generated !== null) return native(column.type, 'computed by the database')
  if (column.type === '' || affinityIn(table, column) === 'ANY') return native('any', 'can have values of any kind')
  const { type, kinds, offending = null, note = null } = readOf(column, table)
  return {
    kind: 'column',
    type,
    default: declaredDefault(type, column.default),
    offending: conditions(otherKinds(column, table, kinds), offending),
    note,
  }
}

function native(name: string, note: string): DeclaredAs {
  return { kind: 'native', name: name === '' ? 'any' : name, note }
}

function affinityIn({ options }: TableShape, { type }: ColumnShape): Affinity {
  const affinity = affinityOf(type)
  return affinity === 'ANY' && options['strict'] !== 'yes' ? 'NUMERIC' : affinity
}

function readOf(column: ColumnShape, table: TableShape): Read {
  if (rowidAlias(table) === column.name || column.identity !== null) {
    return { type: { kind: 'identity' }, kinds: ['integer'] }
  }
  const affinity = affinityIn(table, column)
  if (affinity === 'BLOB') return { type: { kind: 'bytes' }, kinds: ['blob'] }
  if (affinity === 'TEXT') return textOf(column, table)
  if (affinity === 'REAL') return { type: { kind: 'float' }, kinds: ['real'] }
  return affinity === 'INTEGER' ? wholeOf(column, table) : numericOf(column, table)
}

function textOf(column: ColumnShape, table: TableShape): Read {
  const type: ColumnType = holdsJson(table, column.name) ? { kind: 'json' } : { kind: 'text', maxLength: null }
  return { type, kinds: ['text'] }
}

/** Whole numbers have 64 bits here whatever the type is called: fewer only where a CHECK says so. */
function wholeOf(column: ColumnShape, table: TableShape): Read {
  const meant: ColumnType | null = isTruthValue(table, column.name)
    ? { kind: 'boolean' }
    : (decimalTypeOf(table, column.name) ?? wholeTypeOf(table, column.name))
  return { type: meant ?? { kind: 'bigint' }, kinds: ['integer'] }
}

/**
 * A number where it looks like one, else whatever it was. Programs write days and times into columns of such names as texts, which
 * stay texts; which they are is asked of the rows.
 */
function numericOf(column: ColumnShape, table: TableShape): Read {
  const [word = ''] = column.type.toUpperCase().split(/\W/)
  if (instants.has(word)) {
    const note = `${column.type} kept as text: as other programs write it, which has no type for it here`
    return { type: { kind: 'text', maxLength: null }, kinds: ['text'], note }
  }
  if (truths.has(word)) {
    if (isTruthValue(table, column.name)) return { type: { kind: 'boolean' }, kinds: ['integer'] }
    const offending = `${doubleQuoteName(column.name)} not between -32768 and 32767`
    const note = `${column.type} kept as a number: nothing says that it is 0 or 1`
    return { type: { kind: 'smallint' }, kinds: ['integer'], offending, note }
  }
  const name = doubleQuoteName(column.name)
  const most = Number.MAX_SAFE_INTEGER
  const offending = `typeof(${name}) = 'integer' and ${name} not between -${most} and ${most}`
  const note = `${column.type} kept as a double: it is no exact decimal here`
  return { type: { kind: 'float' }, kinds: ['integer', 'real'], offending, note }
}

const instants: ReadonlySet<string> = new Set(['DATE', 'DATETIME', 'TIME', 'TIMESTAMP', 'TIMESTAMPTZ'])
const truths: ReadonlySet<string> = new Set(['BOOLEAN', 'BOOL'])

function otherKinds({ name }: ColumnShape, { options }: TableShape, kinds: readonly string[]): string | null {
  if (options['strict'] === 'yes') return null
  return `typeof(${doubleQuoteName(name)}) not in (${[...kinds, 'null'].map((kind) => `'${kind}'`).join(', ')})`
}

function conditions(...all: readonly (string | null)[]): string | null {
  const given = all.filter((condition) => condition !== null)
  return given.length === 0 ? null : given.join(' or ')
}

function declaredDefault(type: ColumnType, expression: string | null): DeclaredDefault | null {
  if (expression === null) return null
  const [, text] = /^'((?:[^']|'')*)'$/.exec(expression) ?? []
  if (text !== undefined) return declaredValue(type, text.replaceAll("''", "'"))
  return declaredNumber(type, expression.replaceAll(' ', ''))
}
