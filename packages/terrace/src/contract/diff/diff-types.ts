import type { JsonType } from '../../dto/index.ts'
import type { Schema } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import type { Comparing } from './comparing.ts'
import { isSame } from './is-same.ts'
import type { RuleName } from './rules.ts'

/** Types and listed values: sets, of which one may hold the other. */
export function diffTypes(one: Schema, other: Schema, where: string, comparing: Comparing): readonly ApiChange[] {
  const types = setChange(typesOf(one), typesOf(other))
  const values = setChange(valuesOf(one), valuesOf(other))
  return [
    ...told(types, where, { was: one.type ?? 'any', is: other.type ?? 'any' }, comparing),
    ...told(values, where, { was: shownValues(one), is: shownValues(other) }, { ...comparing, isCode: true }),
  ]
}

interface SetChange {
  readonly isNarrowed: boolean
  readonly isWidened: boolean
}

/** Sets of what is allowed; null is everything. */
function setChange(before: readonly unknown[] | null, now: readonly unknown[] | null): SetChange {
  return { isNarrowed: isBeyond(before, now), isWidened: isBeyond(now, before) }
}

/** Whether some of the one is not in the other. */
function isBeyond(one: readonly unknown[] | null, other: readonly unknown[] | null): boolean {
  if (other === null) return false
  return one === null || one.some((value) => !other.some((known) => isSame(known, value)))
}

/** A whole number is a number: `number` is both. */
function typesOf({ type }: Schema): readonly string[] | null {
  if (type === undefined) return null
  const all: readonly JsonType[] = typeof type === 'string' ? [type] : type
  return all.flatMap((each) => (each === 'number' ? ['integer', 'number'] : [each]))
}

function valuesOf(schema: Schema): readonly unknown[] | null {
  if ('const' in schema) return [schema.const]
  return schema.enum ?? null
}

function shownValues(schema: Schema): unknown {
  return valuesOf(schema) ?? 'any value'
}

/** The rule for what became narrower or wider, by the way that it travels; both where it is neither part of the other. */
export function told(
  { isNarrowed, isWidened }: SetChange,
  where: string,
  sides: { readonly was: unknown; readonly is: unknown },
  { direction, isError, isCode = false }: Comparing & { readonly isCode?: boolean },
): readonly ApiChange[] {
  const widened: RuleName = isError && isCode ? 'error-values-added' : 'values-widened'
  const names: readonly (RuleName | false)[] =
    direction === 'request'
      ? [isNarrowed && 'values-narrowed', isWidened && !isNarrowed && 'values-allowed']
      : [isWidened && widened, isNarrowed && !isWidened && 'values-excluded']
  return names.filter((name) => name !== false).map((name) => changeOf(name, where, sides))
}
