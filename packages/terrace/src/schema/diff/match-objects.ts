import type { Difference } from '../change.ts'
import type { Source } from '../snapshot.ts'

interface Named {
  readonly name: string | null
  readonly source: Source | null
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
 * Pairs live objects with wanted ones: those that are equal; then those that are equal but for their names, for a differing name
 * is a rename and never a drop and an add; then, of the rest, those of one name, and those that had it before a declared rename. A rename onto a name that stays taken is none,
 * and neither is one in a circle: those go by their names. Renames come in an order in which each finds its name free.
 */
export function matchObjects<T extends Named>(
  live: readonly T[],
  { declared, canonical }: WantedObjects<T>,
  compare: ObjectComparator<T>,
): readonly Matched<T>[] {
  const pairing = new Pairing(live, canonical)
  const isLike = (a: T, b: T): boolean => compare(a, b).every(({ aspect }) => aspect === 'name')
  const hasName = (a: T, b: T): boolean => a.name === b.name && a.name !== null
  pairing.pair((a, b) => hasName(a, b) && isLike(a, b))
  pairing.pair((a, b) => a.name === null && isLike(a, b))
  const renames = inOrder(pairing.candidates(isLike), pairing.left)
  for (const { live: partner, wanted } of renames) pairing.add(partner, wanted)
  pairing.pair(hasName)
  const nameless = { declared: declared.filter(isNameless), canonical: canonical.filter(isNameless) }
  const asDeclared = (wanted: T): T =>
    wanted.name === null
      ? (nameless.declared.find((each) => isLike(each, wanted)) ??
        nameless.declared[nameless.canonical.indexOf(wanted)] ??
        wanted)
      : (declared.find(({ name }) => name === wanted.name) ?? wanted)
  pairing.pair((a, b) => [asDeclared(b).source?.renamedFrom ?? []].flat().includes(a.name ?? ''))
  const matched = (wanted: T): readonly Matched<T>[] =>
    outcome(pairing.of(wanted), wanted, { compare, declared: asDeclared(wanted) })
  const renamed = new Set(renames.map(({ wanted }) => wanted))
  return [
    ...renames.flatMap(({ wanted }) => matched(wanted)),
    ...canonical.filter((wanted) => !renamed.has(wanted)).flatMap(matched),
    ...[...pairing.left].map((extra): Matched<T> => ({ kind: 'extra', live: extra })),
  ]
}

function isNameless({ name }: Named): boolean {
  return name === null
}

interface Pair<T> {
  readonly live: T
  readonly wanted: T
}

/** Which live object is which wanted one, each at most once. */
class Pairing<T> {
  /** Live objects that nothing is paired with yet. */
  readonly left: Set<T>
  private readonly pairs = new Map<T, T>()
  private readonly wanted: readonly T[]

  constructor(live: readonly T[], wanted: readonly T[]) {
    this.left = new Set(live)
    this.wanted = wanted
  }

  of(wanted: T): T | undefined {
    return this.pairs.get(wanted)
  }

  add(live: T, wanted: T): void {
    this.pairs.set(wanted, live)
    this.left.delete(live)
  }

  pair(fits: (live: T, wanted: T) => boolean): void {
    for (const { live, wanted } of this.candidates(fits)) this.add(live, wanted)
  }

  candidates(fits: (live: T, wanted: T) => boolean): readonly Pair<T>[] {
    const free = new Set(this.left)
    return this.wanted.flatMap((wanted) => {
      const live = this.pairs.has(wanted) ? undefined : [...free].find((candidate) => fits(candidate, wanted))
      if (live === undefined) return []
      free.delete(live)
      return [{ live, wanted }]
    })
  }
}

/** Those renames whose names are free, or become so by one before. */
function inOrder<T extends Named>(renames: readonly Pair<T>[], live: ReadonlySet<T>): readonly Pair<T>[] {
  const taken = new Set([...live].map(({ name }) => name))
  const ordered: Pair<T>[] = []
  const waiting = new Set(renames)
  const next = (): Pair<T> | undefined => [...waiting].find(({ wanted }) => !taken.has(wanted.name))
  for (let free = next(); free !== undefined; free = next()) {
    waiting.delete(free)
    taken.delete(free.live.name)
    ordered.push(free)
  }
  return ordered
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
