import { invisibleSuffix } from '../catalogue/read-column.ts'

/** A printed type in its parts. */
export type ColumnType =
  | { readonly family: 'integer'; readonly min: bigint; readonly max: bigint }
  | {
      readonly family: 'decimal'
      readonly precision: number
      readonly scale: number
      readonly isUnsigned: boolean
    }
  | { readonly family: 'float'; readonly isDouble: boolean }
  /** `bytes` bounds texts and blobs that have no length in characters. */
  | { readonly family: 'text'; readonly isFixed: boolean; readonly length: number | null; readonly bytes: number }
  | { readonly family: 'bytes'; readonly isFixed: boolean; readonly bytes: number }
  | { readonly family: 'choice'; readonly isSet: boolean; readonly values: readonly string[] }
  | { readonly family: 'instant'; readonly isZoned: boolean; readonly precision: number }
  | { readonly family: 'time'; readonly precision: number }
  | { readonly family: 'date' | 'json' }
  | { readonly family: 'other'; readonly name: string }

const integerBits: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 }

// Source: MySQL 8.4 manual, "Data Type Storage Requirements".
const sizes: Readonly<Record<string, number>> = { tiny: 255, '': 65_535, medium: 16_777_215, long: 4_294_967_295 }

export function columnTypeOf(printed: string): ColumnType {
  const type = printed.endsWith(invisibleSuffix) ? printed.slice(0, -invisibleSuffix.length) : printed
  const base = /^\w+/.exec(type)?.[0] ?? ''
  const list = /\((.*)\)/s.exec(type)?.[1] ?? ''
  const isUnsigned = type.includes(' unsigned')
  const bits = integerBits[base]
  if (bits !== undefined) return integer(bits, isUnsigned)
  return plainType(base, list, isUnsigned) ?? sizedType(base, list) ?? { family: 'other', name: type }
}

function integer(bits: number, isUnsigned: boolean): ColumnType {
  const half = 2n ** BigInt(bits - 1)
  return isUnsigned
    ? { family: 'integer', min: 0n, max: 2n * half - 1n }
    : { family: 'integer', min: -half, max: half - 1n }
}

function plainType(base: string, list: string, isUnsigned: boolean): ColumnType | null {
  const [first = 0, second = 0] = list.split(',').map(Number)
  switch (base) {
    case 'decimal':
      return { family: 'decimal', precision: first, scale: second, isUnsigned }
    case 'float':
    case 'double':
      return { family: 'float', isDouble: base === 'double' }
    case 'datetime':
    case 'timestamp':
      return { family: 'instant', isZoned: base === 'timestamp', precision: first }
    case 'time':
      return { family: 'time', precision: first }
    case 'date':
    case 'json':
      return { family: base }
    default:
      return null
  }
}

function sizedType(base: string, list: string): ColumnType | null {
  const length = Number(list)
  switch (base) {
    case 'char':
    case 'varchar':
      return { family: 'text', isFixed: base === 'char', length, bytes: length * 4 }
    case 'binary':
    case 'varbinary':
      return { family: 'bytes', isFixed: base === 'binary', bytes: length }
    case 'enum':
    case 'set':
      return { family: 'choice', isSet: base === 'set', values: valuesOf(list) }
  }
  const [, size = '', kind] = /^(tiny|medium|long)?(text|blob)$/.exec(base) ?? []
  const bytes = sizes[size] ?? 0
  if (kind === 'text') return { family: 'text', isFixed: false, length: null, bytes }
  return kind === 'blob' ? { family: 'bytes', isFixed: false, bytes } : null
}

/** `'a','it''s'` → a, it's */
function valuesOf(list: string): readonly string[] {
  return [...list.matchAll(/'((?:[^']|'')*)'/gs)].map(([, value = '']) => value.replaceAll("''", "'"))
}
