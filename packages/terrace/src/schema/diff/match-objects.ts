import type { Difference } from '../change.ts'

interface Named {
  readonly name: string | null
}

/** One kind of object of a table, as declared and as the engine prints it; equal names mean the same object. */
export interface WantedObjects<T> {
  readonly declared: readonly T[]
  readonly canonical: readonly T[]
}

export type Matched<T> =
  | { readonly kind: 'missing'; readonly wanted: T }
  | { readonly kind: 'extra'; readonly live: T }
  | { readonly kind: 'altered'; readonly live: T; readonly wanted: T; readonly differences: readonly Difference[] }

/** Aspects that differ; the name is one of them, unless one side has none. */
export type ObjectComparator<T> = (live: T, wanted: T) => readonly Difference[]

/**
 * Pairs live objects with wanted ones: those of one name; then, of the rest, those that are equal but for their names, for a
 * differing name is a rename and never a drop and an add.
 */
export function matchObjects<T extends Named>(
  live: readonly T[],
  { declared, canonical }: WantedObjects<T>,
  compare: ObjectComparator<T>,
): readonly Matched<T>[] {
  const left = new Set(live)
  const pairs = new Map<T, T>()
  const isSame = (a: T, b: T): boolean => compare(a, b).every(({ aspect }) => aspect === 'name')
  const passes: readonly ((a: T, b: T) => boolean)[] = [(a, b) => a.name === b.name && a.name !== null, isSame]
  for (const fits of passes) {
    for (const wanted of canonical) {
      const partner = pairs.has(wanted) ? undefined : [...left].find((candidate) => fits(candidate, wanted))
      if (partner === undefined) continue
      pairs.set(wanted, partner)
      left.delete(partner)
    }
  }
  const asDeclared = (wanted: T): T => declared.find(({ name }) => name === wanted.name) ?? wanted
  return [
    ...canonical.flatMap((wanted) => outcome(pairs.get(wanted), wanted, { compare, declared: asDeclared(wanted) })),
    ...[...left].map((extra): Matched<T> => ({ kind: 'extra', live: extra })),
  ]
}

function outcome<T>(
  live: T | undefined,
  wanted: T,
  { compare, declared }: { readonly compare: ObjectComparator<T>; readonly declared: T },
): readonly Matched<T>[] {
  if (live === undefined) return [{ kind: 'missing', wanted: declared }]
  const differences = compare(live, wanted)
  return differences.length === 0 ? [] : [{ kind: 'altered', live, wanted: declared, differences }]
}
