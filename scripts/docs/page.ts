import { expectedOutput } from './expected-output.ts'

/** What is done with a page, in its order. */
export type Step =
  | { readonly kind: 'run'; readonly file: string; readonly expected: string }
  | { readonly kind: 'serve'; readonly file: string }
  | { readonly kind: 'console'; readonly line: number; readonly commands: readonly Command[] }

export interface Command {
  readonly command: string
  readonly expected: string
}

/** A page of Markdown as a folder of code. */
export interface Page {
  /** From the root of the repository. */
  readonly path: string
  /** Each piece of code stands on the line that it has in the page, so that errors name the page's lines. */
  readonly files: ReadonlyMap<string, string>
  readonly steps: readonly Step[]
}

interface Block {
  readonly language: string
  readonly marks: readonly string[]
  /** Of its first line of code, from 1. */
  readonly line: number
  readonly code: string
}

const fence = /^(`{3,})(\S*)(.*)\n([^]*?)^\1 *$/gm
const fileMark = /^file=((?:[\w-]+\/)*[\w.-]+\.ts)$/
const otherNames: readonly string[] = ['typescript', 'TypeScript', 'TS', 'js', 'javascript', 'mjs']

/** Reads a page by the convention in CONTRIBUTING.md; throws where a block is marked otherwise, with the page's line. */
export function pageOf(path: string, markdown: string): Page {
  const blocks = blocksOf(markdown)
  const problem = blocks.map(problemOf).find((found) => found !== null)
  if (problem !== undefined && problem !== null) throw new Error(`${path}:${problem}`)
  const code = blocks.filter(({ language }) => language === 'ts')
  const files = new Map(
    Map.groupBy(code, fileOf)
      .entries()
      .map(([file, parts]) => [file, padded(parts)]),
  )
  return { path, files, steps: stepsOf(blocks) }
}

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(fence)].map((match) => {
    const [, , language = '', info = '', code = ''] = match
    const line = markdown.slice(0, match.index).split('\n').length + 1
    return { language, marks: info.split(/\s+/).filter((mark) => mark !== ''), line, code }
  })
}

function problemOf({ language, marks, line }: Block): string | null {
  const isConsole = language === 'console'
  if (otherNames.includes(language)) return `${line - 1}: a block of ${language} is not checked: write ts`
  const isKnown = (mark: string) =>
    language === 'ts' ? isRunning(mark) || fileMark.test(mark) : mark === 'output' || (mark === 'run' && isConsole)
  const unknown = marks.find((mark) => !isKnown(mark))
  return unknown === undefined ? null : `${line - 1}: a block is marked ${unknown}, which means nothing`
}

function isRunning(mark: string): boolean {
  return mark === 'run' || mark === 'serve'
}

/** A block without a name is a module of its own. */
function fileOf({ marks, line }: Block): string {
  return marks.map((mark) => fileMark.exec(mark)?.[1]).find((name) => name !== undefined) ?? `example-${line}.ts`
}

function padded(blocks: readonly Block[]): string {
  const lines: string[] = []
  for (const { line, code } of blocks) {
    while (lines.length < line - 1) lines.push('')
    lines.push(...code.trimEnd().split('\n'))
  }
  return `${lines.join('\n')}\n`
}

/** A file runs where its last block stands. */
function stepsOf(blocks: readonly Block[]): readonly Step[] {
  return blocks.flatMap((block, at): readonly Step[] => {
    if (block.language !== 'ts') return block.marks.includes('run') ? [consoleStep(block)] : []
    const file = fileOf(block)
    const parts = blocks.filter((other) => other.language === 'ts' && fileOf(other) === file)
    if (parts.at(-1) !== blocks[at]) return []
    if (parts.some(({ marks }) => marks.includes('serve'))) return [{ kind: 'serve', file }]
    if (!parts.some(({ marks }) => marks.includes('run'))) return []
    const expected = [...parts.map(({ code }) => expectedOutput(code)), outputAfter(blocks, at)]
    return [{ kind: 'run', file, expected: expected.join('\n').trim() }]
  })
}

/** What the page shows as printed, in a block of its own. */
function outputAfter(blocks: readonly Block[], at: number): string {
  const next = blocks[at + 1]
  return next?.marks.includes('output') ? next.code : ''
}

/** `$ command`, then what it prints. */
function consoleStep({ line, code }: Block): Step {
  const commands = code
    .split(/^\$ /m)
    .slice(1)
    .map((text): Command => {
      const [command = '', ...output] = text.split('\n')
      return { command, expected: output.join('\n') }
    })
  return { kind: 'console', line, commands }
}
