import type { SchemaDialect } from '../schema/index.ts'

/** Raised when shapes get or lose a fact, so that their hashes are made anew, as after an upgrade of the server. */
const shapes = 2

/** What hashes of printed objects depend on, for the ledger. */
export function serverText({ product, version }: SchemaDialect['server']): string {
  return `${product} ${version}; shapes ${shapes}`
}
