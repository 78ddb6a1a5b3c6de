import type { Decoding } from './compile/compiled-statement.ts'

/** Decodes the values of the outputs named, in the rows themselves; nulls stay. */
export function decodeRows(rows: Record<string, unknown>[], decodings: readonly Decoding[]): void {
  for (const { output, decode } of decodings) {
    for (const row of rows) {
      const value = row[output]
      if (value !== null) row[output] = (decode as (value: unknown) => unknown)(value)
    }
  }
}
