import { errors } from '../../errors/index.ts'
import type { LiveStructure, Snapshot, TableShape } from '../../schema/index.ts'
import { Journal } from '../journal/journal.ts'
import { withStructureLock } from '../lock/structure-lock.ts'
import { readStructure } from '../read-structure.ts'
import type { StructureParts } from '../structure.ts'
import { markIn, type MoveMark } from './move-mark.ts'
import { MoveState } from './move-state.ts'

export interface TargetParts {
  readonly parts: StructureParts
  readonly wanted: Snapshot
  readonly tables: readonly string[]
  readonly mark: Pick<MoveMark, 'source' | 'models'>
}

/**
 * Begins a move into a database that has none of its tables, or finds the one that was begun. `MOVE_TARGET_NOT_EMPTY`, `MOVE_OTHER`.
 */
export function prepareTarget({
  parts,
  wanted,
  tables,
  mark,
}: TargetParts): Promise<MoveMark & { readonly isNew: boolean }> {
  const { driver, schema, lockTimeoutMs = 60_000 } = parts
  const dialect = schema(driver.capabilities)
  return withStructureLock({ driver, dialect }, { timeoutMs: lockTimeoutMs, waiting: () => {} }, async (units) => {
    const { runner } = units
    // The journal is DDL, which takes a transaction of its own where it commits by itself.
    const { live, known } = await units.structure(async () => {
      const found = await readStructure(runner, dialect)
      const journal = new Journal(runner, dialect)
      const written = found.hasJournal ? markIn(await journal.meta()) : null
      const isBegun = written !== null && !hasMadeNothing(written, found, wanted)
      if (!isBegun) refuseTaken(found, wanted)
      await journal.create(found)
      return { live: found, known: isBegun ? written : null }
    })
    if (known !== null) return { ...continued(known, { mark, live, wanted }), isNew: false }
    const begun: MoveMark = { ...mark, stage: 'tables' }
    await units.transaction(() => new MoveState(runner, dialect).begin(begun, tables))
    return { ...begun, isNew: true }
  })
}

/** Making the tables was refused as a whole: it may be tried with other models. */
function hasMadeNothing({ stage }: MoveMark, live: LiveStructure, wanted: Snapshot): boolean {
  return stage === 'tables' && takenIn(live, wanted).length === 0
}

interface Continuing extends Pick<TargetParts, 'mark' | 'wanted'> {
  readonly live: LiveStructure
}

function continued(known: MoveMark, { mark, live, wanted }: Continuing): MoveMark {
  const isSame = known.source === mark.source && known.models === mark.models
  if (isSame) return known
  if (known.stage === 'done') refuseTaken(live, wanted)
  const what = known.models === mark.models ? 'another source, or one of another structure' : 'other models'
  throw errors.MOVE_OTHER({ values: { what } })
}

function refuseTaken(live: LiveStructure, wanted: Snapshot): void {
  const taken = takenIn(live, wanted)
  if (taken.length > 0) throw errors.MOVE_TARGET_NOT_EMPTY({ values: { list: taken.join(', ') } })
}

function takenIn({ snapshot, otherObjects }: LiveStructure, wanted: Snapshot): readonly string[] {
  return Object.keys(wanted.tables).filter((name) => name in snapshot.tables || name in otherObjects)
}

/** Tables with columns, primary keys and checks: what rows are held to one by one. */
export function withoutRules({ tables }: Snapshot): Snapshot {
  return { tables: Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, bare(table)])) }
}

function bare(table: TableShape): TableShape {
  return {
    ...table,
    // Numbers come with the rows.
    columns: table.columns.map((column) =>
      column.identity === 'always' ? { ...column, identity: 'byDefault' } : column,
    ),
    uniques: [],
    indexes: [],
    foreignKeys: [],
  }
}
