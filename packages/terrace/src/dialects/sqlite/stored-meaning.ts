import type { ColumnType } from '../../model/index.ts'
import type { CheckShape, TableShape } from '../../schema/index.ts'
import { canonicalName, canonicalText } from './canonical-expression.ts'

/*
 * SQLite has no types for decimals, truth values and instants: they are kept as whole numbers. What a number means is written in
 * the CHECK that `storage.typeCheck` declares for it, and nowhere else.
 */

/** Digits behind the point of a decimal; null for what is none, or was declared before its CHECK said so. */
export function decimalScaleOf(table: Pick<TableShape, 'checks'>, column: string): number | null {
  for (const check of table.checks) {
    const unit = decimalUnit(check)
    if (unit !== null && unit.column === canonicalName(column)) return unit.scale
  }
  return null
}

/** What a decimal's own CHECK says; null for another one. */
export function decimalUnit({ expression }: CheckShape): { readonly column: string; readonly scale: number } | null {
  const [, column, unit] = /^(.+) \/ (10*) between (?:- )?\d+ and \d+$/.exec(canonicalText(expression)) ?? []
  return column === undefined || unit === undefined ? null : { column, scale: unit.length - 1 }
}

const int16 = '- 32768 and 32767'
const int32 = '- 2147483648 and 2147483647'

export function isTruthValue(table: Pick<TableShape, 'checks'>, column: string): boolean {
  return hasCheck(table, `${canonicalName(column)} in ( 0 , 1 )`)
}

/** Whether it holds numbers that mean themselves, as far as that is known. */
export function isWholeNumber(table: Pick<TableShape, 'checks'>, column: string): boolean {
  return decimalScaleOf(table, column) === 0 || wholeTypeOf(table, column) !== null
}

/** What a CHECK on its bounds says of a whole number; null where none does. */
export function wholeTypeOf(table: Pick<TableShape, 'checks'>, column: string): ColumnType | null {
  const isWithin = (range: string): boolean => hasCheck(table, `${canonicalName(column)} between ${range}`)
  if (isWithin(int16)) return { kind: 'smallint' }
  return isWithin(int32) ? { kind: 'integer' } : null
}

/** The decimal that its own CHECK says; null for what is none. */
export function decimalTypeOf(table: Pick<TableShape, 'checks'>, column: string): ColumnType | null {
  const scale = decimalScaleOf(table, column)
  if (scale === null) return null
  const check = table.checks.find((each) => decimalUnit(each)?.column === canonicalName(column))
  const [most = ''] = /\d+$/.exec(canonicalText(check?.expression ?? '')) ?? []
  return { kind: 'decimal', precision: scale + (most === '0' ? 0 : most.length), scale }
}

export function holdsJson(table: Pick<TableShape, 'checks'>, column: string): boolean {
  return hasCheck(table, `json_valid ( ${canonicalName(column)} )`)
}

function hasCheck(table: Pick<TableShape, 'checks'>, expression: string): boolean {
  return table.checks.some((check) => canonicalText(check.expression) === expression)
}
