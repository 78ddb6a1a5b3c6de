/**
 * What a piece of code says it prints: `// → text` beside a statement, or on a line of its own with the comment lines below it.
 */
export function expectedOutput(code: string): string {
  const expected: string[] = []
  let continues = false
  for (const line of code.split('\n')) {
    const comment = /^\s*\/\/ ?(.*)$/.exec(line)?.[1]
    const [, arrow] = /\/\/ → (.*)$/.exec(line) ?? []
    if (arrow !== undefined) expected.push(arrow)
    else if (continues && comment !== undefined) expected.push(comment)
    continues = comment !== undefined && (arrow !== undefined || continues)
  }
  return expected.join('\n')
}

/** In any spacing; `…` stands for anything. */
export function isAsExpected(printed: string, expected: string): boolean {
  const parts = inOneLine(expected).split('…').map(escaped)
  return new RegExp(`^${parts.join('.*?')}$`, 's').test(inOneLine(printed))
}

export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
