import type { Change } from '../change.ts'
import type { Hazard } from '../plan/plan.ts'
import { needsValue } from '../plan/prechecks-of.ts'

/** What makes statements of the previous release fail, which may be running while this one starts; reasons are about that one. */
export function breaking(change: Change): Hazard | null {
  const reason = reasonOf(change)
  return reason === null ? null : { class: 'breaking', reason }
}

function reasonOf(change: Change): string | null {
  switch (change.kind) {
    case 'renameColumn':
      return change.live.generated === null ? 'it asks for the column by its former name' : null
    case 'renameTable':
      return 'it asks for the table by its former name'
    case 'dropTable':
    case 'dropColumn':
      return 'it may ask for what is gone'
    case 'addColumn':
      return needsValue(change.wanted) ? 'it gives the column no value' : null
    case 'alterPrimaryKey':
      return change.differences.every(({ aspect }) => aspect === 'name') ? null : 'it looks for rows by the former key'
    case 'alterColumn':
      return change.live.identity !== null && change.wanted.identity === null
        ? 'it leaves the number to the database'
        : change.live.generated === null && change.wanted.generated !== null
          ? 'it writes the column'
          : null
    default:
      return null
  }
}
