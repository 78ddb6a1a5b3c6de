/** Values that were made for a key, the most recently asked ones kept: `most` of them at the most. */
export class Recent<V> {
  readonly #most: number
  readonly #values = new Map<string, V>()

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): V | undefined {
    const value = this.#values.get(key)
    if (value === undefined) return undefined
    this.#values.delete(key)
    this.#values.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    this.#values.set(key, value)
    for (const [oldest] of this.#values) {
      if (this.#values.size <= this.#most) return
      this.#values.delete(oldest)
    }
  }
}
