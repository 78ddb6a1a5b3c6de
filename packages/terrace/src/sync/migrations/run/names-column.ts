import { mentions } from './mentions.ts'

/** A word of these is a column's only within quotes: bare it is the statement's own. */
const ownWords: ReadonlySet<string> = new Set(
  (
    'abort add alter and as asc between by check collate column constraint create default delete desc drop foreign from in index ' +
    'insert into is key not null on or order primary references rename select set table to unique update where'
  ).split(' '),
)

/**
 * Whether a statement may mean a column of a table, which goes by one of these names. Another table that refers to it has columns of
 * its own, and a text is no table: a table that is made anew in the place of the former one names neither what it leaves out.
 */
export function namesColumn(sql: string, { column, tables }: { column: string; tables: readonly string[] }): boolean {
  if (!tables.some((table) => mentions(withoutOthers(sql, table), table))) return false
  return ownWords.has(column.toLowerCase()) ? isQuoted(sql.toLowerCase(), column.toLowerCase()) : mentions(sql, column)
}

function withoutOthers(sql: string, table: string): string {
  const name = table.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`)
  return sql.replaceAll(
    new RegExp(`\\breferences\\s+["\`[]?${name}(?![\\p{L}\\p{N}_$])["\`\\]]?|'${name}'`, 'giu'),
    ' ',
  )
}

function isQuoted(sql: string, word: string): boolean {
  return [`"${word}"`, `\`${word}\``, `[${word}]`].some((quoted) => sql.includes(quoted))
}
