import type { Change } from '../change.ts'
import { pathWithin } from '../object-paths.ts'
import type { Drift } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { words } from './refusal-words.ts'

/**
 * Where each statement commits by itself, a foreign key that has to go while a column changes may not come back: the start is
 * killed, or the columns no longer fit. Those of models are missed at the next start; of one that Terrace did not make nobody would
 * know. Null where there is none.
 */
export function keyOfOthersInTheWay(
  change: Change,
  { dialect, live, isOwned }: Pick<PlanContext, 'dialect' | 'live' | 'isOwned'>,
): Pick<Drift, 'reason' | 'remedy'> | null {
  const isAbout = dialect.transactionalDdl ? null : columnsOf(change)
  if (isAbout === null || !('table' in change)) return null
  const changed = change.table.live.name
  for (const table of Object.values(live.snapshot.tables)) {
    const key = table.foreignKeys.find(
      (each) =>
        !isOwned('foreignKey', pathWithin(table.name, 'foreignKey', each)) &&
        ((each.targetTable === changed && each.targetColumns.some(isAbout)) ||
          (table.name === changed && each.columns.some(isAbout))),
    )
    if (key !== undefined) return words.keyOfOthers(`${table.name}.${key.name ?? key.columns.join(', ')}`)
  }
  return null
}

/** The columns whose foreign keys have to go for a change; null where none has to. */
function columnsOf(change: Change): ((name: string) => boolean) | null {
  switch (change.kind) {
    case 'dropColumn':
      return (name) => name === change.live.name
    case 'alterColumn':
      return change.differences.some(({ aspect }) => reshaping.has(aspect)) ? (name) => name === change.live.name : null
    case 'alterTable':
      return change.differences.some(({ aspect }) => aspect === 'collation') ? () => true : null
    default:
      return null
  }
}

const reshaping: ReadonlySet<string> = new Set(['type', 'collation', 'generated'])
