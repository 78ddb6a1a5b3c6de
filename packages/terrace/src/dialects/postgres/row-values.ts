/** Makes a driver's value of what the server sent as text. */
export type ParseText = (text: string) => unknown

const asText: ParseText = (text) => text

// Numbers of types in the catalogue, fixed for ever. Source: PostgreSQL, src/include/catalog/pg_type.dat.
const parserByType = new Map<number, ParseText>([
  [16, (text) => text === 't'],
  [17, bytes],
  [20, wholeNumber],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, Number],
  [701, Number],
])

/**
 * How values of a type are read, by its number in the catalogue: integers, floats, booleans and bytes as such, everything
 * else (also arrays and types of extensions) as the server's text.
 */
export function parserOf(type: number): ParseText {
  return parserByType.get(type) ?? asText
}

function wholeNumber(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

function bytes(text: string): Uint8Array {
  // Copied out of Node's shared pool: `.buffer` must not reach other values.
  if (text.startsWith('\\x')) return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
  return escapedBytes(text)
}

/** The older form, of servers with `bytea_output = escape`: `\\` is a backslash, `\ooo` an octal byte. */
function escapedBytes(text: string): Uint8Array {
  const plain = text.replace(/\\(\\|[0-7]{3})/g, (_, code: string) =>
    code === '\\' ? '\\' : String.fromCharCode(Number.parseInt(code, 8)),
  )
  return new Uint8Array(Buffer.from(plain, 'latin1'))
}
