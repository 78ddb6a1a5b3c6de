import type { AccessSpec } from './model-spec.ts'
import type { SharedWrite } from './graph-facts.ts'

/** The model is itself an actor: a device, a user. It sees its own row only. */
export function actor(): AccessSpec {
  return { kind: 'actor' }
}

/** A row belongs to whoever owns the row that `column` refers to; at most three levels. */
export function ownedThrough(column: string): AccessSpec {
  return { kind: 'ownedThrough', column }
}

/** Every scope reads it. `write`: `nobody` (only an unscoped session), `everyone`, or `{ role }`. */
export function shared(options: { readonly write: SharedWrite }): AccessSpec {
  return { kind: 'shared', write: options.write }
}
