import type { OpenApiDocument, OperationObject } from '../http/index.ts'

export interface FoundOperation {
  /** As the document writes it: `/v1/products/{id}`. */
  readonly path: string
  readonly operation: OperationObject
}

/** The operation that a request reaches; of several, as in the server's router, the one with the plainest path. */
export function findOperation(
  { paths }: OpenApiDocument,
  { method, url }: { readonly method: string; readonly url: string },
): FoundOperation | null {
  // As clients send it: `/v1/products/..` is `/v1/`.
  const segments = new URL(`http://app${url}`).pathname.split('/')
  const [path] = Object.keys(paths)
    .filter((template) => fits(template.split('/'), segments))
    .toSorted(byPlainness)
  // An answer to HEAD is that to GET without its body.
  const operation = path === undefined ? undefined : paths[path]?.[method === 'HEAD' ? 'get' : method.toLowerCase()]
  return path === undefined || operation === undefined ? null : { path, operation }
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, at) => (isVariable(part) ? segments[at] !== '' : part === decoded(segments[at] ?? '')))
  )
}

function isVariable(part: string): boolean {
  return part.startsWith('{')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The first segment that only one of both spells out decides. */
function byPlainness(one: string, other: string): number {
  const others = other.split('/')
  const at = one.split('/').findIndex((part, index) => isVariable(part) !== isVariable(others[index] ?? ''))
  if (at === -1) return 0
  return isVariable(one.split('/')[at] ?? '') ? 1 : -1
}
