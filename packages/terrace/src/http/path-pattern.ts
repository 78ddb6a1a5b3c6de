/** Names of the parameters of `/products/:id`, in their order. */
export function pathNames(path: string): readonly string[] {
  return [...path.matchAll(/\/:([^/]+)/g)].map((match) => match[1] as string)
}

/** Whether each parameter of a path has a name of its own: of two, one would be lost. */
export function hasDistinctNames(path: string): boolean {
  const names = pathNames(path)
  return new Set(names).size === names.length
}

/** Whether a path can be declared: segments of plain characters, or a `:name` filling a whole segment; no slash at its end. */
export function isPathPattern(path: string): boolean {
  return /^(\/(:[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9._~-]+))*$/.test(path)
}

/** The same for all patterns that match the same paths: `/products/:id` and `/products/:key` are one. */
export function pathIdentity(path: string): string {
  return path.replaceAll(/\/:[^/]+/g, '/:')
}

/** Matches what the server's router matches: each parameter one segment that is not empty. */
export function pathMatcher(path: string): RegExp {
  const source = path.replaceAll('.', String.raw`\.`).replaceAll(/\/:[^/]+/g, '/[^/]+')
  return new RegExp(`^${source === '' ? '/' : source}$`)
}
