/** The same value with the keys of every object in the order of their names. */
export function sortedKeys<T>(value: T): T
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => sortedKeys(part as unknown))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, part]) => [key, sortedKeys(part as unknown)]))
}
