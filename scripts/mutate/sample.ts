/** Some of a list, the same ones for one seed, in their order. */
export function sampled<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const random = randomFrom(seed)
  const keyed = all.map((item, at) => ({ item, at, key: random() }))
  const taken = keyed.toSorted((a, b) => a.key - b.key).slice(0, count)
  return taken.toSorted((a, b) => a.at - b.at).map(({ item }) => item)
}

/** Mulberry32, by Tommy Ettinger: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
