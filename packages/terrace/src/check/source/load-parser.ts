import { errors } from '../../errors/index.ts'
import type { Syntax, VisitorKeys } from './syntax.ts'

const packageName = 'oxc-parser'

/** What is asked of the parser's package. */
export interface Parser {
  parseSync(
    file: string,
    text: string,
  ): {
    readonly program: unknown
    readonly errors: readonly {
      readonly message: string
      readonly labels: readonly { readonly start: number }[]
    }[]
  }
  readonly visitorKeys: VisitorKeys
}

export type ImportParser = () => Promise<unknown>

/** The parser's package, which only who reads source needs. Error: `CHECK_PARSER_MISSING` where it is not installed. */
export async function loadParser(importParser: ImportParser = () => import('oxc-parser')): Promise<Parser> {
  try {
    return (await importParser()) as Parser
  } catch (error) {
    if (!isMissing(error)) throw error
    throw errors.CHECK_PARSER_MISSING({ values: { package: packageName }, cause: error })
  }
}

/** The package itself, not one that it needs. */
function isMissing(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(`'${packageName}'`)
}

/** A file, or why it is none. */
export type Parsed =
  | { readonly kind: 'parsed'; readonly program: Syntax; lineAt(offset: number): number }
  | { readonly kind: 'unparsed'; readonly line: number; readonly message: string }

export function parseText({ parseSync }: Parser, file: string, text: string): Parsed {
  const { program, errors: found } = parseSync(file, text)
  const lineAt = lineTable(text)
  const [first] = found
  if (first === undefined) return { kind: 'parsed', program: program as Syntax, lineAt }
  return { kind: 'unparsed', line: lineAt(first.labels[0]?.start ?? 0), message: first.message }
}

/** One-based line of an offset. */
function lineTable(text: string): (offset: number) => number {
  let starts: number[] | null = null
  return (offset) => {
    starts ??= lineStarts(text)
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
