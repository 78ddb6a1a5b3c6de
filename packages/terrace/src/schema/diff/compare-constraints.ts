import type { Difference } from '../change.ts'
import { compareText, different, equal, type Comparison } from '../comparison.ts'
import type {
  CheckShape,
  Deferrability,
  ForeignKeyShape,
  IndexShape,
  PrimaryKeyShape,
  UniqueShape,
} from '../snapshot.ts'
import { referentialActions } from '../sql-parts.ts'
import { differing } from './differing.ts'
import type { ObjectComparator } from './match-objects.ts'

/** An object without a name has whichever name is wanted. */
function compareName(live: string | null, wanted: string | null): Comparison {
  return live === null || wanted === null ? equal : compareText('name', live, wanted)
}

function compareColumns(live: readonly string[], wanted: readonly string[]): Comparison {
  return compareText('columns', `(${live.join(', ')})`, `(${wanted.join(', ')})`)
}

function compareCondition(live: string | null, wanted: string | null): Comparison {
  return compareText('where', live, wanted)
}

function compareFlag(aspect: string, live: boolean, wanted: boolean): Comparison {
  return live === wanted ? equal : different(`${aspect} ${live ? 'on' : 'off'}, wanted ${wanted ? 'on' : 'off'}`)
}

export function comparePrimaryKey(live: PrimaryKeyShape | null, wanted: PrimaryKeyShape | null): readonly Difference[] {
  if (live === null && wanted === null) return []
  return differing([
    ['name', compareName(live?.name ?? null, wanted?.name ?? null)],
    ['columns', compareColumns(live?.columns ?? [], wanted?.columns ?? [])],
  ])
}

export const compareUnique: ObjectComparator<UniqueShape> = (live, wanted) =>
  differing([
    ['name', compareName(live.name, wanted.name)],
    ['columns', compareColumns(live.columns, wanted.columns)],
    ['where', compareCondition(live.where, wanted.where)],
    ['nulls distinct', compareFlag('nulls distinct', live.nullsDistinct, wanted.nullsDistinct)],
    ['held by', compareText('held by', live.heldBy, wanted.heldBy)],
    ['include', compareText('include', list(live.include), list(wanted.include))],
    ['deferrable', compareText('deferrable', deferrability[live.deferrable], deferrability[wanted.deferrable])],
    ['enforced', compareFlag('enforced', live.enforced, wanted.enforced)],
  ])

export const compareIndex: ObjectComparator<IndexShape> = (live, wanted) =>
  differing([
    ['name', compareName(live.name, wanted.name)],
    ['columns', compareColumns(indexColumns(live), indexColumns(wanted))],
    ['where', compareCondition(live.where, wanted.where)],
    ['include', compareText('include', list(live.include), list(wanted.include))],
    ['method', compareText('method', live.method, wanted.method)],
    ['valid', compareFlag('valid', live.valid, wanted.valid)],
  ])

function indexColumns({ columns }: IndexShape): readonly string[] {
  return columns.map(({ name, suffix, direction, nulls }) =>
    [name, ...(suffix === '' ? [] : [suffix]), direction, ...(nulls === null ? [] : [`nulls ${nulls}`])].join(' '),
  )
}

function list(columns: readonly string[]): string {
  return `(${columns.join(', ')})`
}

const deferrability: Readonly<Record<Deferrability, string>> = {
  no: 'not deferrable',
  initiallyImmediate: 'deferrable',
  initiallyDeferred: 'deferrable initially deferred',
}

export const compareForeignKey: ObjectComparator<ForeignKeyShape> = (live, wanted) =>
  differing([
    ['name', compareName(live.name, wanted.name)],
    ['columns', compareColumns(live.columns, wanted.columns)],
    ['target', compareText('target', target(live), target(wanted))],
    ['on delete', compareText('on delete', referentialActions[live.onDelete], referentialActions[wanted.onDelete])],
    ['on update', compareText('on update', referentialActions[live.onUpdate], referentialActions[wanted.onUpdate])],
    ['deferrable', compareText('deferrable', deferrability[live.deferrable], deferrability[wanted.deferrable])],
    ['enforced', compareFlag('enforced', live.enforced, wanted.enforced)],
  ])

function target({ targetTable, targetColumns }: ForeignKeyShape): string {
  return `${targetTable} (${targetColumns.join(', ')})`
}

export const compareCheck: ObjectComparator<CheckShape> = (live, wanted) =>
  differing([
    ['name', compareName(live.name, wanted.name)],
    ['expression', compareText('expression', live.expression, wanted.expression)],
    ['enforced', compareFlag('enforced', live.enforced, wanted.enforced)],
  ])
