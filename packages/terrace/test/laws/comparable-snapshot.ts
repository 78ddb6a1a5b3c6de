import type { Snapshot } from '../../src/schema/index.ts'

/** What a snapshot says, modulo the order of columns and of whatever has a name; without what stands there for putting back. */
export function comparable({ tables }: Snapshot): unknown {
  return Object.values(tables)
    .map((table) => plain({ ...table, columns: inOrder(table.columns) }))
    .toSorted(byText)
}

function inOrder<T extends { readonly name: string }>(shapes: readonly T[]): readonly T[] {
  return shapes.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'definition')
  return Object.fromEntries(entries.map(([key, part]) => [key, plain(part)]))
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

/** The paths at which two values differ, with both sides; empty for equal ones. */
export function differencesOf(actual: unknown, expected: unknown, path = ''): readonly string[] {
  if (Object.is(actual, expected)) return []
  const bothObjects = typeof actual === 'object' && typeof expected === 'object' && actual !== null && expected !== null
  if (!bothObjects || Array.isArray(actual) !== Array.isArray(expected))
    return [`${path}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`]
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)])
  const at = (side: object, key: string): unknown => (side as Record<string, unknown>)[key]
  return [...keys].flatMap((key) => differencesOf(at(actual, key), at(expected, key), `${path}/${key}`))
}
