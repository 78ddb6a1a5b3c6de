import { errors } from '../../errors/index.ts'
import { plainJson } from './plain-json.ts'

/** `RESPONSE_MISMATCH` of a hand-written schema: at a JSON pointer, and of what kind the value is, never the value. */
export function foreignMismatch(name: string | null, path: string, found: string): Error {
  return errors.RESPONSE_MISMATCH({
    values: { shape: name ?? 'response', property: path === '' ? 'the value' : path, found },
  })
}

/** A value about to leave, as plain JSON. */
export function leavingJson(name: string | null, value: unknown): unknown {
  const plain = plainJson(value)
  if (plain.ok) return plain.json
  throw foreignMismatch(name, plain.path, plain.found)
}
