/** Three-valued: what cannot be compared is said so, never guessed. Reasons name both sides. */
export type Comparison =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** One aspect of one object on both sides. */
export type Comparator<T> = (live: T, wanted: T) => Comparison

export const equal: Comparison = { kind: 'equal' }

export function different(reason: string): Extract<Comparison, { readonly kind: 'different' }> {
  return { kind: 'different', reason }
}

export function unknown(reason: string): Extract<Comparison, { readonly kind: 'unknown' }> {
  return { kind: 'unknown', reason }
}

/** Equal texts, or `different` with both. */
export function compareText(aspect: string, live: string | null, wanted: string | null): Comparison {
  return live === wanted ? equal : different(`${aspect} ${live ?? 'none'}, wanted ${wanted ?? 'none'}`)
}
