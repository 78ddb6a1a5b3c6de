import type { Place } from '../rows/read-batches.ts'
import { rawText } from '../rows/raw-text.ts'

interface Written {
  readonly table: string
  readonly rows: number
  readonly key: readonly (string | null)[] | null
}

/** How far a table was read, as text: one for each place. */
export function textOfPlace(table: string, { rows, key }: Place): string {
  return JSON.stringify({ table, rows, key: key?.map(rawText) ?? null } satisfies Written)
}

/** The place of a table as it was written; its beginning where nothing was. */
export function placeIn(text: string | undefined, table: string): Place {
  const written = text === undefined ? null : (JSON.parse(text) as Written)
  if (written === null || written.table !== table) return { rows: 0, key: null }
  return { rows: written.rows, key: written.key?.map((value) => (value === null ? null : rawValue(value))) ?? null }
}

/** What `rawText` has written, of the values that a key has. */
function rawValue(text: string): unknown {
  const [kind, rest] = [text.slice(0, 1), text.slice(1)]
  if (kind === 'x') return new Uint8Array(Buffer.from(rest, 'hex'))
  if (kind === 't') return rest
  const number = Number(rest)
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(rest) ? number : BigInt(rest)
}
