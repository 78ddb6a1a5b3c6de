import { doubleQuoteName as quote, quoteText } from '../../../schema/index.ts'

/** `nextval('public."Items_id_seq"'::regclass)` → `Items_id_seq`; null where a default asks no sequence. */
export function sequenceIn(expression: string | null): string | null {
  const literal = /^nextval\('((?:[^']|'')+)'::regclass\)$/.exec(expression ?? '')?.[1]?.replaceAll("''", "'")
  if (literal === undefined) return null
  const quoted = /"((?:[^"]|"")+)"$/.exec(literal)?.[1]
  return quoted?.replaceAll('""', '"') ?? literal.slice(literal.lastIndexOf('.') + 1)
}

/** The sequence that a column owns, whether identity or serial, as an expression. */
function sequenceOf(table: string, column: string): string {
  return `pg_get_serial_sequence(${quoteText(quote(table))}, ${quoteText(column)})`
}

/**
 * Behind the highest key, and never back: a number that was handed out is not handed out again. A numbering that is there already
 * is left alone, for others may be taking numbers meanwhile. `former`, the name of a sequence that numbered the rows before,
 * counts too.
 */
export function resyncIdentity(table: string, column: string, former: string | null = null): string {
  const sequence = `${sequenceOf(table, column)}::regclass`
  const highestKey = `(select coalesce(max(${quote(column)}), 0) from ${quote(table)})`
  const before = former === null ? '' : `, ${lastOf(`${quoteText(quote(former))}::regclass`)}`
  const highest = `select greatest(${highestKey}${before}) as highest`
  return `select setval(${sequence}, highest) as last from (${highest}) keys where highest > ${lastOf(sequence)}`
}

/** Lets another sequence go on where the column's own is. */
export function keepNumbering(table: string, column: string, quotedSequence: string): string {
  const sequence = `${sequenceOf(table, column)}::regclass`
  const last = `select pg_sequence_last_value(${sequence}) as last`
  return `select setval(${quoteText(quotedSequence)}::regclass, last) as last from (${last}) own where last is not null`
}

/** What a sequence has handed out last; without having, what is before its first. Takes no number, as nextval would. */
function lastOf(sequence: string): string {
  const beforeFirst = `(select seqstart - seqincrement from pg_sequence where seqrelid = ${sequence})`
  return `coalesce(pg_sequence_last_value(${sequence}), ${beforeFirst})`
}

/** The name that PostgreSQL gives the sequence of a column, where it need not be cut or counted. */
export function usualSequence(table: string, column: string): string {
  return `${table}_${column}_seq`
}
