/** A frozen record without a prototype, so that no name (`constructor`, `toString`) is found that was not put there. */
export function frozenRecord<V>(entries: Iterable<readonly [string, V]>): Readonly<Record<string, V>> {
  const record = Object.create(null) as Record<string, V>
  for (const [name, value] of entries) record[name] = value
  return Object.freeze(record)
}

/** Freezes plain objects and arrays all the way down; a Date or bytes stay as they are, bytes cannot be frozen at all. */
export function deepFreeze<T>(value: T): T {
  if (!isPlain(value)) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}

/** A copy of plain objects and arrays, to be frozen without freezing the caller's; anything else is kept as it is. */
export function plainCopy(value: unknown): unknown {
  if (!isPlain(value)) return value
  if (Array.isArray(value)) return value.map(plainCopy)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainCopy(part)]))
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}
