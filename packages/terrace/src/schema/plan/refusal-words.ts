import { snakeCase } from '../../model/index.ts'
import type { Change, ChangeOf } from '../change.ts'
import { allowanceOf } from './allowances.ts'
import type { Drift, Hazard } from './plan.ts'

type Words = Pick<Drift, 'reason' | 'remedy'>

/** Why a change is refused, and the smallest safe way on. */
export const words = {
  nameTaken: ({ live }: ChangeOf<'replaceObject'>): Words => ({
    reason:
      live.kind === 'unknown'
        ? 'it cannot be compared, so nothing is known of it'
        : 'the name is taken by something that models do not declare',
    remedy: 'Rename it in the database, or give the model another table name',
  }),

  bothNames: ({ rename: { object, from, to } }: ChangeOf<'conflictingRename'>): Words => ({
    reason: `it is declared as renamed from ${from}, yet both are there, and nothing says which has the values`,
    remedy:
      `If ${to} is right already, take renamedFrom out of the model; if ${from} is, ` +
      `drop or rename the other ${object} ${to} by hand and start again`,
  }),

  tableRenameOrLoss: ({ live, wanted }: ChangeOf<'suspectTableRename'>): Words => ({
    reason: 'this is either a rename or a new table and a lost one, and nothing says which',
    remedy:
      `If it is a rename, declare it: model('${wanted.name}', …, { renamedFrom: '${live.name}' }); ` +
      `if it is not, start once with allow: ['drop-table ${live.name}'], or keep ${live.name} in a model`,
  }),

  columnRenameOrLoss: ({ table, live, wanted, source }: ChangeOf<'suspectColumnRename'>): Words => ({
    reason: 'this is either a rename or a new column and a lost one, and nothing says which',
    remedy:
      `If it is a rename, declare it: ${source?.name ?? wanted.name}: ….renamedFrom(${formerName(live.name)}); ` +
      `if it is not, start once with allow: ['drop-column ${table.wanted.name}.${live.name}'], or keep ${live.name} in the model`,
  }),

  notComparable: (change: Extract<Change, { readonly differences: unknown }>): Words => ({
    reason: reasonsOf(change),
    remedy: `Correct what the model declares; or change it by hand and adopt the table: ${adoption(tableOf(change))}`,
  }),

  notBuilt: (reason: string): Words => ({
    reason: `it cannot be compared, for the database would not build it: ${reason}`,
    remedy: 'Correct what the model declares',
  }),

  notOurs: (table: string): Words => ({
    reason: 'the table was not made by Terrace, which changes nothing of others',
    remedy: `Make the change by hand; or adopt the table, and it follows the model from then on: ${adoption(table)}`,
  }),

  keyOfOthers: (key: string): Words => ({
    reason: `the foreign key ${key}, which Terrace did not make, would have to go meanwhile, and might not come back`,
    remedy: `Drop the foreign key ${key} by hand, start, and make it again where it still fits`,
  }),

  handChanged: (change: Extract<Change, { readonly differences: unknown }>): Words => ({
    reason: `it was changed by hand since Terrace made it (${reasonsOf(change)})`,
    remedy: `Declare it as the database has it; or adopt the table, and it follows the model again: ${adoption(tableOf(change))}`,
  }),

  everyInsertFails: (change: ChangeOf<'dropColumn'>): Words => ({
    reason: 'it is not null and has no default, so that no row could be inserted',
    remedy:
      `Declare it in the model; or, to drop it with its values, start once with allow: ['${allowanceOf(change) ?? ''}']; ` +
      'or by hand give it a default or make it nullable',
  }),

  everyInsertOfOthersFails: (): Words => ({
    reason: 'it is not null and has no default, so that no row could be inserted, and Terrace did not make it',
    remedy: 'Declare it in the model, or give it a default or make it nullable by hand',
  }),

  stillRefuses: (change: ChangeOf<'dropUnique' | 'dropForeignKey' | 'dropCheck'>): Words => ({
    reason: 'no model declares it any more, yet it still refuses rows',
    remedy: `Declare it again, or drop it: start once with allow: ['${allowanceOf(change) ?? ''}']`,
  }),

  risk: (change: Change, hazard: Hazard): Words => ({
    reason: `${hazard.class === 'lossy' ? 'values would be lost' : 'the previous release, which may be running, would break'}: ${hazard.reason}`,
    remedy: riskRemedy(change, hazard),
  }),

  blocking: (rows: number, limit: number): Words => ({
    reason: `it would block the table, which has about ${rows} rows, while it works on them (more than ${limit})`,
    remedy: 'Start once with maintenance: true while nobody else is at work',
  }),
}

/** As `renamedFrom()` takes it: a name that the convention gives stands for the property. */
function formerName(column: string): string {
  return snakeCase(column) === column ? `'${column}'` : `{ column: '${column}' }`
}

function adoption(table: string): string {
  return `(await openStructure(url, { models })).adopt(['${table}'])`
}

function tableOf(change: Extract<Change, { readonly differences: unknown }>): string {
  return change.table.wanted.name
}

function reasonsOf({ differences }: Extract<Change, { readonly differences: unknown }>): string {
  return differences.map(({ comparison }) => comparison.reason).join('; ')
}

function riskRemedy(change: Change, hazard: Hazard): string {
  const allow = `start once with allow: ['${allowanceOf(change) ?? ''}']`
  if (change.kind === 'addColumn')
    return `Give it a default, or declare it nullable first, fill it, and make it not null in a later release; or, when no other release is running, ${allow}`
  if (change.kind === 'renameColumn' || change.kind === 'renameTable')
    return `When no other release is running, ${allow}; else add the new one beside it and move over in two releases`
  return hazard.class === 'lossy'
    ? `Keep what the database has in the model, or ${allow}, which accepts the loss`
    : `When no other release is running, ${allow} or with maintenance: true`
}
