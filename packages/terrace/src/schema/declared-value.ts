import { typeCheck, type ColumnType } from '../model/index.ts'
import type { DeclaredDefault } from './declared-as.ts'

/** What stands in a default without quotes: a number or a truth value. Of a text it is the name of a function, or an expression. */
export function declaredNumber(type: ColumnType, expression: string): DeclaredDefault | null {
  return numbers.includes(type.kind) ? declaredValue(type, expression) : null
}

const numbers: readonly ColumnType['kind'][] = ['integer', 'smallint', 'bigint', 'decimal', 'float', 'boolean']

/** A literal's own text, without quotes, as the default of a column of this type; null where the type has no such value. */
export function declaredValue(type: ColumnType, text: string): DeclaredDefault | null {
  const value = valueOf(type, text)
  return value === null || typeCheck(type)(value) !== null ? null : { kind: 'value', value }
}

const whole = /^[+-]?\d+$/
const decimal = /^[+-]?\d+(?:\.\d+)?$/
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

function valueOf(type: ColumnType, text: string): string | number | bigint | boolean | null {
  switch (type.kind) {
    case 'text':
    case 'oneOf':
    case 'date':
    case 'time':
      return text
    case 'integer':
    case 'smallint':
      return whole.test(text) ? Number(text) : null
    case 'bigint':
      return whole.test(text) ? BigInt(text) : null
    case 'decimal':
      return decimal.test(text) ? text.replace(/^\+/, '') : null
    case 'float':
      return number.test(text) ? Number(text) : null
    case 'boolean':
      return truth[text.toLowerCase()] ?? null
    default:
      return null
  }
}

const truth: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false }
