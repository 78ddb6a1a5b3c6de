/** A row as the server writes it: each value as text, null for NULL. */
export type TextRow = readonly (string | null)[]

export interface SplitAnswer {
  readonly dataRows: readonly TextRow[]
  /** Everything else, each message whole, in its order. */
  readonly others: readonly Uint8Array[]
}

const dataRow = 'D'.charCodeAt(0)

/**
 * The rows of a server's answer, read here: the parser of PGlite 0.5 drops a U+FEFF at the beginning of a value, because its
 * `TextDecoder` takes it for a byte order mark.
 *
 * Source: PostgreSQL manual, "Message Formats": a byte for the type, four for the length including themselves.
 */
export function splitAnswer(answer: Uint8Array): SplitAnswer {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
  const dataRows: TextRow[] = []
  const others: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (bytes[at] === dataRow) dataRows.push(rowAt(bytes, at + 5))
    else others.push(bytes.subarray(at, end))
    at = end
  }
  return { dataRows, others }
}

/** Two bytes count the values; each has four for its length, -1 for NULL. */
function rowAt(bytes: Buffer, start: number): TextRow {
  const values: (string | null)[] = []
  const count = bytes.readInt16BE(start)
  let at = start + 2
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readInt32BE(at)
    at += 4
    if (length === -1) values.push(null)
    else values.push(bytes.toString('utf8', at, (at += length)))
  }
  return values
}
