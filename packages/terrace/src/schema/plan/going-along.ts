import type { Change, ChangeOf } from '../change.ts'
import type { TableShape } from '../snapshot.ts'
import { columnsIn } from './columns-in.ts'

/**
 * What goes because something else does: with a column the rules, indexes and calculated columns that name it, with a table the
 * foreign keys that lead to it, with a column's values that become others the checks of it alone.
 */
export function goingAlong(
  accepted: readonly Change[],
  others: readonly Change[],
  isConverted: (change: ChangeOf<'alterColumn'>) => boolean,
): readonly Change[] {
  const left = new Set(others)
  const all = [...accepted]
  const next = (): readonly Change[] => [...left].filter((change) => goesAlong(change, all, isConverted))
  for (let found = next(); found.length > 0; found = next()) {
    all.push(...found)
    for (const change of found) left.delete(change)
  }
  return all.slice(accepted.length)
}

function goesAlong(
  change: Change,
  accepted: readonly Change[],
  isConverted: (change: ChangeOf<'alterColumn'>) => boolean,
): boolean {
  const isInTable = (other: Change): boolean =>
    'table' in change && 'table' in other && other.table.live.name === change.table.live.name
  const gone = accepted
    .filter((other) => other.kind === 'dropColumn')
    .filter(isInTable)
    .map(({ live }) => live.name)
  if (namesGoneBy(change).some((name) => gone.includes(name))) return true
  if (change.kind === 'dropForeignKey')
    return accepted.some((other) => other.kind === 'dropTable' && other.live.name === change.live.targetTable)
  if (change.kind !== 'dropCheck') return false
  const [name, ...more] = namesIn(change.live.expression, change.table.live)
  const converted = accepted
    .filter((other) => other.kind === 'alterColumn')
    .filter(isInTable)
    .filter(isConverted)
  return more.length === 0 && converted.some(({ live }) => live.name === name)
}

/** The columns without which a thing that nobody declares cannot be. */
function namesGoneBy(change: Change): readonly string[] {
  switch (change.kind) {
    case 'dropColumn':
      return change.live.generated === null ? [] : namesIn(change.live.generated.expression, change.table.live)
    case 'dropCheck':
      return namesIn(change.live.expression, change.table.live)
    case 'dropUnique':
    case 'dropForeignKey':
      return change.live.columns
    case 'dropIndex':
      return change.live.columns.map(({ name }) => name)
    default:
      return []
  }
}

function namesIn(expression: string, table: TableShape): readonly string[] {
  return columnsIn(expression, table).map(({ name }) => name)
}
