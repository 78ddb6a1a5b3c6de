import type { WitnessedTable } from '../../../database/index.ts'

/** What rows of a dump are told to. */
export type TakeRow = (table: string, columns: readonly string[], values: readonly unknown[]) => void

interface Insert {
  readonly table: string
  /** Those that are asked for. */
  readonly columns: readonly string[]
  /** For each value that stands there; null for one that nobody asked for. */
  readonly readers: readonly (ReadValue | null)[]
}

const newline = 0x0a

/**
 * Reads the rows back out of a dump while it is written, so that its sums are of exactly what is in it: no transaction of another
 * connection sees the dump's own moment without rights that few users have. A text's line ends are escaped, so that a line
 * is a statement or some whole rows of one. Source: mysqldump.c, dump_table.
 */
export class DumpedRows {
  private readonly tables: ReadonlyMap<string, WitnessedTable>
  private readonly take: TakeRow
  private readonly parts: Buffer[] = []
  private insert: Insert | null = null
  /** Between these two lines stand triggers, routines and events, whose own lines may be anything. */
  private isInBody = false

  constructor(tables: readonly WitnessedTable[], take: TakeRow) {
    this.tables = new Map(tables.map((table) => [table.name, table]))
    this.take = take
  }

  /** The next bytes of the dump. */
  add(chunk: Buffer): void {
    let begin = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, begin)) {
      this.parts.push(chunk.subarray(begin, end))
      this.line(Buffer.concat(this.parts))
      this.parts.length = 0
      begin = end + 1
    }
    // A copy: the stream may use its buffer again.
    if (begin < chunk.length) this.parts.push(Buffer.from(chunk.subarray(begin)))
  }

  private line(written: Buffer): void {
    if (written.subarray(0, delimiter.length).equals(delimiter))
      this.isInBody = written.toString('latin1') === 'DELIMITER ;;'
    if (this.isInBody) return
    if (this.insert === null && !written.subarray(0, insertInto.length).equals(insertInto)) return
    const line = written.toString('utf8')
    let at = 0
    if (this.insert === null) {
      const begun = readInsert(line, this.tables)
      if (begun === null) return
      this.insert = begun.insert
      at = begun.end
    }
    this.rows(line, at, this.insert)
  }

  /** `(1,'a'),(2,'b');` to the end of the line, which ends the statement with its semicolon. */
  private rows(line: string, begin: number, { table, columns, readers }: Insert): void {
    let at = begin
    while (at < line.length) {
      const next = line[at]
      if (next === ';') this.insert = null
      if (next !== '(') {
        at += 1
        continue
      }
      const row = readRow(line, at + 1, readers)
      this.take(table, columns, row.values)
      at = row.end
    }
  }
}

const delimiter = Buffer.from('DELIMITER ')
const insertInto = Buffer.from('INSERT INTO `')

/** Null for a table that nobody asked for: its rows are lines that begin otherwise, or the same line. */
function readInsert(
  line: string,
  tables: ReadonlyMap<string, WitnessedTable>,
): { readonly insert: Insert; readonly end: number } | null {
  const head = /^INSERT INTO (`(?:[^`]|``)+`) \(((?:`(?:[^`]|``)+`(?:, ?)?)+)\) VALUES\s*/.exec(line)
  if (head === null) throw new Error('an INSERT of the dump names no columns')
  const table = tables.get(nameIn(head[1] ?? ''))
  if (table === undefined) return null
  const columns = [...(head[2] ?? '').matchAll(/`(?:[^`]|``)+`/g)].map(([quoted]) => nameIn(quoted))
  const types = new Map(table.columns.map(({ name, type }) => [name, type]))
  const asked = columns.filter((name) => types.has(name))
  const readers = columns.map((name) => (types.has(name) ? readerOf(types.get(name) ?? '') : null))
  return { insert: { table: table.name, columns: asked, readers }, end: head[0].length }
}

function nameIn(quoted: string): string {
  return quoted.slice(1, -1).replaceAll('``', '`')
}

interface ReadRow {
  readonly values: readonly unknown[]
  /** Behind the closing parenthesis. */
  readonly end: number
}

function readRow(line: string, begin: number, readers: Insert['readers']): ReadRow {
  const values: unknown[] = []
  let at = begin
  for (const read of readers) {
    const token = line[at] === `'` ? readText(line, at + 1) : readBare(line, at)
    if (read !== null) values.push(token.text === null ? null : read(token.text))
    at = token.end
    const after = line[at]
    if (after !== ',' && after !== ')') throw new Error('a row of the dump cannot be read')
    at += 1
  }
  if (line[at - 1] !== ')') throw new Error('a row of the dump has more values than columns')
  return { values, end: at }
}

interface Token {
  /** Null for NULL. */
  readonly text: string | null
  readonly end: number
}

function readBare(line: string, begin: number): Token {
  let end = begin
  while (end < line.length && line[end] !== ',' && line[end] !== ')') end += 1
  const text = line.slice(begin, end)
  // MySQL says what is no text: `_binary ''`.
  if (text === `_binary ''`) return { text: '', end }
  return { text: text === 'NULL' ? null : text.replace(/^_binary /, ''), end }
}

const backslash = 0x5c
const quote = 0x27

/** To the closing quote. Source: MySQL manual, "String Literals". */
function readText(line: string, begin: number): Token {
  let text = ''
  let from = begin
  for (let at = begin; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if (code === backslash) {
      text += line.slice(from, at) + (escapes[line[at + 1] ?? ''] ?? line[at + 1] ?? '')
      at += 1
      from = at + 1
    } else if (code === quote) {
      if (line.charCodeAt(at + 1) !== quote) return { text: text + line.slice(from, at), end: at + 1 }
      text += line.slice(from, at + 1)
      at += 1
      from = at + 1
    }
  }
  throw new Error('a text of the dump does not end on its line')
}

const escapes: Readonly<Record<string, string>> = { 0: '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\u001a' }

type ReadValue = (text: string) => unknown

/** A value as the driver gives it, by the type as the catalogue has it. */
function readerOf(type: string): ReadValue {
  if (/^(?:tiny|small|medium|big)?int|^year/.test(type)) return wholeNumber
  if (type.startsWith('float')) return (text) => Math.fround(Number(text))
  if (/^(?:double|real)/.test(type)) return Number
  if (/^(?:(?:var)?binary|(?:tiny|medium|long)?blob|bit)/.test(type)) return bytes
  // The driver writes no zeros at the end of a time's fraction.
  if (/^time(?!stamp)/.test(type)) return (text) => text.replace(/(?:\.|(\.\d*?))0+$/, '$1')
  return (text) => text
}

function wholeNumber(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

/** `0x00ff`; what is empty is an empty text. */
function bytes(text: string): Uint8Array {
  return Buffer.from(text.startsWith('0x') ? text.slice(2) : '', 'hex')
}
