/**
 * A driver's value as a text that no other value has: its kind first, for an engine may keep a number beside the text of the same
 * digits in one column. Null for NULL. To be compared among values of one engine only.
 */
export function rawText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array)
    return `x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  if (typeof value === 'string') return `t${value}`
  if (typeof value === 'boolean') return `b${value}`
  if (Object.is(value, -0)) return 'n-0'
  return typeof value === 'number' || typeof value === 'bigint' ? `n${value}` : `o${JSON.stringify(value)}`
}
