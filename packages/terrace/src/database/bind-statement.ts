import { errors } from '../errors/index.ts'
import type { Binding, CompiledStatement, SlotValues } from './compile/compiled-statement.ts'
import type { Statement } from './driver.ts'
import type { Scope } from './scope.ts'

type Encode = (value: unknown) => unknown
type AnySlots = Readonly<Record<string | number, unknown>>

const noParameters: readonly unknown[] = Object.freeze([])
const noSlots: AnySlots = Object.freeze({})

/** A compiled statement with its values in place, as a driver takes it. */
export function bindStatement(statement: CompiledStatement, scope: Scope, slots: SlotValues = noSlots): Statement {
  const { sql, name, returnsRows, integersFit } = statement
  const parameters = parametersOf(statement, scope, slots as AnySlots)
  return name === null
    ? { sql, parameters, returnsRows, integersFit }
    : { sql, parameters, name, returnsRows, integersFit }
}

// Runs at each statement: a plain loop over what the compiler has decided, nothing allocated but the array itself.
function parametersOf(statement: CompiledStatement, scope: Scope, slots: AnySlots): readonly unknown[] {
  const { bindings } = statement
  const count = bindings.length
  if (count === 0) return noParameters
  // oxlint-disable-next-line unicorn/no-new-array -- in its full length: growing it costs more than filling it
  const parameters = new Array<unknown>(count)
  for (let index = 0; index < count; index += 1) {
    const binding = bindings[index] as Binding
    if (binding.kind === 'value') {
      parameters[index] = binding.value
      continue
    }
    const value = binding.kind === 'slot' ? slots[binding.slot] : ownerKey(scope, binding.model)
    if (value === undefined) throw missingValue(statement, binding)
    parameters[index] = value === null || binding.encode === null ? value : (binding.encode as Encode)(value)
  }
  return parameters
}

function ownerKey(scope: Scope, model: string): unknown {
  return scope.kind === 'actor' ? scope.actor[model] : undefined
}

function missingValue(statement: CompiledStatement, binding: Exclude<Binding, { readonly kind: 'value' }>): Error {
  const slot = binding.kind === 'slot' ? String(binding.slot) : `the key of ${binding.model}`
  return errors.SESSION_SLOT_MISSING({ values: { tables: statement.tables.join(', '), slot } })
}
