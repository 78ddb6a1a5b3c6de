/** A mutant that changes nothing anyone could notice, and why. It is found by its file and text, not by its line. */
export interface Equivalent {
  readonly file: string
  readonly within: string
  /** The original text, on one line. */
  readonly source: string
  readonly becomes: readonly string[]
  readonly reason: string
}

export const equivalents: readonly Equivalent[] = []
