import type { ColumnType } from '../column-type.ts'

/** A type as it is declared, for messages: `text(100)`, `decimal(10, 2)`, `array(uuid)`. */
export function typeText(type: ColumnType): string {
  if (type.kind === 'text') return type.maxLength === null ? 'unbounded text' : `text(${type.maxLength})`
  if (type.kind === 'decimal') return `decimal(${type.precision}, ${type.scale})`
  if (type.kind === 'array') return `array(${typeText(type.item)})`
  if (type.kind === 'oneOf') return `oneOf(${type.values.map((value) => JSON.stringify(value)).join(', ')})`
  if (type.kind === 'timestamp') return type.precision === 3 ? 'timestamp' : 'timestamp(6)'
  return type.kind === 'native' ? `native(${type.name})` : type.kind
}

export function isSameType(one: ColumnType, other: ColumnType): boolean {
  return typeText(one) === typeText(other)
}
