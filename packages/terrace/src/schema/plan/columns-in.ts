import type { ColumnShape, TableShape } from '../snapshot.ts'

/** The columns that a condition names, as any engine prints it: what is in texts, a function's or a type's name is none. */
export function columnsIn(expression: string, { columns }: TableShape): readonly ColumnShape[] {
  const withoutTexts = expression.replaceAll(/'(?:[^'\\]|\\.|'')*'/gs, "''")
  return columns.filter(({ name }) => {
    const quoted = name.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
    return new RegExp(String.raw`(?<![\p{L}\p{N}_:])${quoted}(?![\p{L}\p{N}_(])`, 'iu').test(withoutTexts)
  })
}
