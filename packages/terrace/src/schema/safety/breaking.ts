import type { Change } from '../change.ts'
import type { Hazard } from '../plan/plan.ts'
import { needsValue } from '../plan/prechecks-of.ts'

/** What makes statements of the previous release fail, which may be running while this one starts. */
export function breaking(change: Change): Hazard | null {
  const reason = reasonOf(change)
  return reason === null ? null : { class: 'breaking', reason }
}

function reasonOf(change: Change): string | null {
  switch (change.kind) {
    case 'renameColumn':
      return change.live.generated === null ? 'the previous release asks for it by its former name' : null
    case 'renameTable':
      return 'the previous release asks for it by its former name'
    case 'dropTable':
    case 'dropColumn':
      return 'the previous release may still ask for it'
    case 'addColumn':
      return needsValue(change.wanted) ? 'the previous release gives it no value' : null
    case 'alterPrimaryKey':
      return change.differences.every(({ aspect }) => aspect === 'name') ? null : 'keys of other tables may lead to it'
    case 'alterColumn':
      return change.live.identity !== null && change.wanted.identity === null
        ? 'the previous release leaves its number to the database'
        : change.live.generated === null && change.wanted.generated !== null
          ? 'the previous release writes it'
          : null
    default:
      return null
  }
}
