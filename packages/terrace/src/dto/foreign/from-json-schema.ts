import type { Issue } from '../../errors/index.ts'
import type { ForeignShape, Parsed } from '../shape.ts'
import { compileSchema } from './compile-schema.ts'
import { describedSchema } from './described-schema.ts'
import { foreignMismatch, leavingJson } from './mismatch.ts'
import type { ForeignOptions } from './from-standard.ts'

/**
 * A shape from JSON Schema 2020-12 that was written by hand; `T` is what the caller knows the value to be. Nothing is converted,
 * filled in or taken away: what was sent is what the handler gets, and what the handler gives is what leaves, once it fits.
 *
 * `SHAPE_DECLARATION` for a schema that is none, has unknown keywords or refers to what is not in it.
 */
export function fromJsonSchema<T = unknown>(schema: object, { name }: ForeignOptions = {}): ForeignShape<T> {
  const described = describedSchema(schema)
  const faultsOf = compileSchema(described)
  return Object.freeze({
    kind: 'foreign',
    name: name ?? null,
    schema: described,
    answered: described,
    parse: (json: unknown, place: Issue['in']): Parsed<T> => {
      const faults = faultsOf(json)
      return faults.length === 0
        ? { ok: true, value: json as T }
        : { ok: false, issues: faults.map((fault) => ({ in: place, ...fault })) }
    },
    render: (value: unknown): unknown => {
      const json = leavingJson(name ?? null, value)
      const [fault] = faultsOf(json)
      if (fault === undefined) return json
      throw foreignMismatch(name ?? null, fault.path, `refused by its schema (${fault.code})`)
    },
  } satisfies ForeignShape<T>)
}
