import type { ColumnShape, TableShape } from '../snapshot.ts'

/** The columns that a condition names, as any engine prints it: what is in texts, a function's or a type's name is none. */
export function columnsIn(expression: string, { columns }: TableShape): readonly ColumnShape[] {
  const withoutTexts = expression.replaceAll(quoted, (part) => (part.startsWith("'") ? "''" : part))
  return columns.filter(({ name }) => {
    const spellings = new Set([name, name.replaceAll('"', '""'), name.replaceAll('`', '``')])
    const words = [...spellings].map((spelling) => spelling.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`))
    return new RegExp(`(?<![\\p{L}\\p{N}_:])(?:${words.join('|')})(?![\\p{L}\\p{N}_(])`, 'iu').test(withoutTexts)
  })
}

/** Names and texts: a name may have the other's quote in it. */
const quoted = /"(?:[^"]|"")*"|`(?:[^`]|``)*`|'(?:[^'\\]|\\.|'')*'/gs
