/** Whether statements are prepared by name at all; shared by the connections of one database. */
export interface Preparation {
  isOn: boolean
}

/**
 * The names under which one connection keeps statements prepared. `renew` gives all of them new names, so that each is
 * prepared again when it is next used.
 */
export class StatementNames {
  readonly #preparation: Preparation
  #generation = 0

  constructor(preparation: Preparation) {
    this.#preparation = preparation
  }

  nameOf(name: string | undefined): string | undefined {
    if (name === undefined || !this.#preparation.isOn) return undefined
    return this.#generation === 0 ? name : `${name}_${this.#generation.toString(36)}`
  }

  renew(): void {
    this.#generation += 1
  }

  turnOff(): void {
    this.#preparation.isOn = false
  }
}
