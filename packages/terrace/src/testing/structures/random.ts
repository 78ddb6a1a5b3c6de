/** Choices that a seed repeats: mulberry32, by Tommy Ettinger, in the public domain. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  of<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('There is nothing to choose from')
    return list[this.below(list.length)] as T
  }

  /** By weight: `{ inner: 4, left: 2 }`. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][]
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of entries) if ((left -= weight) < 0) return name
    return (entries.at(-1) as [K, number])[0]
  }

  /** Between `min` and `max` different ones, in any order; fewer where there are fewer. */
  some<T>(list: readonly T[], min: number, max: number): readonly T[] {
    const left = [...list]
    const count = Math.min(left.length, min + this.below(max - min + 1))
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0] as T)
  }
}
