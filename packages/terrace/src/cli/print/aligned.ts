/** Rows of cells as lines, each column as wide as its widest cell; the last one runs free. Widths are of characters as shown. */
export function aligned(rows: readonly (readonly string[])[], indent = ''): readonly string[] {
  const widths = rows.reduce<readonly number[]>((widest, row) => {
    const cells = Array.from({ length: Math.max(widest.length, row.length) })
    return cells.map((_, at) => Math.max(widest[at] ?? 0, shownLength(row[at] ?? '')))
  }, [])
  return rows.map((row) => {
    const cells = row.map((cell, at) => {
      const isLast = at === row.length - 1
      return isLast ? cell : cell + ' '.repeat((widths[at] ?? 0) - shownLength(cell))
    })
    return `${indent}${cells.join('  ')}`.trimEnd()
  })
}

// eslint-disable-next-line no-control-regex -- colours are control characters
const colour = /\u001B\[\d+(?:;\d+)*m/g

function shownLength(text: string): number {
  return [...text.replaceAll(colour, '')].length
}
