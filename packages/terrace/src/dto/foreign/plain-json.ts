/** What a value has that JSON has not, and where: a JSON pointer; or the same value without properties that are `undefined`. */
export type PlainJson =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly path: string; readonly found: string }

/**
 * The value as JSON would hold it. A `Date`, a `bigint`, NaN, a function, a class's instance and a hole are refused: a serialiser
 * turns each of them into something else, or into nothing.
 */
export function plainJson(value: unknown, path = ''): PlainJson {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { ok: true, json: value }
  if (typeof value === 'number')
    return Number.isFinite(value) ? { ok: true, json: value } : refused(path, String(value))
  if (typeof value !== 'object') return refused(path, value === undefined ? 'undefined' : `a ${typeof value}`)
  if (Array.isArray(value)) return plainItems(value, path)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return refused(path, `a ${classOf(value)}`)
  return plainProperties(value, path)
}

function plainItems(values: readonly unknown[], path: string): PlainJson {
  const items: unknown[] = []
  for (let at = 0; at < values.length; at += 1) {
    const item = plainJson(values[at], `${path}/${at}`)
    if (!item.ok) return item
    items.push(item.json)
  }
  return { ok: true, json: items }
}

function plainProperties(value: object, path: string): PlainJson {
  const entries: [string, unknown][] = []
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue
    const property = plainJson(part, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    if (!property.ok) return property
    entries.push([key, property.json])
  }
  return { ok: true, json: Object.fromEntries(entries) }
}

function refused(path: string, found: string): PlainJson {
  return { ok: false, path, found }
}

function classOf(value: object): string {
  return value.constructor?.name || 'value of a class'
}
