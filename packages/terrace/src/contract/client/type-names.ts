/** Names of types that the file has besides those of the document, and global ones that it uses. */
const taken: readonly string[] = [
  'paths',
  'responses',
  'openClient',
  'apiClient',
  'ApiClient',
  'ApiClientOptions',
  'ErrorCode',
  'Record',
  'Array',
]

/** The name of a type for each name of a schema: `Blog.Post` → `BlogPost`; of two that would be the same, one gets a number. */
export function typeNames(names: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set(taken)
  return new Map(
    names.map((name) => {
      const wanted = identifierOf(name)
      let free = wanted
      for (let number = 2; used.has(free); number += 1) free = `${wanted}${number}`
      used.add(free)
      return [name, free]
    }),
  )
}

function identifierOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== '')
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Za-z_$]/.test(joined) ? joined : `Type${joined}`
}

/** As a key of an object type is written; a number as such: `keyof` tells `200` from `'200'`. */
export function keyText(key: string): string {
  return /^(?:[A-Za-z_$][\w$]*|0|[1-9]\d{0,8})$/.test(key) ? key : literalText(key)
}

/** A value as a literal type. */
export function literalText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  const inner = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)
  return `'${inner}'`
}
