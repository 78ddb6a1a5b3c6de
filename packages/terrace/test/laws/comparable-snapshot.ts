import type { Snapshot } from '../../src/schema/index.ts'

/** What a snapshot says, by names, whatever the order; without what stands there for putting back. */
export function comparable({ tables }: Snapshot): unknown {
  return byName(
    Object.values(tables).map(({ columns, uniques, indexes, foreignKeys, checks, ...table }) => ({
      ...table,
      columns: byName(columns),
      uniques: byName(uniques),
      indexes: byName(indexes),
      foreignKeys: byName(foreignKeys),
      checks: byName(checks),
    })),
  )
}

/** What has no name goes by what it says. */
function byName(shapes: readonly { readonly name: string | null }[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(shapes.map((shape) => [shape.name ?? JSON.stringify(plain(shape)), plain(shape)]))
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'definition')
  return Object.fromEntries(entries.map(([key, part]) => [key, plain(part)]))
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
