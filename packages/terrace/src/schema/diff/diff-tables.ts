import type { Change, Difference } from '../change.ts'
import { compareText } from '../comparison.ts'
import type { CheckShape, ForeignKeyShape, TableShape } from '../snapshot.ts'
import {
  compareCheck,
  compareForeignKey,
  compareIndex,
  comparePrimaryKey,
  compareUnique,
} from './compare-constraints.ts'
import { compareComment } from './compare-columns.ts'
import { diffColumns } from './diff-columns.ts'
import { differing } from './differing.ts'
import { matchObjects, type Matched } from './match-objects.ts'
import type { WantedTable } from './wanted-table.ts'

/** Every difference between a live table and the wanted one of the same name. */
export function diffTables(live: TableShape, wanted: WantedTable): readonly Change[] {
  const rules = constraints(live, wanted)
  const missing = new Set(
    rules.flatMap((change) => (change.kind === 'addCheck' || change.kind === 'addForeignKey' ? [change.wanted] : [])),
  )
  const columns = diffColumns(live, wanted).map((change) => withMissing(change, missing))
  const carried = new Set(
    columns.flatMap((change) => (change.kind === 'addColumn' ? [...change.checks, ...change.foreignKeys] : [])),
  )
  const rest = [...tableOptions(live, wanted), ...primaryKeys(live, wanted), ...columns, ...rules]
  return rest.filter(
    (change) => !((change.kind === 'addCheck' || change.kind === 'addForeignKey') && carried.has(change.wanted)),
  )
}

/** A rule of a new column that is there by its name, and was about another one, is altered and not brought along. */
function withMissing(change: Change, missing: ReadonlySet<CheckShape | ForeignKeyShape>): Change {
  if (change.kind !== 'addColumn') return change
  return {
    ...change,
    checks: change.checks.filter((check) => missing.has(check)),
    foreignKeys: change.foreignKeys.filter((key) => missing.has(key)),
  }
}

function tableOptions(live: TableShape, { declared, canonical }: WantedTable): readonly Change[] {
  const aspects = Object.entries(canonical.options).map(
    ([option, value]) => [option, compareText(option, live.options[option] ?? null, value)] as const,
  )
  const differences = differing([...aspects, ['comment', compareComment(live.comment, canonical.comment)] as const])
  if (differences.length === 0) return []
  return [
    {
      kind: 'alterTable',
      table: { live, wanted: declared },
      live,
      wanted: declared,
      differences,
      source: declared.source,
    },
  ]
}

function primaryKeys(live: TableShape, { declared, canonical }: WantedTable): readonly Change[] {
  const differences: readonly Difference[] = comparePrimaryKey(live.primaryKey, canonical.primaryKey)
  if (differences.length === 0) return []
  const { primaryKey } = declared
  const table = { live, wanted: declared }
  return [
    {
      kind: 'alterPrimaryKey',
      table,
      live: live.primaryKey,
      wanted: primaryKey,
      differences,
      source: primaryKey?.source ?? null,
    },
  ]
}

function constraints(live: TableShape, { declared, canonical }: WantedTable): readonly Change[] {
  const table = { live, wanted: declared }
  return [
    ...matchObjects(live.uniques, { declared: declared.uniques, canonical: canonical.uniques }, compareUnique).map(
      (match): Change => ({ ...kinds(match, ['addUnique', 'alterUnique', 'dropUnique']), table }),
    ),
    ...matchObjects(live.indexes, { declared: declared.indexes, canonical: canonical.indexes }, compareIndex).map(
      (match): Change => ({ ...kinds(match, ['addIndex', 'alterIndex', 'dropIndex']), table }),
    ),
    ...matchObjects(
      live.foreignKeys,
      { declared: declared.foreignKeys, canonical: canonical.foreignKeys },
      compareForeignKey,
    ).map((match): Change => ({ ...kinds(match, ['addForeignKey', 'alterForeignKey', 'dropForeignKey']), table })),
    ...matchObjects(live.checks, { declared: declared.checks, canonical: canonical.checks }, compareCheck).map(
      (match): Change => ({ ...kinds(match, ['addCheck', 'alterCheck', 'dropCheck']), table }),
    ),
  ]
}

type Sourced = { readonly source: TableShape['source'] }

/** What became of an object, under the names that its changes have. */
function kinds<T extends Sourced, A extends string, B extends string, D extends string>(
  match: Matched<T>,
  [add, alter, drop]: readonly [A, B, D],
) {
  if (match.kind === 'missing') return { kind: add, wanted: match.wanted, source: match.wanted.source }
  if (match.kind === 'extra') return { kind: drop, live: match.live, source: null }
  return {
    kind: alter,
    live: match.live,
    wanted: match.wanted,
    differences: match.differences,
    source: match.wanted.source,
  }
}
