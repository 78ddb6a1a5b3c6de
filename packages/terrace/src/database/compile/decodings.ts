import { errors } from '../../errors/index.ts'
import type { ColumnKind } from '../../model/index.ts'
import type { ColumnCoders } from './column-coders.ts'
import type { Decoding } from './compiled-statement.ts'
import type { Meaning, PlainMeaning } from './meaning.ts'
import { parsedRows } from './parsed-rows.ts'
import type { Output } from './pass.ts'

export type Decode = (value: unknown) => unknown

/** How each output of a statement comes out: by its column's codec, or as what it was computed to. */
export function decodingsOf(coders: ColumnCoders, outputs: readonly Output[]): readonly Decoding[] {
  const decodings: Decoding[] = []
  for (const { name, meaning } of outputs) {
    const decode = decodeOf(coders, meaning, name)
    if (decode !== null) decodings.push({ output: name, decode: decode as Decoding['decode'] })
  }
  return decodings
}

// An identity too: another program may have numbered a row beyond what a number holds.
const widestKinds: readonly ColumnKind[] = ['bigint', 'identity', 'decimal', 'native']

/** Whether each output is a column whose whole numbers all fit into a number, or has none. */
export function integersFit(outputs: readonly Output[]): boolean {
  return outputs.every(({ meaning }) => meaning.kind === 'column' && !widestKinds.includes(meaning.column.type.kind))
}

/** Null: as the driver gives it. */
export function decodeOf(coders: ColumnCoders, meaning: Meaning, name: string): Decode | null {
  if (meaning.kind === 'column') return coders.of(meaning.column).decode
  if (meaning.kind === 'rows') return (text) => meaning.decode(parsedRows(text, name), name)
  return meaning.kind === 'tuple' ? null : plainDecodes[meaning.kind](name)
}

const plainDecodes: { readonly [K in PlainMeaning['kind']]: (name: string) => Decode | null } = {
  boolean: () => (value) => value === true || Number(value) === 1,
  integer: (name) => (value) => safeNumber(name, value),
  bigint: () => (value) => BigInt(value as string | number | bigint),
  number: () => (value) => Number(value),
  text: () => null,
  json: () => (value) => JSON.parse(value as string) as unknown,
  null: () => null,
  unknown: (name) => (value) => (typeof value === 'bigint' ? safeNumber(name, value) : value),
}

/** Engines give whole numbers as numbers, bigints or texts. Error: `SCOPE_UNSAFE_NUMBER`. */
function safeNumber(output: string, value: unknown): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) || !Number.isInteger(number)) return number
  throw errors.SCOPE_UNSAFE_NUMBER({ values: { output } })
}
