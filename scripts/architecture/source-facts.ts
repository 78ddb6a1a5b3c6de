import { parseSync, visitorKeys, type Node } from 'oxc-parser'

/** Another module named in a file: by `import`, `export … from`, `import()`, `import('…').T`, `require()`. */
export interface ImportFact {
  readonly specifier: string
  readonly line: number
}

/** An identifier or the text of a string, template or regular expression. */
export interface WordFact {
  readonly text: string
  readonly line: number
}

export interface FunctionFact {
  readonly name: string
  readonly line: number
  readonly codeLines: number
  /** The code lines that are in no function nested inside this one. */
  readonly ownCodeLines: number
}

export interface SourceFacts {
  readonly imports: readonly ImportFact[]
  /** Lines of `import()` whose path is put together at run time from a relative beginning. */
  readonly computedImports: readonly number[]
  readonly words: readonly WordFact[]
  readonly functions: readonly FunctionFact[]
  readonly codeLines: number
}

interface Walk {
  readonly lines: LineTable
  readonly imports: ImportFact[]
  readonly computedImports: number[]
  readonly words: WordFact[]
  readonly functions: FunctionSpan[]
}

interface FunctionSpan {
  readonly name: string
  readonly firstLine: number
  readonly lastLine: number
}

interface LineTable {
  /** One-based line of a character offset. */
  readonly lineAt: (offset: number) => number
  /** Whether each one-based line holds code: more than blanks and comments. */
  readonly isCode: readonly boolean[]
}

type AnyNode = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>

/** Everything that the rules ask of one file; throws when the file does not parse. */
export function readSourceFacts(path: string, text: string): SourceFacts {
  const parsed = parseSync(path, text)
  const [error] = parsed.errors
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`)
  const lines = lineTable(text, parsed.comments)
  const walk: Walk = { lines, imports: [], computedImports: [], words: [], functions: [] }
  visit(parsed.program as unknown as AnyNode, undefined, walk)
  return {
    imports: walk.imports,
    computedImports: walk.computedImports,
    words: walk.words,
    functions: walk.functions.map((span) => functionFact(span, walk.functions, lines.isCode)),
    codeLines: lines.isCode.filter(Boolean).length,
  }
}

function lineTable(text: string, comments: readonly { readonly start: number; readonly end: number }[]): LineTable {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const code = withoutComments(text, comments).split('\n')
  return {
    lineAt: (offset) => lastAtOrBefore(starts, offset) + 1,
    isCode: [false, ...code.map((line) => line.trim() !== '')],
  }
}

function withoutComments(text: string, comments: readonly { readonly start: number; readonly end: number }[]): string {
  let result = ''
  let from = 0
  for (const { start, end } of comments) {
    result += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ')
    from = end
  }
  return result + text.slice(from)
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function visit(node: AnyNode, parent: AnyNode | undefined, walk: Walk): void {
  readers[node.type]?.(node, parent, walk)
  for (const key of visitorKeys[node.type] ?? []) {
    const child = node[key]
    for (const item of Array.isArray(child) ? child : [child]) {
      if (isNode(item)) visit(item, node, walk)
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value
}

type Reader = (node: AnyNode, parent: AnyNode | undefined, walk: Walk) => void

const readers: Readonly<Record<string, Reader>> = {
  ImportDeclaration: readModuleName,
  ExportAllDeclaration: readModuleName,
  ExportNamedDeclaration: readModuleName,
  TSImportType: readModuleName,
  ImportExpression: readDynamicImport,
  TSExternalModuleReference: (node, _parent, walk) => addImport(node['expression'], walk),
  CallExpression: readRequire,
  Identifier: (node, _parent, walk) => addWord(node, node['name'], walk),
  PrivateIdentifier: (node, _parent, walk) => addWord(node, node['name'], walk),
  Literal: readLiteral,
  TemplateElement: (node, _parent, walk) => addWord(node, (node['value'] as { raw: string }).raw, walk),
  FunctionDeclaration: readFunction,
  FunctionExpression: readFunction,
  ArrowFunctionExpression: readFunction,
} satisfies Partial<Record<Node['type'], Reader>>

function readModuleName(node: AnyNode, _parent: AnyNode | undefined, walk: Walk): void {
  addImport(node['source'], walk)
}

function readDynamicImport(node: AnyNode, _parent: AnyNode | undefined, walk: Walk): void {
  const source = node['source']
  addImport(source, walk)
  if (isNode(source) && relativeBeginning(source)) walk.computedImports.push(walk.lines.lineAt(node.start))
}

/** Whether an expression is put together from parts of which the first is the beginning of a relative path. */
function relativeBeginning(source: AnyNode): boolean {
  if (source.type === 'TemplateLiteral') {
    const [first] = source['quasis'] as readonly { value: { raw: string } }[]
    return first?.value.raw.startsWith('.') ?? false
  }
  if (source.type !== 'BinaryExpression') return false
  const left = source['left'] as AnyNode
  return relativeBeginning(left) || (typeof left['value'] === 'string' && left['value'].startsWith('.'))
}

function readRequire(node: AnyNode, _parent: AnyNode | undefined, walk: Walk): void {
  const callee = node['callee'] as AnyNode
  if (callee['name'] === 'require') addImport((node['arguments'] as readonly unknown[])[0], walk)
}

function addImport(source: unknown, walk: Walk): void {
  if (!isNode(source) || typeof source['value'] !== 'string') return
  walk.imports.push({ specifier: source['value'], line: walk.lines.lineAt(source.start) })
}

function readLiteral(node: AnyNode, _parent: AnyNode | undefined, walk: Walk): void {
  const pattern = node['regex'] as { pattern: string } | undefined
  addWord(node, pattern?.pattern ?? node['value'], walk)
}

function addWord(node: AnyNode, text: unknown, walk: Walk): void {
  if (typeof text === 'string') walk.words.push({ text, line: walk.lines.lineAt(node.start) })
}

function readFunction(node: AnyNode, parent: AnyNode | undefined, walk: Walk): void {
  walk.functions.push({
    name: functionName(node, parent),
    firstLine: walk.lines.lineAt(node.start),
    lastLine: walk.lines.lineAt(node.end - 1),
  })
}

function functionName(node: AnyNode, parent: AnyNode | undefined): string {
  for (const named of [node['id'], parent?.['key'], parent?.['id']]) {
    if (!isNode(named)) continue
    const name = named['name'] ?? named['value']
    if (typeof name === 'string') return name
  }
  return 'an anonymous function'
}

function functionFact(span: FunctionSpan, all: readonly FunctionSpan[], isCode: readonly boolean[]): FunctionFact {
  const nested = all.filter((other) => other !== span && isInside(other, span))
  const lines = range(span.firstLine, span.lastLine).filter((line) => isCode[line])
  const own = lines.filter((line) => !nested.some((inner) => inner.firstLine <= line && line <= inner.lastLine))
  return { name: span.name, line: span.firstLine, codeLines: lines.length, ownCodeLines: own.length }
}

function isInside(inner: FunctionSpan, outer: FunctionSpan): boolean {
  return outer.firstLine <= inner.firstLine && inner.lastLine <= outer.lastLine
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
