import type { ColumnKind, ColumnType } from '../column-type.ts'
import type { ColumnSpec } from '../column.ts'
import { checkCharacters } from '../validate/text-checks.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { typeText } from './type-text.ts'

/** Types whose own figures make no sense. What an engine cannot hold is its dialect's to refuse. */
export function typeProblems(where: string, spec: ColumnSpec): readonly Problem[] {
  const { type } = spec
  if (type.kind === 'decimal') return decimalProblems(where, type)
  if (type.kind === 'oneOf') return oneOfProblems(where, type.values)
  return type.kind === 'array' && spec.item !== null ? itemProblems(where, spec.item) : []
}

/** Decimals of so many digits, and no more, all survive the way into a double and back. */
const mostDigitsOfNumber = 15

function decimalProblems(where: string, type: Extract<ColumnType, { readonly kind: 'decimal' }>): readonly Problem[] {
  const { precision, scale, json } = type
  const isSound =
    Number.isInteger(precision) && Number.isInteger(scale) && precision >= 1 && scale >= 0 && scale <= precision
  if (isSound && json === 'number' && precision > mostDigitsOfNumber)
    return [
      problemAt(
        where,
        `${typeText(type)} as a number in JSON: readers keep ${mostDigitsOfNumber} digits`,
        'Leave { json } out, so that it travels as text, or take fewer digits',
      ),
    ]
  if (isSound) return []
  return [
    problemAt(
      where,
      `${typeText(type)}: no such number of digits`,
      'Write decimal(digits in all, digits after the point), like decimal(10, 2)',
    ),
  ]
}

function oneOfProblems(where: string, values: readonly string[]): readonly Problem[] {
  if (values.length === 0) return [problemAt(where, 'oneOf() without values', "Name them: oneOf('small', 'large')")]
  const wrong = values.some((value) => typeof value !== 'string' || checkCharacters(value) !== null)
  if (wrong)
    return [
      problemAt(
        where,
        'oneOf() with a value that is no valid text',
        'Use texts without U+0000 and halves of surrogate pairs',
      ),
    ]
  const repeated = values.find((value, at) => values.indexOf(value) !== at)
  return repeated === undefined
    ? []
    : [problemAt(where, `oneOf() names ${JSON.stringify(repeated)} twice`, 'Remove one')]
}

const notItems: readonly ColumnKind[] = ['array', 'json', 'bytes', 'native', 'identity']

function itemProblems(where: string, item: ColumnSpec): readonly Problem[] {
  if (notItems.includes(item.type.kind)) {
    return [
      problemAt(where, `array of ${typeText(item.type)}: items are scalar values`, 'Use json() for anything deeper'),
    ]
  }
  const { nullable, hidden, writeOnly, readOnly, immutable, isPrimaryKey, unique, indexed, ignoreCase } = item
  const isMarked = [nullable, hidden, writeOnly, readOnly, immutable, isPrimaryKey, indexed, ignoreCase].includes(true)
  const isMore =
    isMarked ||
    unique !== null ||
    item.default !== null ||
    item.reference !== null ||
    item.sqlName !== null ||
    item.renamedFrom !== null
  if (!isMore) return typeProblems(where, item)
  return [
    problemAt(
      where,
      'array of a column with marks: an item is a value, not a column',
      'Give an item its type and rules only',
    ),
  ]
}
