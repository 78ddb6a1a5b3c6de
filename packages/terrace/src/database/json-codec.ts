import type { ColumnKind, ColumnType } from '../model/index.ts'
import type { Codec } from './codec.ts'

/** Values as JSON text, which is what every driver takes and gives. */
export const jsonCodec: Codec = {
  encode: (value: unknown) => JSON.stringify(value),
  decode: (text: string) => JSON.parse(text) as unknown,
}

interface ItemMapping {
  readonly encode: (value: never) => unknown
  readonly decode: (value: never) => unknown
}

/** How an item that JSON does not know is written in it: bigints in decimal, instants in ISO 8601, bytes in base64. */
const itemMappings: Partial<Record<ColumnKind, ItemMapping>> = {
  bigint: { encode: (value: bigint) => value.toString(), decode: (text: string) => BigInt(text) },
  bytes: {
    encode: (value: Uint8Array) => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
    decode: (text: string) => new Uint8Array(Buffer.from(text, 'base64')),
  },
}

const instantMapping: ItemMapping = {
  encode: (value: Date) => value.toISOString(),
  decode: (text: string) => new Date(text),
}

/** A list of `item` as the text of a JSON array, the same on every engine. */
export function arrayCodec(item: ColumnType): Codec {
  const mapping = itemMapping(item)
  if (mapping === null) return jsonCodec
  return {
    encode: (values: readonly never[]) => JSON.stringify(values.map(mapping.encode)),
    decode: (text: string) => (JSON.parse(text) as never[]).map(mapping.decode),
  }
}

function itemMapping(item: ColumnType): ItemMapping | null {
  if (item.kind === 'timestamp') return item.precision === 3 ? instantMapping : null
  if (item.kind !== 'array') return itemMappings[item.kind] ?? null
  const inner = itemMapping(item.item)
  if (inner === null) return null
  return {
    encode: (values: readonly never[]) => values.map(inner.encode),
    decode: (values: never[]) => values.map(inner.decode),
  }
}
