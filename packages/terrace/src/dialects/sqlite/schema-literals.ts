import { canonicalValue, type ColumnFact } from '../../model/index.ts'
import { quoteText } from '../../schema/index.ts'
import { sqliteCodec } from './codec.ts'

/** A value of a column as an SQL literal, in the form in which SQLite stores it. */
export function literal(column: ColumnFact, value: unknown): string {
  const encode = sqliteCodec(column).encode as ((value: unknown) => unknown) | null
  const plain = canonicalValue(column, value)
  return literalOfStored(encode === null ? plain : encode(plain))
}

function literalOfStored(value: unknown): string {
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  return typeof value === 'string' ? quoteText(value) : String(value)
}
