import type { Difference } from '../change.ts'
import type { Comparison } from '../comparison.ts'

/** The aspects that are not equal. */
export function differing<A extends string>(aspects: readonly (readonly [A, Comparison])[]): readonly Difference<A>[] {
  return aspects.flatMap(([aspect, comparison]) => (comparison.kind === 'equal' ? [] : [{ aspect, comparison }]))
}
