import type { Expression } from './expression.ts'

const width = 100

/** Where an expression begins, and how much stands behind it on its last line. */
interface Place {
  readonly indent: number
  /** Characters before it on its first line, the indentation included. */
  readonly column: number
  readonly behind: number
}

/** An expression as source text in the style of the documentation, in lines of 100 characters where that is possible. */
export function printExpression(expression: Expression, place: Place = { indent: 0, column: 0, behind: 0 }): string {
  const flat = flatText(expression)
  if (flat !== null && place.column + flat.length + place.behind <= width) return flat
  switch (expression.kind) {
    case 'record':
      return block('{', '}', { lines: expression.entries.map(entryLine(place)), place })
    case 'list':
      return block('[', ']', { lines: expression.items.map(itemLine(place)), place })
    case 'call':
      return expression.function + printGiven(expression.given, after(place, expression.function))
    case 'method':
      return printChain(expression, place)
    default:
      return flat ?? ''
  }
}

/** On one line; null where something in it has lines of its own. */
function flatText(expression: Expression): string | null {
  switch (expression.kind) {
    case 'literal':
      return literalText(expression.value)
    case 'list':
      return isTable(expression.items) ? null : joined(expression.items.map(flatText), '[', ']')
    case 'record':
      return flatRecord(expression)
    case 'call':
      return joined(expression.given.map(flatText), `${expression.function}(`, ')')
    case 'method': {
      if (isAlwaysOpen(expression)) return null
      const on = flatText(expression.on)
      const given = joined(expression.given.map(flatText), '(', ')')
      return on === null || given === null ? null : `${on}.${expression.method}${given}`
    }
    case 'model':
      return expression.name
    case 'now':
      return expression.isText ? '() => new Date().toISOString()' : '() => new Date()'
  }
}

/** Several records of several entries stand below each other. */
function isTable(items: readonly Expression[]): boolean {
  const isRow = (item: Expression): boolean => item.kind === 'record' && item.entries.length > 1
  const isLine = (item: Expression): boolean => item.kind === 'list' && item.items.length > 1
  return items.length > 1 && (items.every(isRow) || items.every(isLine))
}

function flatRecord({ entries, isOpen }: Extract<Expression, { kind: 'record' }>): string | null {
  if (entries.length === 0) return '{}'
  if (isOpen) return null
  const parts = entries.map(([key, value]) => {
    const text = flatText(value)
    return text === null ? null : isShorthand(key, value) ? key : `${keyText(key)}: ${text}`
  })
  return joined(parts, '{ ', ' }')
}

function joined(parts: readonly (string | null)[], open: string, close: string): string | null {
  return parts.includes(null) ? null : `${open}${parts.join(', ')}${close}`
}

function isShorthand(key: string, value: Expression): boolean {
  return value.kind === 'model' && value.name === key
}

interface Block {
  readonly lines: readonly string[]
  readonly place: Place
}

function block(open: string, close: string, { lines, place: { indent } }: Block): string {
  const inner = lines.map((line) => `${' '.repeat(indent + 2)}${line},\n`)
  return `${open}\n${inner.join('')}${' '.repeat(indent)}${close}`
}

function itemLine({ indent }: Place) {
  return (item: Expression): string => printExpression(item, { indent: indent + 2, column: indent + 2, behind: 1 })
}

function entryLine({ indent }: Place) {
  return ([key, value]: readonly [string, Expression]): string => {
    if (isShorthand(key, value)) return key
    const name = `${keyText(key)}: `
    const text = value.kind === 'literal' && typeof value.value === 'string' ? literalText(value.value) : ''
    if (indent + 2 + name.length + text.length + 1 > width) return `${name.trimEnd()}\n${' '.repeat(indent + 4)}${text}`
    return name + printExpression(value, { indent: indent + 2, column: indent + 2 + name.length, behind: 1 })
  }
}

function after(place: Place, text: string): Place {
  return { ...place, column: place.column + text.length }
}

/** A last argument that is alone of its kind stays beside the parenthesis; else each has a line of its own. */
function printGiven(given: readonly Expression[], place: Place): string {
  const last = given.at(-1)
  if (last === undefined) return '()'
  const others = joined(given.slice(0, -1).map(flatText), '(', given.length > 1 ? ', ' : '')
  const isAlone = (last.kind === 'record' || last.kind === 'list') && given.at(-2)?.kind !== last.kind
  if (isAlone && others !== null && place.column + others.length + 2 <= width) {
    return `${others}${printExpression(last, { ...after(place, others), behind: place.behind + 1 })})`
  }
  return block('(', ')', { lines: given.map(itemLine(place)), place })
}

/** With methods whose arguments are more than plain values, each has a line of its own. */
function isAlwaysOpen(expression: Expression): boolean {
  const { first, methods } = chainOf(expression)
  const given = [...(first.kind === 'call' ? first.given : []), ...methods.flatMap((each) => each.given)]
  return methods.length > 1 && !given.every(isSimple)
}

function isSimple(argument: Expression): boolean {
  if (argument.kind === 'record') return argument.entries.every(([, value]) => isPlain(value))
  return argument.kind !== 'now'
}

function isPlain(value: Expression): boolean {
  return value.kind === 'literal' || value.kind === 'list' || value.kind === 'model'
}

/** Up to two methods stay on the line of what they are called on, and the last may open; more have a line each. */
function printChain(expression: Extract<Expression, { kind: 'method' }>, place: Place): string {
  const { first, methods } = chainOf(expression)
  const start = printExpression(first, place)
  if (methods.length > 2 || isAlwaysOpen(expression)) {
    const indent = place.indent + 2
    const lines = methods.map(({ method, given }, at) => {
      const behind = at === methods.length - 1 ? place.behind : 0
      return `\n${' '.repeat(indent)}${printMethod({ method, given }, { indent, column: indent, behind })}`
    })
    return start + lines.join('')
  }
  let printed = start
  for (const [at, each] of methods.entries()) {
    const isLast = at === methods.length - 1
    const column = printed.includes('\n')
      ? printed.length - printed.lastIndexOf('\n') - 1
      : place.column + printed.length
    printed += printMethod(each, { indent: place.indent, column, behind: isLast ? place.behind : 0 })
  }
  return printed
}

interface MethodCall {
  readonly method: string
  readonly given: readonly Expression[]
}

function printMethod({ method, given }: MethodCall, place: Place): string {
  const flat = joined(given.map(flatText), '(', ')')
  const name = `.${method}`
  if (flat !== null && place.column + name.length + flat.length + place.behind <= width) return name + flat
  return name + printGiven(given, after(place, name))
}

function chainOf(expression: Expression): { readonly first: Expression; readonly methods: readonly MethodCall[] } {
  if (expression.kind !== 'method') return { first: expression, methods: [] }
  const { first, methods } = chainOf(expression.on)
  return { first, methods: [...methods, expression] }
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)
}

function literalText(value: Extract<Expression, { kind: 'literal' }>['value']): string {
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'bigint' ? `${value}n` : String(value)
}

/** In the quotes that need fewer escapes, single ones where that is the same. */
function quoted(text: string): string {
  const count = (quote: string): number => text.split(quote).length
  const quote = count("'") > count('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
  return quote + escaped + quote
}

// What ends a line or cannot be seen, directions of writing included.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
