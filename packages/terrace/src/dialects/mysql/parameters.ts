import type { TypedParameter } from 'mysql2'

export type ParameterTypes = TypedParameter

/** A decimal on its way to the server, told apart from a text. */
export class ExactDecimal {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const longest = 2n ** 63n

/**
 * A value as `mysql2` sends it in the binary protocol. By itself it would send numbers as doubles and bigints as text, which
 * the server compares as doubles too: keys beyond 2^53 would match their neighbours, and sums with decimals lose digits.
 */
export function parameterOf(value: unknown, types: ParameterTypes): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) ? types.LONGLONG(value) : value
    case 'bigint':
      return value < longest && value >= -longest ? types.LONGLONG(value) : types.NEWDECIMAL(value)
    case 'undefined':
      return null
    case 'object':
      if (value instanceof Uint8Array) return asBuffer(value)
      return value instanceof ExactDecimal ? types.NEWDECIMAL(value.text) : value
    default:
      return value
  }
}

function asBuffer(value: Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}
