import { createHash } from 'node:crypto'
import type { LiveStructure } from '../../schema/index.ts'

/**
 * SHA-256 over a structure, the same before a dump and after it was restored: an engine may print an expression otherwise when it has
 * read its own printing, with more casts or parentheses, so these do not count. Nor does the order of what has names.
 */
export function structureDigest({ snapshot, opaque }: LiveStructure, database: string): string {
  const text = (value: string): string => plainText(value, database)
  const tables = Object.values(snapshot.tables).map((table) => canonical(table, text))
  const others = opaque.map(({ kind, name, table, definition }) =>
    canonical({ kind, name, table, definition: [definition] }, text),
  )
  return createHash('sha256')
    .update(JSON.stringify([tables.toSorted(), others.toSorted()]))
    .digest('hex')
}

/** Keys sorted, lists too; without what is not of the shape itself. The definition of an opaque object comes as a list. */
function canonical(value: unknown, text: (value: string) => string): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, text)).join()}]`
  if (typeof value === 'string') return JSON.stringify(text(value))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const members = Object.entries(value)
    .filter(([name, member]) => name !== 'source' && (name !== 'definition' || Array.isArray(member)))
    .map(([name, member]) => `${name}:${canonical(namedInOrder(name, member), text)}`)
  return `{${members.toSorted().join()}}`
}

/** Columns of a table and its rules have no order; those of a key or an index have. */
function namedInOrder(name: string, member: unknown): unknown {
  if (!Array.isArray(member) || !unordered.has(name)) return member
  const items: readonly unknown[] = member
  return items.every((item) => typeof item === 'object')
    ? items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    : items
}

const unordered = new Set(['columns', 'uniques', 'indexes', 'foreignKeys', 'checks'])

function keyOf(item: unknown): string {
  const { name } = item as { readonly name?: string | null }
  return `${name ?? ''} ${JSON.stringify(item)}`
}

const literal = /'(?:[^']|'')*'/g
const cast =
  /::(?:"(?:[^"]|"")+"|\w+)(?:\.(?:"(?:[^"]|"")+"|\w+))?(?: varying| precision)?(?:\(\d+(?:, ?\d+)?\))?(?: with(?:out)? time zone)?(?:\[\])*/g
// A name, a number or a literal, in parentheses that call nothing; or a second pair around the same.
const aroundOne = /(?<![\w"])\(([\w."\uE000]+)\)/g
const aroundAll = /\(\(([^()]*(?:\([^()]*\)[^()]*)*)\)\)/g

/** An expression without casts, and without parentheses that say nothing. Texts in it stay what they are. */
export function plainText(value: string, database: string): string {
  const texts: string[] = []
  const masked = value
    .replaceAll(`\`${database}\`.`, '')
    .replaceAll(literal, (text) => `\uE000${texts.push(text) - 1}\uE000`)
  let plain = masked.replaceAll(cast, '').replaceAll(/\s+/g, ' ').trim()
  for (let before = ''; before !== plain;) {
    before = plain
    plain = plain.replaceAll(aroundOne, '$1').replaceAll(aroundAll, '($1)')
  }
  return plain.replaceAll(/\uE000(\d+)\uE000/g, (_, at: string) => texts[Number(at)] ?? '')
}
