import type { Route } from './route-facts.ts'

/** A name for a route that was given none: `GET /v1/products/richest/:shelf` → `getV1ProductsRichestShelf`. */
export function operationIdOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
