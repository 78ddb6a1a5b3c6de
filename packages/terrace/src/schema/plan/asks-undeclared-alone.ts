import type { ChangeOf } from '../change.ts'
import type { ColumnShape } from '../snapshot.ts'
import { columnsIn } from './columns-in.ts'

/**
 * Whether a rule is about nothing but columns that no model declares any more. Statements never write them, so that each row
 * gets the default, which the rule allows; only a unique rule needs a NULL there, or it would refuse the second row.
 */
export function asksUndeclaredAlone(change: ChangeOf<'dropUnique' | 'dropForeignKey' | 'dropCheck'>): boolean {
  const { live, wanted } = change.table
  const columns =
    change.kind === 'dropCheck'
      ? columnsIn(change.live.expression, live)
      : live.columns.filter(({ name }) => change.live.columns.includes(name))
  const isDeclared = ({ name }: ColumnShape): boolean => wanted.columns.some((column) => column.name === name)
  if (columns.length === 0 || columns.some(isDeclared)) return false
  return change.kind !== 'dropUnique' || (change.live.nullsDistinct && columns.some(isLeftNull))
}

function isLeftNull({ nullable, default: fallback, generated }: ColumnShape): boolean {
  return nullable && fallback === null && generated === null
}
